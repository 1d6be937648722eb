//! What makes the download smaller after the compiler and wasm-bindgen have done their work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use crate::project::Project;

/// A second round of wasm-opt. Alignments are hints that engines do not need, and they differ where code is the same;
/// fewer and like-numbered locals repeat more as well. Together it is a thirtieth of the compressed size.
const PASSES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
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

/// What the names of wasm-bindgen's imports begin with.
const IMPORT: &[u8] = b"__wbg_";
/// The hexadecimal digits at the end of such a name.
const DIGITS: usize = 16;

/// Makes the scripts and modules of this folder smaller, in place. File names tell the content before it: what is done
/// here depends on that content alone.
pub(crate) fn site(project: &Project, pkg: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(pkg)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "wasm" || e == "js") {
            files.push(path);
        }
    }
    let modules: Vec<&PathBuf> = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "wasm"))
        .collect();
    optimised(project, &modules)?;
    let texts = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    let plain = plain_names(&texts);
    for (file, mut text) in files.iter().zip(texts) {
        for at in imports(&text) {
            if let Some(digits) = plain.get(&text[at.clone()]) {
                text[at.end - DIGITS..at.end].copy_from_slice(digits);
            }
        }
        fs::write(file, text)?;
    }
    Ok(())
}

/// Below this size in bytes there is nothing to gain, and starting the tool takes a second.
const TINY: u64 = 1024;

/// Runs the passes over each module, as many at once as there are processors.
fn optimised(project: &Project, modules: &[&PathBuf]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(file) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            if fs::metadata(file)?.len() < TINY {
                continue;
            }
            let mut command = project.command("wasm-opt");
            let status = command.args(PASSES).arg(file).arg("-o").arg(file).status()?;
            anyhow::ensure!(status.success(), "wasm-opt could not read {}", file.display());
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

/// The names of imports end in random digits, which no compressor can shorten: each becomes a count of those with the
/// same beginning, of the same length. All modules of one build are told the same names.
fn plain_names(texts: &[Vec<u8>]) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let names: BTreeSet<&[u8]> = texts
        .iter()
        .flat_map(|text| imports(text).into_iter().map(|at| &text[at]))
        .collect();
    let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
    let mut plain = BTreeMap::new();
    for name in names {
        let count = counts.entry(&name[..name.len() - DIGITS]).or_default();
        plain.insert(name.to_vec(), format!("{count:0DIGITS$}").into_bytes());
        *count += 1;
    }
    plain
}

/// Where the names of imports with such digits stand.
fn imports(text: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].windows(IMPORT.len()).position(|w| w == IMPORT) {
        let start = from + start;
        let length = text[start..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
            .count();
        let end = start + length;
        from = end;
        let digits = &text[end - DIGITS.min(length)..end];
        let separated = length > IMPORT.len() + DIGITS && text[end - DIGITS - 1] == b'_';
        if separated && digits.iter().all(u8::is_ascii_hexdigit) {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_digits_become_counts_of_the_same_length() {
        let text =
            b"\x1d__wbg_body_5f971cbc6950ca4f\0 __wbg_body_6f971cbc6950ca4f __wbg_ptr __wbg_x_free".to_vec();
        let plain = plain_names(std::slice::from_ref(&text));
        let names: Vec<_> = plain.values().map(|d| String::from_utf8_lossy(d)).collect();
        assert_eq!(names, ["0000000000000000", "0000000000000001"]);
        assert!(
            imports(&text)
                .iter()
                .all(|at| at.len() == "__wbg_body_".len() + DIGITS)
        );
    }
}
