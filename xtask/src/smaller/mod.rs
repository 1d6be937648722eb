//! What makes the download smaller after the compiler, the splitter and wasm-bindgen have done their work.

mod alike;
mod loader;
mod names;
mod rewrite;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::project::Project;
use names::Names;

/// A second round of wasm-opt. Alignments are hints that engines do not need, and they differ where code is the same;
/// fewer and like-numbered locals repeat more as well. The lowest kilobyte of the memory is the far end of the stack,
/// which nothing points to: so additions to addresses can go into the loads. Together it is a thirtieth of the
/// compressed size.
const PASSES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--low-memory-unused",
    "--dealign",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--merge-locals",
    "--coalesce-locals",
    "--reorder-locals",
    "--strip-producers",
    "--strip-target-features",
];

/// The files of the site's `pkg` that are made smaller, by name.
type Files = BTreeMap<String, Vec<u8>>;
/// The new name and the new text of each, by the name that it had.
type Renamed = BTreeMap<String, (String, Vec<u8>)>;

/// Makes the scripts and modules of this site smaller, in place. Their names carry one hash of all of them then: the
/// files of two builds are never mixed, and no file needs to hold the hash of each other one.
pub(crate) fn site(project: &Project, site: &Path) -> Result<()> {
    let pkg = site.join("pkg");
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&pkg)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "wasm" || e == "js") {
            paths.push(path);
        }
    }
    let modules: Vec<&PathBuf> = paths
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "wasm"))
        .collect();
    each(&modules, |file| optimise(project, file))?;
    let mut files = Files::new();
    for path in &paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.insert(name.into_owned(), fs::read(path)?);
        fs::remove_file(path)?;
    }
    let hashes_file = site.join("hash.txt");
    let hashes = Hashes::read(&hashes_file)?;
    short_names(&mut files, &hashes)?;
    let manifest = pkg.join(format!("__wasm_split_manifest.{}.json", hashes.manifest));
    let (renamed, tag) = tagged(files, &hashes)?;
    rename_in_manifest(&manifest, &renamed)?;
    fs::write(hashes_file, hashes.with(&tag))?;
    for (name, bytes) in renamed.into_values() {
        fs::write(pkg.join(name), bytes)?;
    }
    Ok(())
}

/// Does this for each file, as many at once as there are processors.
fn each(files: &[&PathBuf], job: impl Fn(&Path) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            job(file).with_context(|| file.display().to_string())?;
        }
        Ok(())
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut ended = all.into_iter().map(|worker| worker.join());
        ended.try_for_each(|answer| answer.unwrap_or_else(|_| anyhow::bail!("a worker panicked")))
    })
}

/// How many bytes of a hash are in a name, and how many letters write them.
const BYTES: usize = 16;
const LENGTH: usize = 22;

/// Below this size in bytes there is nothing to gain, and starting the tool takes a second.
const TINY: u64 = 1024;

/// Runs the passes over a module and puts its functions into an order that compresses well.
fn optimise(project: &Project, file: &Path) -> Result<()> {
    if fs::metadata(file)?.len() < TINY {
        return Ok(());
    }
    let mut command = project.command("wasm-opt");
    let status = command.args(PASSES).arg(file).arg("-o").arg(file).status()?;
    anyhow::ensure!(status.success(), "wasm-opt could not read it");
    let module = fs::read(file)?;
    let order = alike::order(&rewrite::bodies(&module)?);
    fs::write(file, rewrite::ordered(&module, &order)?)?;
    Ok(())
}

/// Gives short names to what the first module, its script and the loader of the others call each other's functions.
fn short_names(files: &mut Files, hashes: &Hashes) -> Result<()> {
    let mut take = |name: String| {
        files
            .remove(&name)
            .map(|bytes| (name, bytes))
            .context("no such file")
    };
    let (main_name, main) = take(format!("ordinal.{}.wasm", hashes.wasm))?;
    let (script_name, script) = take(format!("ordinal.{}.js", hashes.js))?;
    let (loader_name, loader) = take(format!("__wasm_split.{}.js", hashes.split))?;
    let names = Names::of(&main)?;
    files.insert(main_name, rewrite::renamed(&main, &names)?);
    files.insert(
        script_name,
        names.in_script(&String::from_utf8(script)?)?.into_bytes(),
    );
    let loader = loader::Loader::read(&String::from_utf8(loader)?)?;
    files.insert(loader_name, loader.script(&names)?.into_bytes());
    Ok(())
}

