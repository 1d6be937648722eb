//! The standard library for wasm32.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::debian;
use crate::cache;
use crate::progress::step;
use crate::project::{Project, which};

const TARGET: &str = "wasm32-unknown-unknown";

/// Makes `cargo build --target wasm32-unknown-unknown` work, by rustup or by Debian's compiler.
pub(crate) fn find(project: &mut Project, yes: bool) -> Result<()> {
    step("wasm target", |step| {
        if has_std(&mut project.command("rustc"), TARGET) {
            return Ok(((), "found"));
        }
        // Made on an earlier day: no need to ask rustup again, which may take minutes to say no.
        let debian = project.cache.join("toolchain-wasm");
        let whole = |dir: &Path| has_std(&mut Command::new(dir.join("bin/rustc")), TARGET);
        if whole(&debian) {
            project.prefer(debian.join("bin"));
            return Ok(((), "found"));
        }
        if which("rustup").is_some() {
            step.note("rustup target add");
            let added = step.run(project.command("rustup").args(["target", "add", TARGET]));
            if added.is_ok() && has_std(&mut project.command("rustc"), TARGET) {
                return Ok(((), "added"));
            }
        }
        // A sentence once, so that the packages are not a surprise; then the cache remembers.
        let (dir, outcome) = cache::entry(&debian, step, whole, |dir| {
            debian::agree_to(
                step,
                "Debian's Rust compiler and its source (rustc-web and others)",
                yes,
            )?;
            step.note("building the library with Debian's compiler (about a minute)");
            let mut script = project.command("bash");
            step.run(script.arg("xtask/setup-wasm.sh").arg(dir))
                .with_context(|| {
                    format!("the wasm target is missing: `rustup target add {TARGET}` would be the other way")
                })
        })?;
        project.prefer(dir.join("bin"));
        Ok(((), outcome))
    })
}

/// Whether a compiler has the standard library of a target.
pub(super) fn has_std(rustc: &mut Command, target: &str) -> bool {
    let Ok(output) = rustc.args(["--print", "sysroot"]).output() else {
        return false;
    };
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let libs = Path::new(&sysroot).join("lib/rustlib").join(target).join("lib");
    let names = fs::read_dir(libs)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name());
    names
        .into_iter()
        .any(|name| name.to_string_lossy().starts_with("libstd-"))
}
