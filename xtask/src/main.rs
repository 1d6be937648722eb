//! `cargo xtask`: the project's own commands.

mod archive;
mod bench;
mod cache;
mod chart;
mod cli;
mod cluster;
mod console;
mod container;
mod dist;
mod image;
mod interrupt;
mod progress;
mod project;
mod release;
mod run;
mod sbom;
mod scene;
mod setup;
mod smaller;
mod test;
mod tools;
mod totals;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}
