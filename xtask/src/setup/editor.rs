//! The editor of the code mode, and the terminal: bundled from frontend/js once, and kept by what it is made of.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cache;
use crate::progress::{Step, step};
use crate::project::Project;
use crate::release;

/// What the bundle is made of.
const SOURCES: &[&str] = &[
    "editor.ts",
    "files.d.ts",
    "monaco.ts",
    "nonce.ts",
    "terminal.ts",
    "yaml.worker.ts",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
];

/// Finds or makes the bundle, and puts it into the site: `pkg/editor-KEY`, a name that changes with its contents.
///
/// # Errors
/// npm, the type check or the bundler fails.
pub(crate) fn into_site(project: &Project) -> Result<()> {
    let (bundle, key) = step("editor", |step| {
        let sources: Vec<PathBuf> = SOURCES
            .iter()
            .map(|file| project.dir("frontend/js").join(file))
            .collect();
        let key = cache::key(&sources, &[])?;
        let place = project.cache.join("editor").join(&key);
        let (bundle, outcome) = cache::entry(&place, step, whole, |dir| make(project, dir, step))?;
        Ok(((bundle, key), outcome))
    })?;
    let pkg = project.dir("target/site/pkg");
    let site = pkg.join(format!("editor-{key}"));
    if site.exists() {
        return Ok(());
    }
    fs::create_dir_all(&pkg)?;
    for entry in fs::read_dir(&pkg)? {
        // The one of older sources.
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("editor-") {
            fs::remove_dir_all(entry.path())?;
        }
    }
    fs::create_dir(&site)?;
    for file in release::files(&bundle)? {
        let name = file.file_name().context("a file without a name")?;
        fs::copy(&file, site.join(name))?;
    }
    Ok(())
}

/// Takes the plain files of the editor out of a release: they are two thirds of the site, every browser that can run it
/// takes compressed ones, and they would make the binary larger.
pub(crate) fn without_plain(site: &Path) -> Result<()> {
    let is_editor = |file: &Path| {
        file.components()
            .any(|c| c.as_os_str().to_string_lossy().starts_with("editor-"))
    };
    for file in release::files(site)?.into_iter().filter(|file| is_editor(file)) {
        let packed = file.extension().is_some_and(|e| e == "br" || e == "gz");
        if !packed {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

fn whole(dir: &Path) -> bool {
    [
        "editor.js.br",
        "editor.css.br",
        "terminal.js.br",
        "terminal.css.br",
        "yaml.worker.js.br",
        "editor.worker.js.br",
    ]
    .iter()
    .all(|file| dir.join(file).exists())
}

fn make(project: &Project, dir: &Path, step: &Step) -> Result<()> {
    let sources = project.dir("frontend/js");
    let npm = |args: &[&str]| {
        let mut npm = project.command("npm");
        npm.current_dir(&sources)
            .args(args)
            .env("npm_config_cache", project.cache.join("npm"));
        npm
    };
    step.note("fetching Monaco and xterm.js");
    step.run(&mut npm(&["ci", "--no-audit", "--no-fund", "--prefer-offline"]))?;
    step.note("bundling");
    step.run(npm(&["run", "build", "--"]).arg(format!("--outdir={}", dir.display())))?;
    for file in release::files(dir)? {
        // Style of single chunks is in editor.css too: nobody asks for it.
        let asked = ["editor.css", "terminal.css"]
            .iter()
            .any(|name| file.ends_with(name));
        if file.extension().is_some_and(|e| e == "css") && !asked {
            fs::remove_file(file)?;
            continue;
        }
        release::compress(&file)?;
    }
    Ok(())
}
