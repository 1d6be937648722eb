//! What a static binary is built with: the standard library for musl, and a C compiler for the crates that need one.

use std::env;

use anyhow::{Result, ensure};

use super::{debian, wasm};
use crate::progress::step;
use crate::project::{Project, which};

/// The target of a static binary for this kind of machine.
pub(crate) fn target() -> String {
    format!("{}-unknown-linux-musl", env::consts::ARCH)
}

/// Finds or adds both.
///
/// # Errors
/// There is no rustup to add the library, or no apt to install the compiler.
pub(crate) fn find(project: &Project, yes: bool) -> Result<()> {
    step("musl target", |step| {
        let target = target();
        let has = |project: &Project| wasm::has_std(&mut project.command("rustc"), &target);
        let compiler = || which("musl-gcc").is_some();
        if has(project) && compiler() {
            return Ok(((), "found"));
        }
        if !has(project) {
            ensure!(
                which("rustup").is_some(),
                "there is no rustup on this machine, and the standard library for {target} comes with it (https://rustup.rs)"
            );
            step.note("rustup target add");
            step.run(project.command("rustup").args(["target", "add", &target]))?;
        }
        if !compiler() {
            ensure!(
                which("apt-get").is_some(),
                "there is no musl-gcc on this machine: install musl's tools with your package manager"
            );
            debian::install(step, &["musl-tools"], yes)?;
        }
        Ok(((), "added"))
    })
}
