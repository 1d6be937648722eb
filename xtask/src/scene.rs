//! The believable scene: sets in the states that an operator meets, put there by Kubernetes itself.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::cluster::Cluster;
use crate::progress::{step, words};
use crate::project::Project;

/// What a fresh local cluster is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scene {
    /// Eleven sets in three namespaces: running, rolling out, held, stuck, degraded, stopped, crashing
    Believable,
    /// Nothing but namespaces, nodes and storage classes
    None,
}

/// How long one state may take to come about.
const PATIENCE: Duration = Duration::from_secs(90);

/// How many pods of each set are ready before anybody touches it.
const BEFORE: &[(&str, &str, &str)] = &[
    ("orders", "orders-db", "5"),
    ("orders", "orders-cache", "5"),
    ("orders", "events", "6"),
    ("orders", "search", "5"),
    ("orders", "sessions", "2"),
    ("orders", "ledger", "3"),
    ("orders", "metrics", "3"),
    ("team-a", "kafka", "3"),
    ("team-a", "etcd", "3"),
    ("team-b", "mysql", "2"),
];

/// What then happened: a rollout that waits, one held by its partition, one with an image that
/// does not exist, and a set that was stopped.
const CHANGES: &[(&str, &str)] = &[
    (
        "orders-cache",
        r#"{"spec":{"template":{"metadata":{"annotations":{"sim/mode.2":"hold"}},
            "spec":{"containers":[{"name":"orders-cache","image":"valkey:8.1"}]}}}}"#,
    ),
    (
        "events",
        r#"{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":4}},
            "template":{"spec":{"containers":[{"name":"events","image":"redpanda:25.3"}]}}}}"#,
    ),
    (
        "search",
        r#"{"spec":{"template":{"metadata":{"annotations":{"sim/missing":"opensearch:3.9.9"}},
            "spec":{"containers":[{"name":"search","image":"opensearch:3.9.9"}]}}}}"#,
    ),
    (
        "ledger",
        r#"{"metadata":{"annotations":{"ordinal.dev/replicas":"3"}},"spec":{"replicas":0}}"#,
    ),
];

/// What the cluster says when the changes have gone as far as they will.
const AFTER: &[(&str, &str, &str)] = &[
    (
        "statefulset/orders-cache",
        "{.status.updatedReplicas} {.status.readyReplicas}",
        "3 4",
    ),
    (
        "statefulset/events",
        "{.status.updatedReplicas} {.status.readyReplicas}",
        "2 6",
    ),
    (
        "pod/search-4",
        "{.status.containerStatuses[0].state.waiting.reason}",
        "ImagePullBackOff",
    ),
    ("statefulset/ledger", "{.status.replicas}", "0"),
];

/// Fills a cluster, unless it was filled before.
pub(crate) fn fill(project: &Project, cluster: &Cluster, scene: Scene) -> Result<()> {
    if scene == Scene::None {
        return Ok(());
    }
    step("scene", |_| {
        let mark = ["create", "configmap", "ordinal-scene", "-n", "kube-system"];
        if answer(cluster.kubectl().args([
            "get",
            "configmap",
            "ordinal-scene",
            "-n",
            "kube-system",
            "-o",
            "name",
        ]))
        .is_ok()
        {
            return Ok(((), "found"));
        }
        believable(project, cluster)?;
        answer(cluster.kubectl().args(mark))?;
        Ok(((), "made"))
    })
}

fn believable(project: &Project, cluster: &Cluster) -> Result<()> {
    let manifest = project.dir("end2end/cluster/scene/believable.yaml");
    answer(
        cluster
            .kubectl()
            .args(["apply", "--validate=false", "-f"])
            .arg(&manifest),
    )?;
    for (namespace, name, ready) in BEFORE {
        expect(
            cluster,
            namespace,
            &format!("statefulset/{name}"),
            "{.status.readyReplicas}",
            ready,
        )?;
    }
    for (name, patch) in CHANGES {
        answer(
            cluster
                .kubectl()
                .args(["patch", "statefulset", name, "-n", "orders", "-p", patch]),
        )?;
    }
    for (object, path, wanted) in AFTER {
        expect(cluster, "orders", object, path, wanted)?;
    }
    Ok(())
}

fn expect(cluster: &Cluster, namespace: &str, object: &str, path: &str, wanted: &str) -> Result<()> {
    let mut last = String::new();
    let done = cluster.wait(object, PATIENCE, || {
        let mut get = cluster.kubectl();
        get.args(["get", object, "-n", namespace, "-o", &format!("jsonpath={path}")]);
        last = answer(&mut get).unwrap_or_default();
        last == wanted
    });
    done.with_context(|| format!("{object}: {path} is {last:?} instead of {wanted:?}"))
}

fn answer(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "`{}`: {}",
        words(command),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
