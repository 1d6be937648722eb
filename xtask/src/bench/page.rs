//! docs/benchmarks.md: what was measured, what was wanted, and what a peer needs for the same.

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;

use super::site::{Site, Sizes};
use crate::project::Project;

/// Where the part begins that only `--soak` measures: another run keeps it.
const SOAK: &str = "## Ten minutes of changes\n";
/// What stands below this line was written by hand and stays.
const BY_HAND: &str = "<!-- Below: measured by hand, kept by `cargo xtask bench`. -->";

/// All that was measured.
pub(crate) struct Figures {
    /// By `end2end/tools/bench.tool.ts`.
    pub(crate) browser: Value,
    pub(crate) site: Site,
    /// Bytes of the release binary.
    pub(crate) binary: u64,
    /// `cargo xtask run` to its URL.
    pub(crate) start: Duration,
}

/// A line of a table: what, its figure, the goal, the peer's figure.
type Row<'a> = (&'a str, String, &'a str, &'a str);

/// The page; `old` is what it said before.
pub(crate) fn write(project: &Project, figures: &Figures, old: &str) -> Result<String> {
    let browser = figures.browser["browser"].as_str().unwrap_or("Chromium");
    let where_ = format!(
        "at commit `{}` on {}, with {browser}",
        commit(project)?,
        machine()
    );
    let by_hand = old.split_once(BY_HAND).map_or("\n", |(_, text)| text);
    let soak = match figures.browser.get("soak") {
        Some(soak) => soaked(soak, &where_),
        None => kept_soak(old),
    };
    Ok(format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench` {where_}.\n\
         Against the real local control plane, which shares the machine with the browser and the console; cold loads are \
         medians of seven fresh browsers.\n\
         The peer is Headlamp 0.45 on the same machine and control plane, measured once, earlier, by hand.\n\n\
         ## 50 StatefulSets of two pods\n\n{}\n\
         ## 10,000 StatefulSets\n\n\
         Without pods, in five namespaces, all of them in one list. A change is a new image: from sending the PATCH until \
         the cell of the page has the new text. The bare watch beside it is what the API server needs of that.\n\n{}\n\
         ## The wizard\n\n\
         From the key to the change of the pane's text, within the page; opened: from the request to the form that takes \
         input, with the browser's cache warm.\n\n{}\n\
         ## What travels and what is installed\n\n{}\n{soak}{BY_HAND}{by_hand}",
        table(&few(&figures.browser["few"])),
        table(&many(&figures.browser["many"])),
        table(&wizard(&figures.browser["wizard"])),
        table(&weights(figures)),
    ))
}

fn table(rows: &[Row<'_>]) -> String {
    let mut text = String::from("| what | figure | goal | peer |\n|---|---|---|---|\n");
    for (what, figure, goal, peer) in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {what} | {figure} | {goal} | {peer} |");
    }
    text
}

fn few(few: &Value) -> Vec<Row<'static>> {
    vec![
        (
            "Bytes on the wire to the list, compressed",
            kb(&few["bytes"]),
            "250 KB",
            "1610 KB",
        ),
        ("Requests", whole(&few["requests"]), "", "28"),
        ("First byte of the page", ms(&few["answered"]), "", ""),
        (
            "First row on the screen, as Chromium tells (Element Timing)",
            ms(&few["firstRow"]),
            "200 ms",
            "1900 ms",
        ),
        (
            "The same of a page of one link from an idle server: the browser's own share",
            ms(&few["smallest"]),
            "",
            "",
        ),
        (
            "Two animation frames after the row is in the document (the figure of earlier pages)",
            ms(&few["frames"]),
            "",
            "",
        ),
        ("Live socket opened", ms(&few["live"]), "", ""),
        ("JavaScript heap of the tab", mb(&few["heap"]), "", "32 MB"),
        (
            "Server memory (VmRSS), before the first page",
            mb(&few["fresh"]),
            "",
            "",
        ),
        (
            "Server memory (VmRSS), after seven loads",
            mb(&few["memory"]),
            "40 MB",
            "54 MB",
        ),
    ]
}

fn wizard(wizard: &Value) -> Vec<Row<'static>> {
    let [wide, long] = [&wizard["wide"], &wizard["long"]];
    vec![
        ("Opened, warm", ms(&wizard["opened"]), "300 ms", ""),
        (
            "A key in the form to the new text in the pane",
            spread(&wizard["keys"]),
            "8 ms",
            "",
        ),
        ("The same, 2,000 lines", spread(&long["keys"]), "8 ms", ""),
        (
            "12 containers with 204 variables: opened at the containers",
            ms(&wide["opened"]),
            "300 ms",
            "",
        ),
        ("… a key", spread(&wide["keys"]), "8 ms", ""),
        ("… a step", spread(&wide["steps"]), "50 ms", ""),
    ]
}

fn spread(times: &Value) -> String {
    format!(
        "p50 {}, p99 {} (of {})",
        ms(&times["p50"]),
        ms(&times["p99"]),
        times["count"]
    )
}

fn many(many: &Value) -> Vec<Row<'static>> {
    let [quiet, busy] = [&many["quiet"], &many["busy"]];
    vec![
        (
            "Bytes on the wire to the list, compressed",
            kb(&many["bytes"]),
            "300 KB",
            "3200 KB",
        ),
        ("First byte of the page", ms(&many["answered"]), "", ""),
        (
            "First row on the screen",
            ms(&many["firstRow"]),
            "400 ms",
            "2900 ms",
        ),
        ("JavaScript heap of the tab", mb(&many["heap"]), "15 MB", "139 MB"),
        (
            "Server memory (VmRSS), before the first page",
            mb(&many["fresh"]),
            "",
            "",
        ),
        (
            "Server memory (VmRSS), after seven loads",
            mb(&many["memory"]),
            "60 MB",
            "",
        ),
        (
            "Server memory (VmRSS), after a minute of 50 changes a second",
            mb(&many["busyMemory"]),
            "60 MB",
            "",
        ),
        (
            "A key in the filter to the rows that it asks for",
            spread(&many["typing"]),
            "100 ms",
            "",
        ),
        (
            "Change to cell, one at a time",
            spread(&quiet["page"]),
            "p50 40 ms, p99 100 ms",
            "p50 1000 ms, p99 1000 ms",
        ),
        ("… to the bare watch", spread(&quiet["watch"]), "", ""),
        (
            "Change to cell, at 50 changes a second among all sets",
            spread(&busy["page"]),
            "p50 40 ms, p99 100 ms",
            "2 to 44 s, 4 of 10 not seen in 90 s",
        ),
        ("… to the bare watch", spread(&busy["watch"]), "", ""),
        (
            "Changes that the page did not show within 10 s",
            whole(&many["unseen"]),
            "0",
            "",
        ),
    ]
}

fn weights(figures: &Figures) -> Vec<Row<'_>> {
    let sizes = |sizes: &Sizes| {
        format!(
            "{} KB, brotli {} KB",
            sizes.raw.div_ceil(1000),
            sizes.brotli.div_ceil(1000)
        )
    };
    let mut rows: Vec<Row<'_>> = vec![("Wasm of the first load", sizes(&figures.site.first), "", "")];
    let lazy = figures.site.lazy.iter();
    rows.extend(lazy.map(|(page, size)| (page.as_str(), format!("{} more", sizes(size)), "", "")));
    rows.extend([
        (
            "Release binary, site included",
            format!("{:.1} MB", figures.binary as f64 / 1e6),
            "",
            "",
        ),
        (
            "`cargo xtask run`, warm, to its URL (fresh cluster, scene)",
            format!("{:.1} s", figures.start.as_secs_f32()),
            "",
            "",
        ),
    ]);
    rows
}

fn soaked(soak: &Value, where_: &str) -> String {
    let samples = soak["samples"].as_array().map(Vec::as_slice).unwrap_or_default();
    let each: Vec<_> = samples.iter().map(mb).collect();
    format!(
        "{SOAK}\nWritten by `cargo xtask bench --soak` {where_}.\n\
         50 changes a second among the 10,000 sets, a page that shows them, a fresh browser every minute. Server memory (VmRSS) at the \
         start and after each minute: {}; a minute after the page was closed: {}.\n\n",
        each.join(", "),
        mb(&soak["after"])
    )
}

/// What an earlier run with `--soak` wrote.
fn kept_soak(old: &str) -> String {
    let generated = old.split_once(BY_HAND).map_or(old, |(text, _)| text);
    generated
        .find(SOAK)
        .map_or_else(String::new, |at| generated[at..].to_owned())
}

/// What was not measured is shown as such, never as 0.
fn number(value: &Value, unit: &str, per: f64, digits: usize) -> String {
    let text = |number| format!("{:.digits$}{unit}", number / per);
    value.as_f64().map_or_else(|| "not measured".to_owned(), text)
}

fn kb(value: &Value) -> String {
    number(value, " KB", 1e3, 0)
}

fn mb(value: &Value) -> String {
    number(value, " MB", 1e6, 1)
}

fn ms(value: &Value) -> String {
    number(value, " ms", 1.0, 0)
}

fn whole(value: &Value) -> String {
    number(value, "", 1.0, 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_soak_keeps_the_soak_of_an_earlier_one() {
        let old = format!("# Benchmarks\n\n{SOAK}\nflat\n\n{BY_HAND}\nby hand\n");
        assert_eq!(kept_soak(&old), format!("{SOAK}\nflat\n\n"));
        assert_eq!(kept_soak("# Benchmarks\n"), "");
    }

    #[test]
    fn what_was_not_measured_is_no_figure() {
        assert_eq!(ms(&Value::Null), "not measured");
        assert_eq!(mb(&serde_json::json!(40_060_000)), "40.1 MB");
    }
}
