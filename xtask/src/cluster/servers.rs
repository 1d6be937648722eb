//! Which servers a cluster has, with which flags, and what must be true before it counts as up.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::pki::Pki;
use super::process::Process;
use super::{Cluster, Timing, free_ports, kwok};
use crate::project::Project;

/// Every port of a cluster; all chosen by the system.
struct Ports {
    etcd: u16,
    etcd_peer: u16,
    api: u16,
    controllers: u16,
    scheduler: u16,
    kubelet: u16,
    metrics: u16,
}

impl Ports {
    fn choose() -> Result<Self> {
        let [etcd, etcd_peer, api, controllers, scheduler, kubelet, metrics] = free_ports()?;
        Ok(Self {
            etcd,
            etcd_peer,
            api,
            controllers,
            scheduler,
            kubelet,
            metrics,
        })
    }
}

/// Starts all servers and returns when nodes are ready and pods can be created.
pub(super) fn start(cluster: &Cluster, project: &Project, timing: &Timing) -> Result<()> {
    let module = project.dir("end2end/cluster");
    let pki = Pki::make(&cluster.state.join("run/pki"))?;
    let ports = Ports::choose()?;
    pki.kubeconfigs(&cluster.state, &cluster.name, ports.api)?;

    run(cluster, "etcd", "etcd", &etcd(cluster, &ports))?;
    run(cluster, "apiserver", "hk", &apiserver(&pki, &ports, timing))?;
    cluster.wait("the API server", Duration::from_secs(60), || cluster.ready())?;
    run(cluster, "controllers", "hk", &controllers(&pki, &ports, timing))?;
    run(cluster, "scheduler", "hk", &scheduler(&pki, &ports))?;
    let config = kwok::configure(&module, &cluster.state, ports.kubelet)?;
    let config = config.display().to_string();
    let kwok = [
        "--kubeconfig".to_owned(),
        path(&pki, "simulator.kubeconfig"),
        "--config".to_owned(),
        config,
        "--tls-cert-file".to_owned(),
        path(&pki, "kwok.crt"),
        "--tls-private-key-file".to_owned(),
        path(&pki, "kwok.key"),
    ];
    run(cluster, "kwok", "kwok", &kwok)?;
    for manifest in ["access.yaml", "nodes.yaml", "storage.yaml", "metrics.yaml"] {
        apply(cluster, &module.join("manifests").join(manifest), &ports)?;
    }
    run(
        cluster,
        "metrics",
        "metrics-server",
        &metrics_server(&pki, &ports),
    )?;
    wait_until_usable(cluster)
}

fn run(cluster: &Cluster, name: &str, program: &str, args: &[String]) -> Result<()> {
    let mut command = Command::new(cluster.state.join("bin").join(program));
    // Host-path volumes are made below the temporary folder of the controllers: keep them with the cluster.
    let temporary = cluster.state.join("volumes");
    fs::create_dir_all(&temporary)?;
    command
        .args(args)
        .current_dir(&cluster.state)
        .env("TMPDIR", temporary)
        .env_remove("KUBECONFIG");
    Process::start(&cluster.state.join("run"), name, &mut command)?;
    Ok(())
}

/// Applies a manifest after filling in this cluster's ports.
fn apply(cluster: &Cluster, manifest: &Path, ports: &Ports) -> Result<()> {
    let text = fs::read_to_string(manifest).with_context(|| format!("reading {}", manifest.display()))?;
    let text = text
        .replace("@KUBELET_PORT@", &ports.kubelet.to_string())
        .replace("@METRICS_PORT@", &ports.metrics.to_string());
    let filled = cluster
        .state
        .join("run")
        .join(manifest.file_name().context("a manifest has a name")?);
    fs::write(&filled, text)?;
    // Without validation kubectl need not fetch the whole API description first.
    let output = cluster
        .kubectl()
        .args(["create", "--validate=false", "-f"])
        .arg(&filled)
        .output()?;
    let answer = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {answer}", manifest.display());
    Ok(())
}

fn wait_until_usable(cluster: &Cluster) -> Result<()> {
    let says = |args: &[&str], wanted: &str| {
        let output = cluster.kubectl().args(args).output();
        output.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).trim() == wanted)
    };
    let ready = "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].status}";
    let patience = Duration::from_secs(40);
    cluster.wait("the nodes", patience, || {
        says(&["get", "nodes", "-o", ready], "True True True")
    })?;
    // Pods are refused until the controllers have made the account that they run as.
    for namespace in ["orders", "team-a", "team-b"] {
        let account = ["get", "serviceaccount", "default", "-n", namespace, "-o", "name"];
        cluster.wait("service accounts", patience, || {
            says(&account, "serviceaccount/default")
        })?;
    }
    // A new node is tainted until the controllers have seen it ready.
    let taints = ["get", "nodes", "-o", "jsonpath={.items[*].spec.taints}"];
    cluster.wait("nodes without taints", patience, || says(&taints, ""))
}

