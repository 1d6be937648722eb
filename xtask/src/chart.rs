//! The Helm chart: what it writes, what it refuses, and whether a cluster takes it under the restricted profile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::progress::words;
use crate::project::Project;
use crate::scene::Scene;
use crate::totals::Totals;
use crate::{interrupt, release, setup, tools};

/// Where the chart is installed, and as what.
const NAMESPACE: &str = "console";
/// What the least values say, as in docs/install.md; the rest is asked of a changed copy of them.
const LEAST: &str = "token.values.yaml";

/// What to do with the chart.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Write deploy/chart/golden anew instead of comparing with it
    #[arg(long)]
    write: bool,
}

/// `cargo xtask chart`: all of its tests, or its golden files anew.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    if options.write {
        let chart = Chart::find(project)?;
        for values in chart.cases()? {
            fs::write(golden(&values), chart.render(&values)?)?;
        }
        return Ok(());
    }
    interrupt::catch()?;
    let mut totals = Totals::default();
    test(project, &mut totals)?;
    ensure!(totals.green(), "{}", totals.reasons().join("\n"));
    Ok(())
}

/// Runs every test of the chart and counts them.
pub(crate) fn test(project: &Project, totals: &mut Totals) -> Result<()> {
    eprintln!("\n▸ chart");
    let chart = Chart::find(project)?;
    for values in chart.cases()? {
        let name = format!("the chart with {}", file_name(&values));
        totals.check(&name, chart.is_golden(&values));
    }
    let refused = fs::read_to_string(chart.dir.join("golden/refused.tsv"))?;
    for line in refused.lines() {
        totals.check(&format!("the chart with {line}"), chart.refuses(line));
    }
    let installed = tools::with_cluster(project, "deploy", Scene::None, |cluster| chart.lives(cluster));
    totals.check("the chart in a cluster", installed);
    Ok(())
}

/// Does something with a pod of the chart, as the API server admitted it.
pub(crate) fn with_pod<T>(project: &Project, work: impl FnOnce(&Cluster, &Value) -> Result<T>) -> Result<T> {
    let chart = Chart::find(project)?;
    tools::with_cluster(project, "deploy", Scene::None, |cluster| {
        chart.install(cluster)?;
        let pods = ask(cluster, &["get", "pods", "-o", "json"])?;
        let pods: Value = serde_json::from_str(&pods)?;
        work(cluster, &pods["items"][0])
    })
}

