//! What a machine needs, step by step: found where it is there, made where it is not.

mod clone;
pub(crate) mod controlplane;
mod debian;
pub(crate) mod editor;
mod go;
pub(crate) mod helm;
pub(crate) mod musl;
mod npm;
mod tools;
mod wasm;

use anyhow::Result;

use crate::project::Project;

/// Everything that building the console needs.
pub(crate) fn build(project: &mut Project, yes: bool) -> Result<()> {
    clone::claim(project)?;
    wasm::find(project, yes)?;
    tools::find(project)?;
    npm::packages(project)
}

/// What the browser tests need besides.
pub(crate) fn browser(project: &Project, yes: bool) -> Result<()> {
    npm::browser(project, yes)
}

/// The browsers of the smoke tests.
pub(crate) fn other_browsers(yes: bool) -> Result<()> {
    debian::other_browsers(yes)
}

/// What starts the image.
pub(crate) fn runc(yes: bool) -> Result<()> {
    debian::runc(yes)
}
