//! `cargo xtask bench`: the figures of docs/benchmarks.md.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::project::Project;
use crate::release;
use crate::scene::Scene;
use crate::tools::{self, playwright, succeed, with_cluster};

/// What stands below this line was written by hand and stays.
const BY_HAND: &str = "<!-- Below: measured by hand, kept by `cargo xtask bench`. -->";

/// Measures and writes the page.
pub(crate) fn run(project: &mut Project, yes: bool) -> Result<()> {
    let binary = tools::ready(project, yes)?;
    let file = project.dir("target/figures.json");
    with_cluster(project, "bench", Scene::None, |cluster| {
        let mut command = playwright(project, &binary, cluster);
        succeed(
            command
                .args(["--config", "tools.config.ts", "bench"])
                .env("ORDINAL_FIGURES", &file),
        )
    })?;
    let figures: Value =
        serde_json::from_str(&fs::read_to_string(&file)?).context("the browser's figures")?;
    let site = Site::measure(&project.dir("target/site/pkg"))?;
    let start = warm_start(project)?;
    let page = project.dir("docs/benchmarks.md");
    let by_hand = fs::read_to_string(&page)
        .ok()
        .and_then(|old| Some(old.split_once(BY_HAND)?.1.to_owned()));
    let size = fs::metadata(&binary)?.len();
    let text = format!(
        "{}\n{BY_HAND}{}",
        table(project, &figures, &site, start, size)?,
        by_hand.as_deref().unwrap_or("\n")
    );
    fs::create_dir_all(project.dir("docs"))?;
    fs::write(&page, text)?;
    println!("{}", page.display());
    Ok(())
}

/// Bytes of the wasm of a first load and of all of it.
#[derive(Default)]
struct Site {
    first: Sizes,
    all: Sizes,
}

#[derive(Default)]
struct Sizes {
    raw: u64,
    brotli: u64,
}

impl Site {
    fn measure(dir: &Path) -> Result<Self> {
        let mut site = Self::default();
        for file in release::files(dir)?
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "wasm"))
        {
            let brotli = fs::metadata(format!("{}.br", file.display()))?.len();
            let raw = fs::metadata(&file)?.len();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            site.all.add(raw, brotli);
            // Lazy pages are files of their own; the main one carries the name of the output.
            if name.starts_with("ordinal.") || name.starts_with("ordinal_bg.") {
                site.first.add(raw, brotli);
            }
        }
        Ok(site)
    }
}

impl Sizes {
    fn add(&mut self, raw: u64, brotli: u64) {
        self.raw += raw;
        self.brotli += brotli;
    }
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

fn table(project: &Project, figures: &Value, site: &Site, start: Duration, binary: u64) -> Result<String> {
    let number = |name: &str| figures[name].as_f64().unwrap_or(f64::NAN);
    let kb = |bytes: f64| format!("{:.0} KB", bytes / 1000.0);
    let rows = [
        ("Bytes on the wire to the list, compressed", kb(number("bytes"))),
        ("Requests", format!("{}", number("requests"))),
        (
            "First row on the screen",
            format!("{:.0} ms", number("first_row_ms")),
        ),
        ("Live socket opened", format!("{:.0} ms", number("live_ms"))),
        ("JavaScript heap of the tab", kb(number("heap_bytes"))),
        ("Wasm of the first load, raw", kb(precise(site.first.raw))),
        ("Wasm of the first load, brotli", kb(precise(site.first.brotli))),
        ("Wasm of all pages, raw", kb(precise(site.all.raw))),
        ("Wasm of all pages, brotli", kb(precise(site.all.brotli))),
        (
            "Server memory (VmRSS), before the first page",
            kb(number("server_fresh_kb") * 1024.0),
        ),
        (
            "Server memory (VmRSS), after seven loads",
            kb(number("server_kb") * 1024.0),
        ),
        ("Release binary, site included", kb(precise(binary))),
        (
            "`cargo xtask run`, warm, to its URL (fresh cluster, scene)",
            format!("{:.1} s", start.as_secs_f32()),
        ),
    ];
    let rows: String = rows
        .iter()
        .map(|(name, value)| format!("| {name} | {value} |\n"))
        .collect();
    Ok(format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench` at commit `{}` on {}, with {}.\n\
         The list shows 50 StatefulSets of two pods on the real local control plane; medians of seven cold browsers.\n\n\
         | what | figure |\n|---|---|\n{rows}",
        commit(project)?,
        machine(),
        figures["browser"].as_str().unwrap_or("Chromium"),
    ))
}

/// Sizes of files are far below the 2^53 at which this would round.
fn precise(bytes: u64) -> f64 {
    bytes as f64
}

fn commit(project: &Project) -> Result<String> {
    let output = project
        .command("git")
        .args(["describe", "--always", "--dirty"])
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn machine() -> String {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = read("/proc/meminfo");
    let kb = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let gib = kb
        .and_then(|kb| kb.trim().parse::<u64>().ok())
        .map_or(0, |kb| kb / (1024 * 1024));
    format!(
        "{} ({cores} cores, {gib} GiB)",
        model.map_or("an unnamed processor", |(_, name)| name)
    )
}
