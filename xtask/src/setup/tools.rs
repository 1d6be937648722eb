//! cargo-leptos and wasm-bindgen, in the versions that this workspace was made with.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cache;
use crate::progress::{Step, step};
use crate::project::{Project, which};

/// 0.3.11 wants a newer compiler than the workspace does.
const CARGO_LEPTOS: &str = "0.3.10";
/// The same as the crate's in Cargo.toml: cargo-leptos does not check that they fit.
const WASM_BINDGEN: &str = "0.2.130";

struct Tool {
    step: &'static str,
    /// The crate to install, which is also the cache entry's name.
    package: &'static str,
    name: &'static str,
    version: &'static str,
    args: &'static [&'static str],
    time: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        step: "cargo-leptos",
        package: "cargo-leptos",
        name: "cargo-leptos",
        version: CARGO_LEPTOS,
        // Without `no_downloads` it would fetch helpers that it misses, silently and unpinned.
        args: &["--locked", "--features", "no_downloads"],
        time: "10 min",
    },
    Tool {
        step: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        name: "wasm-bindgen",
        version: WASM_BINDGEN,
        // Its own lock file names a release that was withdrawn.
        args: &[],
        time: "2 min",
    },
];

/// Finds or builds the tools and puts them on the project's PATH.
pub(crate) fn find(project: &mut Project) -> Result<()> {
    for tool in TOOLS {
        let dir = step(tool.step, |step| tool.find(project, step))?;
        if let Some(dir) = dir {
            project.prefer(dir);
        }
    }
    Ok(())
}

impl Tool {
    fn find(&self, project: &Project, step: &Step) -> Result<(Option<PathBuf>, &'static str)> {
        if which(self.name).is_some_and(|program| self.runs(&program)) {
            return Ok((None, "found"));
        }
        let place = project
            .cache
            .join(format!("tools/{}-{}", self.name, self.version));
        let whole = |dir: &Path| self.runs(&dir.join("bin").join(self.name));
        let (dir, outcome) = cache::entry(&place, step, whole, |dir| self.build(project, dir, step))?;
        Ok((Some(dir.join("bin")), outcome))
    }

    fn runs(&self, program: &Path) -> bool {
        cache::says(program, &["--version"], self.version)
    }

    fn build(&self, project: &Project, dir: &Path, step: &Step) -> Result<()> {
        if self.fetch(project, dir, step) {
            return Ok(());
        }
        step.note(&format!(
            "compiling version {} (about {})",
            self.version, self.time
        ));
        let mut cargo = project.command("cargo");
        cargo
            .args(["install", self.package, "--version", self.version])
            .args(self.args)
            .arg("--root")
            .arg(dir)
            // They run for seconds: quick to compile matters more than quick to run.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        step.run(&mut cargo)
    }

    /// A prebuilt one, on machines that have cargo-binstall.
    fn fetch(&self, project: &Project, dir: &Path, step: &Step) -> bool {
        if which("cargo-binstall").is_none() {
            return false;
        }
        step.note("fetching a prebuilt one");
        let mut cargo = project.command("cargo");
        cargo
            .args([
                "binstall",
                "--no-confirm",
                "--disable-strategies",
                "compile",
                "--root",
            ])
            .arg(dir)
            .arg(format!("{}@{}", self.package, self.version));
        let fetched = step.run(&mut cargo).is_ok();
        fetched && self.runs(&dir.join("bin").join(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cli_of_wasm_bindgen_is_as_old_as_the_crate() {
        let manifest = include_str!("../../../Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = \"={WASM_BINDGEN}\"")));
    }
}
