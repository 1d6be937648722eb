//! `cargo xtask`: the project's own commands.

mod cache;
mod cli;
mod cluster;
mod progress;
mod project;
mod setup;

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
