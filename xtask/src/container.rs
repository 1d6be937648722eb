//! The image, run by runc as a kubelet would run the chart's pod: its user, its environment, its files, its read-only
//! root, and no capability.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::interrupt;

/// How long it may take to answer, and to end.
const PATIENCE: Duration = Duration::from_secs(15);
/// The container's name for runc, whose state is in a folder of ours.
const NAME: &str = "ordinal";

/// A container that runs.
pub(crate) struct Container {
    state: PathBuf,
    child: Child,
}

/// What a pod says about its only container.
pub(crate) struct Wanted<'a> {
    /// The object as the API server admitted it.
    pub(crate) pod: &'a Value,
    /// What a kubelet adds to the environment, and what two consoles on one machine cannot share.
    pub(crate) instead: &'a [(&'a str, String)],
}

impl Container {
    /// Starts it over this root. `dir` is made anew.
    pub(crate) fn start(dir: &Path, rootfs: &Path, wanted: &Wanted<'_>, cluster: &Cluster) -> Result<Self> {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        let config = config(dir, rootfs, wanted, cluster)?;
        fs::write(dir.join("config.json"), config.to_string())?;
        let state = dir.join("runc");
        let child = Command::new("runc")
            .arg("--root")
            .arg(&state)
            .args(["run", "--bundle"])
            .arg(dir)
            .arg(NAME)
            .stdin(Stdio::null())
            .spawn()
            .context("starting runc")?;
        Ok(Self { state, child })
    }