/// What kubectl says, in the namespace of the release.
fn ask(cluster: &Cluster, args: &[&str]) -> Result<String> {
    answer(cluster.kubectl().args(["--namespace", NAMESPACE]).args(args))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn golden(values: &Path) -> PathBuf {
    values.with_extension("").with_extension("yaml")
}

/// The chart of this clone, and the helm that reads it.
struct Chart {
    helm: PathBuf,
    dir: PathBuf,
    /// What helm keeps, away from the user's own.
    home: PathBuf,
}

impl Chart {
    fn find(project: &Project) -> Result<Self> {
        Ok(Self {
            helm: setup::helm::program(project)?,
            dir: project.dir("deploy/chart"),
            home: project.dir("target/helm"),
        })
    }

    /// The values files that have a golden file each.
    fn cases(&self) -> Result<Vec<PathBuf>> {
        let mut cases = release::files(&self.dir.join("golden"))?;
        cases.retain(|file| file_name(file).ends_with(".values.yaml"));
        ensure!(!cases.is_empty(), "deploy/chart/golden has no values");
        Ok(cases)
    }

    fn helm(&self, verb: &str) -> Command {
        let mut helm = Command::new(&self.helm);
        helm.args([verb, "ordinal"]).arg(&self.dir);
        helm.args(["--namespace", NAMESPACE]);
        self.at_home(&mut helm);
        helm
    }

    fn at_home(&self, helm: &mut Command) {
        for name in ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"] {
            helm.env(name, &self.home);
        }
        helm.env_remove("KUBECONFIG");
    }

    fn template(&self, values: &Path) -> Command {
        let mut helm = self.helm("template");
        helm.args(["--kube-version", "1.36.0", "--values"]).arg(values);
        helm
    }

    /// What the chart writes for these values, with a word in the place of a key that is another one each time.
    fn render(&self, values: &Path) -> Result<String> {
        let text = answer(&mut self.template(values))?;
        let mut secret = false;
        let lines = text.lines().map(|line| {
            if line.starts_with("kind: ") {
                secret = line == "kind: Secret";
            }
            match line.split_once(": ") {
                Some((key, made)) if secret && made.len() == 88 => format!("{key}: RANDOM\n"),
                _ => format!("{line}\n"),
            }
        });
        Ok(lines.collect())
    }

    fn is_golden(&self, values: &Path) -> Result<()> {
        let file = golden(values);
        let want = fs::read_to_string(&file).unwrap_or_default();
        let have = self.render(values)?;
        if want == have {
            return Ok(());
        }
        let line = want.lines().zip(have.lines()).take_while(|(a, b)| a == b).count();
        bail!(
            "{} differs from line {} on, which is now {:?}; `cargo xtask chart --write` writes it anew",
            file.display(),
            line + 1,
            have.lines().nth(line).unwrap_or_default()
        )
    }

    /// A line of refused.tsv: what is set over the least values, and what has to be said about it.
    fn refuses(&self, line: &str) -> Result<()> {
        let (set, said) = line.split_once('\t').context("no tab in this line")?;
        let mut helm = self.template(&self.dir.join("golden").join(LEAST));
        let output = helm.args(["--set", set]).output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(!output.status.success(), "nothing is said about it");
        ensure!(error.contains(said), "it says {:?}", error.trim());
        Ok(())
    }

    /// Installs a release where nothing but the restricted profile is allowed.
    fn install(&self, cluster: &Cluster) -> Result<()> {
        ask(cluster, &["create", "namespace", NAMESPACE])?;
        let profile = "pod-security.kubernetes.io/enforce=restricted";
        ask(cluster, &["label", "namespace", NAMESPACE, profile])?;
        self.deploy(cluster, "install", &[])
    }

    /// Installs, changes and removes a release.
    fn lives(&self, cluster: &Cluster) -> Result<()> {
        let ask = |args: &[&str]| ask(cluster, args);
        self.install(cluster)?;
        let key = ask(&["get", "secret", "ordinal-session", "-o", "jsonpath={.data.key}"])?;
        ensure!(key.len() == 88, "the key of the sessions has not 64 bytes: {key}");
        self.is_without_rights(cluster)?;
        self.deploy(cluster, "upgrade", &["--set", "readOnly=true"])?;
        let after = ask(&["get", "secret", "ordinal-session", "-o", "jsonpath={.data.key}"])?;
        ensure!(key == after, "an upgrade made a new key: all sessions would end");
        let mut helm = Command::new(&self.helm);
        helm.args(["uninstall", "ordinal", "--namespace", NAMESPACE, "--wait"]);
        self.in_cluster(&mut helm, cluster)?;
        let kinds =
            "deployments,services,secrets,ingresses,networkpolicies,poddisruptionbudgets,serviceaccounts";
        let left = ask(&[
            "get",
            kinds,
            "-l",
            "app.kubernetes.io/instance=ordinal",
            "-o",
            "name",
        ])?;
        ensure!(left.is_empty(), "left behind: {left}");
        Ok(())
    }

    fn deploy(&self, cluster: &Cluster, verb: &str, more: &[&str]) -> Result<()> {
        let mut helm = self.helm(verb);
        helm.arg("--values").arg(self.dir.join("golden").join(LEAST));
        helm.args(["--set", "ingress.enabled=true", "--wait", "--timeout", "90s"]);
        self.in_cluster(helm.args(more), cluster)
    }

    fn in_cluster(&self, helm: &mut Command, cluster: &Cluster) -> Result<()> {
        self.at_home(helm);
        helm.arg("--kubeconfig").arg(cluster.kubeconfig("admin"));
        answer(helm).map(drop)
    }

    /// Both pods run, have no token, and their account is bound to nothing.
    fn is_without_rights(&self, cluster: &Cluster) -> Result<()> {
        let ask = |args: &[&str]| ask(cluster, args);
        let label = ["-l", "app.kubernetes.io/instance=ordinal"];
        let pods = ask(&[&["get", "pods", "-o", "json"], &label[..]].concat())?;
        let pods: Value = serde_json::from_str(&pods)?;
        let pods = pods["items"].as_array().map_or(&[][..], Vec::as_slice);
        ensure!(pods.len() == 2, "{} pods instead of 2", pods.len());
        for pod in pods {
            let volumes = pod["spec"]["volumes"].as_array().context("volumes")?;
            let names: Vec<_> = volumes.iter().filter_map(|v| v["name"].as_str()).collect();
            ensure!(
                names == ["cluster", "session"],
                "the pod has the volumes {names:?}"
            );
        }
        let bindings = "roles,rolebindings,clusterroles,clusterrolebindings";
        let granted = ask(&[&["get", bindings, "-o", "name"], &label[..]].concat())?;
        ensure!(granted.is_empty(), "the chart grants rights: {granted}");
        let account = format!("--as=system:serviceaccount:{NAMESPACE}:ordinal");
        for what in [
            ["get", "secrets"],
            ["list", "statefulsets.apps"],
            ["get", "nodes"],
        ] {
            let output = cluster
                .kubectl()
                .args(["auth", "can-i"])
                .args(what)
                .arg(&account)
                .output()?;
            let may = String::from_utf8_lossy(&output.stdout);
            ensure!(may.trim() == "no", "may the account {what:?}: {may}");
        }
        Ok(())
    }
}

fn answer(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("starting `{}`", words(command)))?;
    ensure!(
        output.status.success(),
        "`{}`: {}",
        words(command),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
