//! `cargo xtask bench`: the figures of docs/benchmarks.md.

mod page;
mod site;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::progress::tell;
use crate::project::Project;
use crate::scene::Scene;
use crate::tools::{self, playwright, succeed, with_cluster};

/// How long the load of `--soak` lasts, in minutes.
const SOAK: u32 = 10;

/// What to measure.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Ten minutes more of changes, to see whether the server's memory grows
    #[arg(long)]
    soak: bool,
    /// Install Debian packages that are missing without asking
    #[arg(long)]
    yes: bool,
}

/// Measures and writes the page.
pub(crate) fn run(project: &mut Project, options: &Options) -> Result<()> {
    let binary = tools::ready(project, options.yes)?;
    let file = project.dir("target/figures.json");
    // What is not measured now must not be taken from then.
    let _ = fs::remove_file(&file);
    with_cluster(project, "bench", Scene::None, |cluster| {
        let mut command = playwright(project, &binary, cluster);
        if options.soak {
            command.env("ORDINAL_SOAK", SOAK.to_string());
        }
        succeed(
            command
                .args(["--config", "tools.config.ts", "bench.tool.ts"])
                .env("ORDINAL_FIGURES", &file),
        )
    })?;
    let browser: Value =
        serde_json::from_str(&fs::read_to_string(&file)?).context("the browser's figures")?;
    let figures = page::Figures {
        browser,
        site: site::measure(&project.dir("target/dist/site/pkg"))?,
        binary: fs::metadata(&binary)?.len(),
        start: warm_start(project)?,
    };
    let place = project.dir("docs/benchmarks.md");
    let old = fs::read_to_string(&place).unwrap_or_default();
    fs::write(&place, page::write(project, &figures, &old)?)?;
    tell!("{}", place.display());
    Ok(())
}

/// How long a second `cargo xtask run` takes to print its URL: with a fresh cluster and the scene in it.
fn warm_start(project: &Project) -> Result<Duration> {
    let start = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .arg("run")
        .current_dir(&project.root)
        .env_remove("KUBECONFIG")
        .stdout(Stdio::piped())
        .spawn()
        .context("starting xtask run")?;
    let out = child.stdout.take().context("its output is a pipe")?;
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let found = lines.any(|line| line.starts_with("Ordinal is ready"));
    let time = start.elapsed();
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Not waited for yet, so the id is still its own.
        let _ = kill_process(pid, Signal::TERM);
    }
    child.wait()?;
    if !found {
        bail!("`xtask run` ended without a URL");
    }
    Ok(time)
}