fn path(pki: &Pki, name: &str) -> String {
    pki.file(name).display().to_string()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Flags whose values may contain spaces: pairs instead of one text.
fn pairs<const N: usize>(pairs: [(&str, String); N]) -> Vec<String> {
    pairs
        .into_iter()
        .flat_map(|(flag, value)| [flag.to_owned(), value])
        .collect()
}

fn etcd(cluster: &Cluster, ports: &Ports) -> Vec<String> {
    let client = format!("http://127.0.0.1:{}", ports.etcd);
    let peer = format!("http://127.0.0.1:{}", ports.etcd_peer);
    // Not synced to the disk: a cluster that lost its power is made anew.
    let mut args = words("--name local --unsafe-no-fsync --log-level warn --auto-compaction-mode periodic");
    args.extend(pairs([
        ("--data-dir", cluster.state.join("run/etcd").display().to_string()),
        ("--listen-client-urls", client.clone()),
        ("--advertise-client-urls", client),
        ("--listen-peer-urls", peer.clone()),
        ("--initial-advertise-peer-urls", peer.clone()),
        ("--initial-cluster", format!("local={peer}")),
        ("--quota-backend-bytes", "4294967296".to_owned()),
        ("--auto-compaction-retention", "10m".to_owned()),
    ]));
    args
}

fn apiserver(pki: &Pki, ports: &Ports, timing: &Timing) -> Vec<String> {
    let mut args = words(
        "kube-apiserver --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --endpoint-reconciler-type none
         --authorization-mode Node,RBAC --allow-privileged --service-cluster-ip-range 10.96.0.0/16
         --service-account-issuer https://kubernetes.default.svc.cluster.local
         --requestheader-allowed-names front-proxy-client --requestheader-username-headers X-Remote-User
         --requestheader-group-headers X-Remote-Group --requestheader-extra-headers-prefix X-Remote-Extra-
         --kubelet-preferred-address-types InternalIP",
    );
    args.extend(pairs([
        ("--etcd-servers", format!("http://127.0.0.1:{}", ports.etcd)),
        ("--secure-port", ports.api.to_string()),
        ("--tls-cert-file", path(pki, "apiserver.crt")),
        ("--tls-private-key-file", path(pki, "apiserver.key")),
        ("--client-ca-file", path(pki, "ca.crt")),
        ("--token-auth-file", path(pki, "tokens.csv")),
        ("--service-account-key-file", path(pki, "accounts.pub")),
        ("--service-account-signing-key-file", path(pki, "accounts.key")),
        ("--requestheader-client-ca-file", path(pki, "front.crt")),
        ("--proxy-client-cert-file", path(pki, "front-client.crt")),
        ("--proxy-client-key-file", path(pki, "front-client.key")),
        ("--kubelet-certificate-authority", path(pki, "ca.crt")),
        ("--kubelet-client-certificate", path(pki, "kubelet-client.crt")),
        ("--kubelet-client-key", path(pki, "kubelet-client.key")),
        (
            "--default-not-ready-toleration-seconds",
            timing.tolerate.to_string(),
        ),
        (
            "--default-unreachable-toleration-seconds",
            timing.tolerate.to_string(),
        ),
    ]));
    args
}

fn controllers(pki: &Pki, ports: &Ports, timing: &Timing) -> Vec<String> {
    let mut args = words(
        "kube-controller-manager --leader-elect=false --bind-address 127.0.0.1 --use-service-account-credentials
         --enable-hostpath-provisioner --controllers *,bootstrapsigner,tokencleaner --node-monitor-period 2s
         --kube-api-qps 500 --kube-api-burst 1000 --concurrent-statefulset-syncs 10",
    );
    args.extend(pairs([
        ("--kubeconfig", path(pki, "controllers.kubeconfig")),
        ("--secure-port", ports.controllers.to_string()),
        ("--service-account-private-key-file", path(pki, "accounts.key")),
        ("--root-ca-file", path(pki, "ca.crt")),
        ("--node-monitor-grace-period", timing.node_grace.clone()),
    ]));
    args
}

fn scheduler(pki: &Pki, ports: &Ports) -> Vec<String> {
    let mut args = words(
        "kube-scheduler --leader-elect=false --bind-address 127.0.0.1 --kube-api-qps 500 --kube-api-burst 1000",
    );
    args.extend(pairs([
        ("--kubeconfig", path(pki, "scheduler.kubeconfig")),
        ("--secure-port", ports.scheduler.to_string()),
    ]));
    args
}

fn metrics_server(pki: &Pki, ports: &Ports) -> Vec<String> {
    let kubeconfig = path(pki, "metrics-client.kubeconfig");
    // Two readings make the first figure, and ten seconds between them is the least it accepts.
    let mut args = words(
        "--bind-address 127.0.0.1 --kubelet-preferred-address-types InternalIP --kubelet-use-node-status-port
         --metric-resolution 10s --kubelet-request-timeout 5s",
    );
    args.extend(pairs([
        ("--secure-port", ports.metrics.to_string()),
        ("--kubelet-certificate-authority", path(pki, "ca.crt")),
        ("--kubeconfig", kubeconfig.clone()),
        ("--authentication-kubeconfig", kubeconfig.clone()),
        ("--authorization-kubeconfig", kubeconfig),
        ("--tls-cert-file", path(pki, "metrics.crt")),
        ("--tls-private-key-file", path(pki, "metrics.key")),
    ]));
    args
}
