//! The browser as a tool: pictures and measurements of the running product.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cluster::{Cluster, Timing};
use crate::progress::{tell, words};
use crate::project::Project;
use crate::scene::{self, Scene};
use crate::{cli, interrupt, release, setup};

/// Playwright's test runner, told which console and which cluster it is about.
pub(crate) fn playwright(project: &Project, binary: &Path, cluster: &Cluster) -> Command {
    let mut command = project.command("playwright");
    command
        .current_dir(project.dir("end2end"))
        .arg("test")
        .env("ORDINAL_BINARY", binary)
        .env("ORDINAL_CLUSTER", cluster.state())
        .env("PLAYWRIGHT_BROWSERS_PATH", project.cache.join("browsers"))
        .env_remove("KUBECONFIG");
    command
}

/// Takes docs/pictures.
pub(crate) fn pictures(project: &mut Project, yes: bool) -> Result<()> {
    let binary = ready(project, yes)?;
    with_cluster(project, "pictures", Scene::Believable, |cluster| {
        let mut command = playwright(project, &binary, cluster);
        succeed(command.args(["--config", "tools.config.ts", "pictures.tool.ts"]))
    })?;
    tell!("{}", project.dir("docs/pictures").display());
    Ok(())
}

/// Everything that a tool needs: the machine set up, the console built.
pub(crate) fn ready(project: &mut Project, yes: bool) -> Result<PathBuf> {
    setup::controlplane::programs(project)?;
    setup::browser(project, yes)?;
    setup::build(project, yes)?;
    let binary = release::build(project)?;
    interrupt::catch()?;
    Ok(binary)
}

/// Does something with a fresh cluster, which is gone afterwards, however it went.
pub(crate) fn with_cluster<T>(
    project: &Project,
    name: &str,
    scene: Scene,
    work: impl FnOnce(&Cluster) -> Result<T>,
) -> Result<T> {
    let cluster = Cluster::named(project, name)?;
    let Some(_claim) = cluster.claim()? else {
        bail!("another command of this clone has cluster {name} right now");
    };
    // What an interrupted run left behind is not fresh.
    cluster.down()?;
    let outcome = cli::bring_up(project, &cluster, &Timing::default())
        .and_then(|()| scene::fill(project, &cluster, scene))
        .and_then(|()| work(&cluster));
    cluster.down()?;
    outcome
}

/// Runs a command with its output shown.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let child = command
        .spawn()
        .with_context(|| format!("starting `{}`", words(command)))?;
    let status = interrupt::wait(child)?;
    ensure!(status.success(), "`{}` ended with {status}", words(command));
    Ok(())
}