    fn runc(&self, words: &[&str]) -> Result<String> {
        let output = Command::new("runc")
            .arg("--root")
            .arg(&self.state)
            .args(words)
            .output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "runc {}: {}",
            words.join(" "),
            error.trim()
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Asks again and again until the status is this one; returns the answer.
    pub(crate) fn answers(&mut self, port: u16, host: &str, path: &str, status: &[u16]) -> Result<String> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the console ended ({status}); what it said stands above");
            }
            let answer = get(port, host, path).unwrap_or_default();
            let code = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
            if code.is_some_and(|code| status.contains(&code)) {
                return Ok(answer);
            }
            ensure!(!interrupt::asked(), "interrupted");
            ensure!(
                start.elapsed() < PATIENCE,
                "{path} answers {:?} instead of {status:?}",
                answer.lines().next()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What the kernel says of it: nobody, without a capability and without a way to gain one.
    pub(crate) fn is_confined(&self) -> Result<()> {
        let state: Value = serde_json::from_str(&self.runc(&["state", NAME])?)?;
        let pid = state["pid"].as_i64().context("runc says no process")?;
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        for said in [
            "Uid:\t65532\t65532",
            "CapEff:\t0000000000000000",
            "NoNewPrivs:\t1",
        ] {
            ensure!(status.contains(said), "the process has not {said:?}:\n{status}");
        }
        let mounts = fs::read_to_string(format!("/proc/{pid}/mounts"))?;
        let root = mounts.lines().find(|line| line.split(' ').nth(1) == Some("/"));
        let options = root.and_then(|line| line.split(' ').nth(3)).unwrap_or_default();
        ensure!(
            options.split(',').any(|o| o == "ro"),
            "its root is mounted {options}"
        );
        Ok(())
    }

    /// Asks it to end as a kubelet does, and waits for that.
    pub(crate) fn stop(mut self) -> Result<ExitStatus> {
        self.runc(&["kill", NAME, "TERM"])?;
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("it did not end within {} s of SIGTERM", PATIENCE.as_secs())
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        // Where it has ended there is nothing left to delete.
        let _ = self.runc(&["delete", "--force", NAME]);
        let _ = self.child.wait();
    }
}

fn get(port: u16, host: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// runc's configuration. The network is the machine's own, because there the API server listens.
fn config(dir: &Path, rootfs: &Path, wanted: &Wanted<'_>, cluster: &Cluster) -> Result<Value> {
    let spec = &wanted.pod["spec"];
    let container = &spec["containers"][0];
    ensure!(
        container["securityContext"]["readOnlyRootFilesystem"] == true,
        "the pod's root can be written to"
    );
    let given = container["env"]
        .as_array()
        .context("the pod has no environment")?;
    let taken = |name: &str| wanted.instead.iter().any(|(instead, _)| *instead == name);
    let mut env: Vec<String> = given
        .iter()
        .filter_map(|one| Some((one["name"].as_str()?, one["value"].as_str()?)))
        .filter(|(name, _)| !taken(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    env.extend(
        wanted
            .instead
            .iter()
            .map(|(name, value)| format!("{name}={value}")),
    );
    let user = &spec["securityContext"];
    let mut mounts = vec![
        json!({"destination": "/proc", "type": "proc", "source": "proc"}),
        json!({"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=64k"]}),
    ];
    let group = u32::try_from(user["fsGroup"].as_u64().context("no fsGroup")?)?;
    for mount in container["volumeMounts"].as_array().into_iter().flatten() {
        let name = mount["name"].as_str().context("a mount without a name")?;
        let volumes = spec["volumes"].as_array().into_iter().flatten();
        let volume = volumes.into_iter().find(|volume| volume["name"] == name);
        let files = dir.join("volumes").join(name);
        fill(
            &files,
            volume.context("a mount without a volume")?,
            group,
            wanted.pod,
            cluster,
        )?;
        mounts.push(json!({
            "destination": mount["mountPath"], "type": "bind", "source": files, "options": ["bind", "ro"],
        }));
    }
    let namespaces: Vec<Value> = ["pid", "ipc", "uts", "mount"]
        .map(|kind| json!({"type": kind}))
        .into();
    Ok(json!({
        "ociVersion": "1.0.2",
        "process": {
            "user": {"uid": user["runAsUser"], "gid": user["runAsGroup"], "additionalGids": [group]},
            "args": ["/ordinal"],
            "env": env,
            "cwd": "/",
            "noNewPrivileges": true,
            "capabilities": {"bounding": [], "effective": [], "permitted": [], "inheritable": [], "ambient": []},
        },
        "root": {"path": rootfs, "readonly": true},
        "hostname": "ordinal",
        "mounts": mounts,
        "linux": {"namespaces": namespaces},
    }))
}

/// Writes the files of a volume, as the cluster has them.
fn fill(dir: &Path, volume: &Value, group: u32, pod: &Value, cluster: &Cluster) -> Result<()> {
    let (kind, source, name) = match (&volume["configMap"], &volume["secret"]) {
        (map, _) if !map.is_null() => ("configmap", map, &map["name"]),
        (_, secret) if !secret.is_null() => ("secret", secret, &secret["secretName"]),
        _ => bail!("a volume that is neither a ConfigMap nor a Secret: {volume}"),
    };
    let name = name.as_str().context("a volume without a name")?;
    let namespace = pod["metadata"]["namespace"]
        .as_str()
        .context("a pod without a namespace")?;
    let mut get = cluster.kubectl();
    get.args(["get", kind, name, "--namespace", namespace, "-o", "json"]);
    let output = get.output()?;
    let object: Value = serde_json::from_slice(&output.stdout).with_context(|| format!("{kind} {name}"))?;
    fs::create_dir_all(dir)?;
    for item in source["items"].as_array().context("a volume without items")? {
        let text = |key: &str| item[key].as_str().context("an item without a name");
        let held = object["data"][text("key")?]
            .as_str()
            .context("a key that is not there")?;
        let bytes = match kind {
            "secret" => BASE64_STANDARD.decode(held)?,
            _ => held.as_bytes().to_vec(),
        };
        let file = dir.join(text("path")?);
        fs::write(&file, bytes)?;
        let mode = u32::try_from(source["defaultMode"].as_u64().unwrap_or(0o644))?;
        fs::set_permissions(&file, fs::Permissions::from_mode(mode))?;
        chown(&file, Some(0), Some(group))?;
    }
    Ok(())
}
