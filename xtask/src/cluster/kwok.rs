//! The simulated kubelets: their configuration, put together from `end2end/cluster/kwok`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Put together in this order; the configuration has to come first.
const PARTS: &[&str] = &[
    "config.yaml",
    "nodes.yaml",
    "pods.yaml",
    "failures.yaml",
    "debug.yaml",
    "logs.yaml",
    "access.yaml",
];

/// How often the part with the logs of tests stands there, each with another number.
const CHATTERS: u32 = 10;

/// What a pod is told to do, as jq: its ordinal's annotation, else the common one, else its images decide.
const MODE: &str = r#"(.metadata.annotations // {}) as $a
 | ([.spec.containers[], (.spec.initContainers // [])[]] | map(.image)) as $images
 | $a["sim/mode." + (.metadata.labels["apps.kubernetes.io/pod-index"] // "-")] // $a["sim/mode"]
 // (if ($images | any(test("does-not-exist|-broken"))) or ($a["sim/missing"] | IN($images[])) then "imagepull" else "" end)"#;

/// Writes the configuration and what it points to; returns its path.
pub(crate) fn configure(module: &Path, state: &Path, port: u16) -> Result<PathBuf> {
    let sim = state.join("sim");
    let shell = sim.join("root");
    fs::create_dir_all(&shell)?;
    fs::write(sim.join("pod.log"), log("started", 40))?;
    fs::write(sim.join("pod.previous.log"), log("the run before", 5))?;
    fs::create_dir_all(sim.join("logs"))?;
    for n in 0..CHATTERS {
        fs::write(sim.join(format!("logs/chatter-{n}.log")), "")?;
    }
    let root = rustix::process::geteuid().is_root();
    if root {
        // The state folder is closed to others, and nobody has to reach the folder that exec starts in.
        fs::set_permissions(&shell, fs::Permissions::from_mode(0o755))?;
    }
    let mut text = String::new();
    let exec: &[&str] = if root { &["exec.yaml"] } else { &[] };
    for part in PARTS.iter().chain(exec) {
        let part = module.join("kwok").join(part);
        if !text.is_empty() {
            text.push_str("---\n");
        }
        let read = fs::read_to_string(&part).with_context(|| format!("reading {}", part.display()))?;
        let times = if read.contains("@N@") { CHATTERS } else { 1 };
        let each: Vec<String> = (0..times).map(|n| read.replace("@N@", &n.to_string())).collect();
        text.push_str(&each.join("---\n"));
    }
    let text = text
        .replace("@KUBELET_PORT@", &port.to_string())
        .replace("@SIM@", &sim.display().to_string())
        .replace("@MODE@", &MODE.replace('\n', ""));
    let file = state.join("kwok.yaml");
    fs::write(&file, text)?;
    Ok(file)
}

/// Lines as a container runtime writes them.
fn log(what: &str, lines: u32) -> String {
    (0..lines)
        .map(|i| {
            let (minute, second) = (i / 60, i % 60);
            format!("2026-01-01T00:{minute:02}:{second:02}.000000000Z stdout F {what}: line {i} of the simulated pod\n")
        })
        .collect()
}
