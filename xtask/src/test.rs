//! `cargo xtask test`: everything that CI checks, and one line of totals.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::cluster::Cluster;
use crate::progress::{seconds, tell};
use crate::project::Project;
use crate::scene::Scene;
use crate::totals::Totals;
use crate::{chart, interrupt, release, setup, tools};

/// The configurations of the browser tests: Chromium, and a minute of the others.
const SUITES: [&str; 2] = ["playwright", "smoke"];

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// rustfmt and clippy, native and wasm
    Lint,
    /// Unit and integration tests
    Unit,
    /// The Helm chart: golden files, refusals, and an install
    Chart,
    /// Chromium, and a minute of Firefox and WebKit, against the real control plane
    E2e,
}

/// What to test; all of it by default.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Only tests with this in their name, in Rust and in the browser
    filter: Option<String>,
    /// One part alone
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Only browser tests whose title matches this expression
    #[arg(long)]
    grep: Option<String>,
    /// Install Debian packages that are missing without asking
    #[arg(long)]
    yes: bool,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }
}

/// Sets up what is missing, runs every part, and tells the totals on the last line.
pub(crate) fn run(project: &mut Project, options: &Options) -> Result<ExitCode> {
    let start = Instant::now();
    let e2e = options.wants(Part::E2e);
    let chart = options.wants(Part::Chart) && options.filter.is_none() && options.grep.is_none();
    if e2e || chart {
        setup::controlplane::programs(project)?;
    }
    if e2e {
        setup::browser(project, options.yes)?;
        setup::other_browsers(options.yes)?;
    }
    setup::build(project, options.yes)?;

    let mut totals = Totals::default();
    // One part that fails does not keep the others from telling what they found.
    if options.wants(Part::Lint) && options.filter.is_none() {
        lint(project, &mut totals)?;
    }
    if options.wants(Part::Unit) {
        unit(project, options, &mut totals)?;
    }
    if e2e || chart {
        interrupt::catch()?;
    }
    if chart && let Err(error) = chart::test(project, &mut totals) {
        totals.broken(&format!("{error:#}"));
    }
    if e2e && let Err(error) = browser(project, options, &mut totals) {
        totals.broken(&format!("{error:#}"));
    }
    eprintln!("\n{} in all", seconds(start.elapsed()));
    for broken in totals.reasons() {
        eprintln!("✗ {broken}");
    }
    tell!("{totals}");
    Ok(if totals.green() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn lint(project: &Project, totals: &mut Totals) -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    // The frontend is wasm only: beside the server it would switch on both of Leptos' modes in one build.
    let native = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets"];
    let wasm = [
        "clippy",
        "--package",
        "frontend",
        "--package",
        "app",
        "--target",
        "wasm32-unknown-unknown",
    ];
    let hydrate = ["--features", "app/hydrate"];
    told(
        "rustfmt",
        project.cargo().args(["fmt", "--all", "--check"]),
        totals,
    )?;
    told("clippy, native", project.cargo().args(native).args(deny), totals)?;
    told(
        "clippy, wasm",
        project.cargo().args(wasm).args(hydrate).args(deny),
        totals,
    )?;
    told(
        "types of the browser tests",
        project.command("tsc").args(["--noEmit", "--project", "end2end"]),
        totals,
    )
}

/// Runs a check with its output shown, and counts it where it fails.
fn told(name: &str, command: &mut Command, totals: &mut Totals) -> Result<()> {
    eprintln!("\n▸ {name}");
    let start = Instant::now();
    let status = command.status().with_context(|| format!("starting {name}"))?;
    if status.success() {
        eprintln!("✓ {name} {}", seconds(start.elapsed()));
    } else {
        totals.broken(&format!("{name} found something"));
    }
    Ok(())
}

fn unit(project: &Project, options: &Options, totals: &mut Totals) -> Result<()> {
    eprintln!("\n▸ unit and integration tests");
    let mut cargo = project.cargo();
    cargo.args(["test", "--workspace", "--exclude", "frontend", "--no-fail-fast"]);
    cargo.args(options.filter.as_deref());
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .context("starting cargo test")?;
    let before = totals.failed();
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines() {
            let line = line?;
            totals.cargo_line(&line);
            tell!("{line}");
        }
    }
    if !child.wait()?.success() && totals.failed() == before {
        totals.broken("cargo test failed without a failed test");
    }
    Ok(())
}

fn browser(project: &Project, options: &Options, totals: &mut Totals) -> Result<()> {
    eprintln!("\n▸ browser tests");
    let binary = release::build(project)?;
    // A cluster of its own, so that a developer's stays as it is.
    tools::with_cluster(project, "test", Scene::None, |cluster| {
        let mut known = 0;
        for suite in SUITES {
            known += playwright(project, options, suite, &binary, cluster, totals)?;
        }
        if known == 0 && options.grep.is_some() {
            totals.broken("no browser test has such a title");
        }
        Ok(())
    })
}

/// Runs the tests of one suite and returns how many there are.
fn playwright(
    project: &Project,
    options: &Options,
    suite: &str,
    binary: &Path,
    cluster: &Cluster,
    totals: &mut Totals,
) -> Result<u64> {
    let report = project.dir("target").join(format!("{suite}.json"));
    let _ = fs::remove_file(&report);
    let mut command = tools::playwright(project, binary, cluster);
    command
        .args(["--config", &format!("{suite}.config.ts")])
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let grep = options.grep.as_ref().or(options.filter.as_ref());
    if let Some(grep) = grep {
        // One that is meant for Rust, or for the other suite, finds nothing here.
        command.args(["--pass-with-no-tests", "--grep", grep]);
    }
    let status = interrupt::wait(command.spawn().context("starting Playwright")?)?;
    let text = fs::read_to_string(&report).context("Playwright left no report")?;
    let report: Value = serde_json::from_str(&text).context("Playwright's report")?;
    let before = totals.failed();
    let known = totals.playwright(&report);
    if !status.success() && totals.failed() == before {
        totals.broken("Playwright failed without a failed test");
    }
    Ok(known)
}
