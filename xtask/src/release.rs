//! The release build: the site, compressed, inside one binary.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cache;
use crate::progress::step;
use crate::project::Project;
use crate::setup::{self, editor};
use crate::smaller;

/// What the site is made of; a change in any of it makes a new one.
const SITE: &[&str] = &[
    "app",
    "frontend",
    "style",
    "public",
    ".cargo",
    "Cargo.toml",
    "Cargo.lock",
    "end2end/package-lock.json",
    "xtask/src/smaller",
];
/// What the binary is made of besides.
const SERVER: &[&str] = &["server"];

/// Builds `target/dist/ordinal`, or finds it made of the same sources.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    binary(project, None)
}

/// Builds `target/dist/TARGET/ordinal`, which needs no library of the machine that it runs on, with all that this takes; its
/// target beside it.
pub(crate) fn portable(project: &mut Project, yes: bool) -> Result<(PathBuf, String)> {
    setup::build(project, yes)?;
    setup::musl::find(project, yes)?;
    let target = setup::musl::target();
    Ok((binary(project, Some(&target))?, target))
}

fn binary(project: &Project, target: Option<&str>) -> Result<PathBuf> {
    let dist = project.dir("target/dist");
    let place = target.map_or(dist.clone(), |target| dist.join(target));
    fs::create_dir_all(&place)?;
    let (binary, stamp) = (place.join("ordinal"), place.join("sources"));
    // Two builds at once would sweep away each other's site; the second one then finds the first one's binary.
    let lock = File::create(dist.join("lock"))?;
    lock.lock()?;
    let sources = sources(project, &[SITE, SERVER].concat())?;
    if is_made_of(&stamp, &sources) && cache::says(&binary, &["--help"], "--kubeconfig") {
        step("release build", |_| Ok(((), "found")))?;
        return Ok(binary);
    }
    let site = site(project)?;
    step("release build: server", |step| {
        let mut cargo = project.cargo();
        with_site(&mut cargo, &site).args([
            "build",
            "--release",
            "--package",
            "server",
            "--features",
            "embed",
        ]);
        if let Some(target) = target {
            cargo.args(["--target", target]);
        }
        step.run(&mut cargo)?;
        Ok(((), "built"))
    })?;
    let made = project
        .dir("target")
        .join(target.unwrap_or_default())
        .join("release/ordinal");
    // A running one may not be written to, but it may be replaced.
    let fresh = binary.with_extension("part");
    fs::copy(made, &fresh)?;
    fs::rename(fresh, &binary)?;
    fs::write(stamp, sources)?;
    Ok(binary)
}

fn is_made_of(stamp: &Path, sources: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|have| have == sources)
}

/// Builds the site and returns its folder, `target/dist/site`, or finds it made of the same sources.
fn site(project: &Project) -> Result<PathBuf> {
    let sources = sources(project, SITE)?;
    let (done, stamp) = (
        project.dir("target/dist/site"),
        project.dir("target/dist/site-sources"),
    );
    if is_made_of(&stamp, &sources) && done.join("pkg").is_dir() {
        step("release build: site", |_| Ok(((), "found")))?;
        return Ok(done);
    }
    let site = project.dir("target/site");
    step("release build: wasm", |step| {
        // Files of earlier builds carry other hashes in their names: they would be embedded with the rest.
        for folder in [&site, &done] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        step.run(
            project
                .cargo()
                .args(["leptos", "build", "--release", "--frontend-only", "--split"]),
        )?;
        Ok(((), "built"))
    })?;
    step("release build: smaller", |_| {
        smaller::site(project, &site)?;
        Ok(((), "done"))
    })?;
    editor::into_site(project)?;
    step("release build: compression", |_| {
        compress_all(&site)?;
        editor::without_plain(&site)?;
        Ok(((), "done"))
    })?;
    // The edit loop has its own site, and must not write into this one.
    fs::rename(&site, &done)?;
    fs::write(stamp, sources)?;
    Ok(done)
}

fn compress_all(site: &Path) -> Result<()> {
    for file in files(site)? {
        if file.to_string_lossy().ends_with(".ts") {
            // Type declarations are for a bundler; nobody asks the server for them.
            fs::remove_file(file)?;
            continue;
        }
        // The editor comes compressed.
        if ["br", "gz"]
            .iter()
            .any(|e| file.extension().is_some_and(|x| x == *e))
            || beside(&file, ".br").exists()
        {
            continue;
        }
        compress(&file).with_context(|| format!("compressing {}", file.display()))?;
    }
    Ok(())
}

/// The environment in which the server finds the site at compile time, as cargo-leptos would give it.
fn with_site<'a>(cargo: &'a mut Command, site: &Path) -> &'a mut Command {
    cargo
        .env("ORDINAL_SITE", site)
        .env("LEPTOS_OUTPUT_NAME", "ordinal")
        .env("LEPTOS_HASH_FILES", "true")
        .env("LEPTOS_SITE_ROOT", site)
        .env("LEPTOS_SITE_PKG_DIR", "pkg")
}

fn sources(project: &Project, parts: &[&str]) -> Result<String> {
    let mut all = Vec::new();
    for source in parts {
        let path = project.dir(source);
        if path.is_dir() {
            all.extend(files(&path)?);
        } else if path.exists() {
            all.push(path);
        }
    }
    // Moved is changed as well: names count like contents.
    let names: Vec<_> = all.iter().map(|file| file.display().to_string()).collect();
    cache::key(&all, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// All files below a folder, in a fixed order.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name == "node_modules") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Writes FILE.br and FILE.gz beside a file, as small as they get: it is done once, and served often.
pub(crate) fn compress(file: &Path) -> Result<()> {
    let bytes = fs::read(file)?;
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(
        &mut bytes.as_slice(),
        &mut File::create(beside(file, ".br"))?,
        &params,
    )?;
    let mut gzip = GzEncoder::new(File::create(beside(file, ".gz"))?, Compression::best());
    gzip.write_all(&bytes)?;
    gzip.finish()?;
    Ok(())
}
