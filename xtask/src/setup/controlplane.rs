//! etcd, the Kubernetes servers, kubectl, kwok and metrics-server: built once from pinned Go modules.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::go;
use crate::cache;
use crate::progress::{Step, step};
use crate::project::Project;

/// The release that the servers say they are; go.mod pins the same one.
const KUBERNETES: &str = "v1.36.3";
/// Each program, how it tells its version, and what the answer contains.
const PROGRAMS: &[(&str, &[&str], &str)] = &[
    ("etcd", &["--version"], "etcd Version: 3."),
    ("hk", &["kube-apiserver", "--version"], KUBERNETES),
    ("kubectl", &["version", "--client"], KUBERNETES),
    ("kwok", &["--version"], "kwok"),
    ("metrics-server", &["--version"], ""),
];

/// The folder with the programs; builds them where they are missing.
pub(crate) fn programs(project: &Project) -> Result<PathBuf> {
    step("control plane binaries", |step| {
        let module = project.dir("end2end/cluster");
        let sources = [
            module.join("go.mod"),
            module.join("go.sum"),
            module.join("hk/main.go"),
        ];
        let store = project.cache.join("cluster");
        let Some(version) = go::version(project, &module)? else {
            return without_go(&store, &cache::key(&sources, &[])?);
        };
        let place = store.join(format!("{}-{version}", cache::key(&sources, &[])?));
        let (dir, outcome) = cache::entry(&place, step, whole, |dir| build(project, &module, dir, step))?;
        Ok((dir.join("bin"), outcome))
    })
}

/// Binaries of the same sources will do, whichever Go made them.
fn without_go(store: &Path, key: &str) -> Result<(PathBuf, &'static str)> {
    let made = fs::read_dir(store)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .find(|dir| {
            let name = dir.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(key) && !name.ends_with(".part") && dir.is_dir() && whole(dir)
        });
    match made {
        Some(dir) => Ok((dir.join("bin"), "found")),
        None => bail!(
            "there is no Go on this machine, and a local control plane is built with it.\n\
             Either install Go 1.26 or newer (https://go.dev/dl), or name a cluster that exists:\n\
             cargo xtask run --kubeconfig FILE [--context NAME]"
        ),
    }
}

fn whole(dir: &Path) -> bool {
    PROGRAMS
        .iter()
        .all(|(name, args, answer)| cache::says(&dir.join("bin").join(name), args, answer))
}

fn build(project: &Project, module: &Path, dir: &Path, step: &Step) -> Result<()> {
    let bin = dir.join("bin");
    fs::create_dir_all(&bin)?;
    step.note("building from Go modules (6 min where nothing is cached)");
    let mut go = project.command("go");
    go.current_dir(module)
        .env("CGO_ENABLED", "0")
        .args([
            "build",
            "-mod=readonly",
            "-trimpath",
            "-ldflags",
            &link_flags(),
            "-o",
        ])
        // The trailing slash makes it a folder for all tools of go.mod.
        .arg(bin.join(""))
        .arg("tool");
    step.run(&mut go)?;
    // etcd's main package is called `server`.
    fs::rename(bin.join("server"), bin.join("etcd")).context("go build made no etcd")?;
    Ok(())
}

/// Without these the API server calls itself v0.0.0-master, and clients warn of the skew.
fn link_flags() -> String {
    let mut flags = String::from("-s -w");
    for package in ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"] {
        let facts = [
            ("gitVersion", KUBERNETES),
            ("gitMajor", "1"),
            ("gitMinor", "36"),
            ("gitCommit", "module"),
            ("gitTreeState", "clean"),
            ("buildDate", "2026-01-01T00:00:00Z"),
        ];
        for (name, value) in facts {
            flags.push_str(&format!(" -X {package}.{name}={value}"));
        }
    }
    flags
}