/// All files renamed, and the hash that they carry.
fn tagged(files: Files, hashes: &Hashes) -> Result<(Renamed, String)> {
    let mut hash = Sha256::new();
    for (name, bytes) in &files {
        hash.update(name);
        hash.update(bytes);
    }
    let tag = URL_SAFE_NO_PAD.encode(&hash.finalize()[..BYTES]);
    let mut renamed = Renamed::new();
    for (name, mut bytes) in files {
        for old in [&hashes.js, &hashes.split] {
            replace(&mut bytes, old.as_bytes(), tag.as_bytes());
        }
        let (stem, end) = name.split_once('.').context("a file without a hash")?;
        let end = end.rsplit_once('.').context("a file without a hash")?.1;
        let new = format!("{}.{tag}.{end}", loader::plain(stem));
        renamed.insert(name, (new, bytes));
    }
    let mut new: Vec<_> = renamed.values().map(|(name, _)| name).collect();
    new.sort_unstable();
    anyhow::ensure!(
        new.windows(2).all(|two| two[0] != two[1]),
        "two files of one name"
    );
    Ok((renamed, tag))
}

/// Writes the new one over each old one; both are of the same length.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|w| w == old) {
        at += found;
        bytes[at..at + new.len()].copy_from_slice(new);
    }
}

/// The manifest says to the server which files a lazy function needs.
fn rename_in_manifest(file: &Path, renamed: &Renamed) -> Result<()> {
    let mut manifest: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&fs::read(file).with_context(|| file.display().to_string())?)?;
    for part in manifest.values_mut().flatten() {
        let (new, _) = renamed.get(&format!("{part}.wasm")).context("no such file")?;
        *part = new.trim_end_matches(".wasm").to_owned();
    }
    fs::write(file, serde_json::to_vec(&manifest)?)?;
    Ok(())
}

/// What `hash.txt` says: the hashes in the names of the files that the server names in a page.
struct Hashes {
    text: String,
    js: String,
    wasm: String,
    split: String,
    manifest: String,
}

impl Hashes {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let of = |key: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(": "));
            // Of one length: they are written over each other.
            let found = lines
                .find(|(name, hash)| *name == key && hash.len() == LENGTH)
                .map(|(_, hash)| hash.to_owned());
            found.with_context(|| format!("hash.txt has no {key}"))
        };
        Ok(Self {
            js: of("js")?,
            wasm: of("wasm")?,
            split: of("split")?,
            manifest: of("manifest")?,
            text,
        })
    }

    /// The same with one hash for scripts and modules.
    fn with(&self, tag: &str) -> String {
        [&self.js, &self.wasm, &self.split]
            .into_iter()
            .fold(self.text.clone(), |text, old| text.replace(old, tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_carry_one_hash_and_refer_to_each_other_by_it() {
        let text = "js: JJJJJJJJJJJJJJJJJJJJJJ\nwasm: WWWWWWWWWWWWWWWWWWWWWW\ncss: CCCCCCCCCCCCCCCCCCCCCC\n\
            manifest: MMMMMMMMMMMMMMMMMMMMMM\nsplit: SSSSSSSSSSSSSSSSSSSSSS\n";
        let hashes = Hashes {
            text: text.to_owned(),
            js: "J".repeat(22),
            wasm: "W".repeat(22),
            split: "S".repeat(22),
            manifest: "M".repeat(22),
        };
        let script = format!("import \"./__wasm_split.{}.js\";", hashes.split);
        let files = Files::from([
            (format!("ordinal.{}.js", hashes.js), script.into_bytes()),
            (
                "split___pod_page_view_1234567890123.ABC.wasm".to_owned(),
                b"\0asm".to_vec(),
            ),
        ]);
        let (renamed, tag) = tagged(files, &hashes).unwrap();
        let (name, bytes) = &renamed[&format!("ordinal.{}.js", hashes.js)];
        assert_eq!(*name, format!("ordinal.{tag}.js"));
        assert_eq!(
            String::from_utf8_lossy(bytes),
            format!("import \"./__wasm_split.{tag}.js\";")
        );
        let (split, _) = &renamed["split___pod_page_view_1234567890123.ABC.wasm"];
        assert_eq!(*split, format!("split___pod_page_view.{tag}.wasm"));
        let told = hashes.with(&tag);
        assert!(
            told.starts_with(&format!("js: {tag}\nwasm: {tag}\ncss: CCCC")),
            "{told}"
        );
    }
}
