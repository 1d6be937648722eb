//! npm's packages: sass and wasm-opt for the build, Playwright for the tests, and a browser.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::debian;
use crate::cache;
use crate::progress::step;
use crate::project::{Project, which};

/// Where a browser may be, if not on PATH under one of its names.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Installs what end2end/package-lock.json says, unless it is there.
pub(crate) fn packages(project: &Project) -> Result<()> {
    step("npm packages", |step| {
        let Some(node) = which("node") else {
            bail!(
                "there is no Node.js on this machine, and sass, wasm-opt and the browser tests need it.\n\
                 Either install Node.js 20 or newer (https://nodejs.org, or `apt-get install nodejs npm`), or put it on PATH."
            )
        };
        let folder = project.dir("end2end");
        let modules = folder.join("node_modules");
        // Some packages bring programs for one kind of machine: the stamp names it.
        let want = cache::key(
            &[folder.join("package-lock.json")],
            &[env::consts::OS, env::consts::ARCH, &node.display().to_string()],
        )?;
        let stamp = modules.join(".ordinal");
        let whole = || fs::read_to_string(&stamp).is_ok_and(|have| have == want) && tools_run(&modules);
        if whole() {
            return Ok(((), "found"));
        }
        let _lock = cache::lock(&project.cache.join("npm.lock"), step)?;
        if whole() {
            return Ok(((), "found"));
        }
        let mut npm = project.command("npm");
        npm.current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund", "--prefer-offline"])
            .env("npm_config_cache", project.cache.join("npm"))
            // The browser is a step of its own.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        step.run(&mut npm)?;
        if !tools_run(&modules) {
            bail!(
                "npm installed the packages, but sass or wasm-opt does not run: delete {} and try again",
                modules.display()
            );
        }
        fs::write(&stamp, &want)?;
        Ok(((), "installed"))
    })
}

fn tools_run(modules: &Path) -> bool {
    let bin = modules.join(".bin");
    cache::says(&bin.join("sass"), &["--version"], "")
        && cache::says(&bin.join("wasm-opt"), &["--version"], "wasm-opt")
}

/// A Chromium and fonts with Chinese characters: Debian's where there is apt, else Playwright's.
pub(crate) fn browser(project: &Project, yes: bool) -> Result<()> {
    step("browser", |step| {
        if BROWSERS.iter().any(|name| which(name).is_some()) && debian::has("fonts-noto-cjk") {
            return Ok(((), "found"));
        }
        if which("apt-get").is_some() {
            debian::install(step, &["chromium", "fonts-noto-cjk"], yes)?;
            return Ok(((), "installed"));
        }
        let store = project.cache.join("browsers");
        step.note("fetching Playwright's Chromium");
        let mut npx = project.command("npx");
        npx.current_dir(project.dir("end2end"))
            .args(["playwright", "install", "chromium"])
            .env("PLAYWRIGHT_BROWSERS_PATH", store);
        step.run(&mut npx)?;
        Ok(((), "installed"))
    })
}
