//! Packages of the distribution: the only things installed outside the cache, and never silently.

use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::{Command, Stdio};

use anyhow::{Result, bail, ensure};

use crate::progress::{Step, step};
use crate::project::which;

/// The MiniBrowser of WebKitGTK comes with its driver, and wants a screen.
const OTHER_BROWSERS: &[&str] = &["firefox-esr", "webkit2gtk-driver", "xvfb"];

/// Whether a package is installed; on other distributions nobody can tell, and fonts are not worth failing for.
pub(crate) fn has(package: &str) -> bool {
    if which("dpkg-query").is_none() {
        return true;
    }
    let query = Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .stderr(Stdio::null())
        .output();
    query.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains("ok installed"))
}

/// Installs packages with apt, after saying so and, without `yes`, asking.
pub(crate) fn install(step: &Step, packages: &[&str], yes: bool) -> Result<()> {
    let missing: Vec<_> = packages.iter().copied().filter(|package| !has(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    agree_to(step, &format!("the Debian packages {list}"), yes)?;
    let root = rustix::process::geteuid().is_root();
    let apt = |args: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    // The lists of a fresh machine may be too old to fetch from: only then are they renewed.
    if step.run(&mut apt(&install)).is_err() {
        step.run(&mut apt(&["update"]))?;
        step.run(&mut apt(&install))?;
    }
    Ok(())
}

/// Firefox and WebKit. What cannot be had is a smoke test that is skipped, and no reason to stop.
pub(crate) fn other_browsers(yes: bool) -> Result<()> {
    step("Firefox and WebKit", |step| {
        let firefox = ["firefox-esr", "firefox"]
            .iter()
            .any(|name| which(name).is_some());
        let webkit = ["WebKitWebDriver", "Xvfb"]
            .iter()
            .all(|name| which(name).is_some());
        if firefox && webkit {
            return Ok(((), "found"));
        }
        if which("apt-get").is_none() {
            step.note("there is no apt here to install them: what is missing is skipped");
            return Ok(((), "skipped"));
        }
        if let Err(error) = install(step, OTHER_BROWSERS, yes) {
            step.note(&format!("what is missing is skipped: {error:#}"));
            return Ok(((), "skipped"));
        }
        Ok(((), "installed"))
    })
}

/// What starts the image as a kubelet does.
///
/// # Errors
/// It is not there, and cannot be installed.
pub(crate) fn runc(yes: bool) -> Result<()> {
    step("runc", |step| {
        if which("runc").is_some() {
            return Ok(((), "found"));
        }
        ensure!(
            which("apt-get").is_some(),
            "there is no runc on this machine: install it with your package manager"
        );
        install(step, &["runc"], yes)?;
        Ok(((), "installed"))
    })
}

/// Says what apt will install and, without `yes` or `CI=true`, asks.
pub(crate) fn agree_to(step: &Step, what: &str, yes: bool) -> Result<()> {
    step.note(&format!("apt will install {what}"));
    if yes || env::var_os("CI").is_some_and(|ci| ci == "true") {
        return Ok(());
    }
    ensure!(
        io::stdin().is_terminal(),
        "not installed without a word from you: say `--yes`, or install {what} yourself"
    );
    eprint!("\nMay it? [y/N] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("not installed: install {what} yourself, or say `--yes`");
    }
    Ok(())
}
