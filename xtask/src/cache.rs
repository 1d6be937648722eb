//! Entries of the cache: made in a temporary folder, renamed when whole, checked before use.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::progress::Step;

/// Returns the folder `entry`, making it with `make` where `whole` does not accept what is there.
///
/// Two setups at once do not collide: the second one waits, and then finds what the first made.
/// What was written halfway never carries the entry's name, because `make` fills a sibling folder.
pub(crate) fn entry(
    entry: &Path,
    step: &Step,
    whole: impl Fn(&Path) -> bool,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<(PathBuf, &'static str)> {
    if whole(entry) {
        return Ok((entry.to_path_buf(), "found"));
    }
    let parent = entry.parent().context("a cache entry without a parent")?;
    fs::create_dir_all(parent)?;
    let _lock = lock(&with_suffix(entry, ".lock"), step)?;
    if whole(entry) {
        return Ok((entry.to_path_buf(), "found"));
    }
    if entry.exists() {
        step.note("what is in the cache is broken: making it again");
        fs::remove_dir_all(entry)?;
    }
    let fresh = with_suffix(entry, ".part");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir_all(&fresh)?;
    make(&fresh)?;
    anyhow::ensure!(whole(&fresh), "{} was made, but does not run", entry.display());
    fs::rename(&fresh, entry)?;
    Ok((entry.to_path_buf(), "built"))
}

/// An exclusive lock, held until the file is dropped; says so when it has to wait.
pub(crate) fn lock(file: &Path, step: &Step) -> Result<File> {
    let lock = File::create(file).with_context(|| format!("creating {}", file.display()))?;
    if lock.try_lock().is_err() {
        step.note("waiting for another setup of the same");
        lock.lock()?;
    }
    Ok(lock)
}

/// Whether a program runs and names the version.
pub(crate) fn says(program: &Path, args: &[&str], version: &str) -> bool {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output.is_ok_and(|out| out.status.success() && String::from_utf8_lossy(&out.stdout).contains(version))
}

/// The start of a SHA-256 over some files and words: long enough to tell entries apart.
pub(crate) fn key(files: &[PathBuf], words: &[&str]) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(fs::read(file).with_context(|| format!("reading {}", file.display()))?);
        hash.update([0]);
    }
    for word in words {
        hash.update(word);
        hash.update([0]);
    }
    Ok(hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("ordinal-xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        dir
    }

    #[test]
    fn a_broken_entry_is_made_again() {
        let dir = scratch("broken");
        let place = dir.join("tool-1.0");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("tool"), "half").unwrap();
        let whole = |dir: &Path| fs::read_to_string(dir.join("tool")).is_ok_and(|text| text == "whole");
        let make = |dir: &Path| Ok(fs::write(dir.join("tool"), "whole")?);

        let step = Step::begin("a test");
        assert_eq!(entry(&place, &step, whole, make).unwrap().1, "built");
        assert_eq!(entry(&place, &step, whole, make).unwrap().1, "found");
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn what_failed_halfway_leaves_no_entry() {
        let dir = scratch("halfway");
        let place = dir.join("tool-1.0");
        let step = Step::begin("a test");
        let failed = entry(&place, &step, |_| false, |_| anyhow::bail!("no network"));
        assert!(failed.is_err());
        assert!(!place.exists());
        fs::remove_dir_all(dir).unwrap();
    }
}
