//! Archives that hold nothing of the machine or the moment that they were written on.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

/// Files by their name, each with its mode.
pub(crate) type Files = BTreeMap<String, (u32, Vec<u8>)>;

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The same bytes, compressed; there is no time in it.
pub(crate) fn gzipped(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

/// Files with their mode, in the order of their names, with the folders that they are in; all of root, and of no time.
pub(crate) fn tarred(files: &Files) -> Result<Vec<u8>> {
    let mut tar = Builder::new(Vec::new());
    let mut folders: Vec<PathBuf> = Vec::new();
    for (name, (mode, bytes)) in files {
        let above: Vec<_> = Path::new(name).ancestors().skip(1).collect();
        for folder in above.into_iter().rev().filter(|f| !f.as_os_str().is_empty()) {
            if !folders.iter().any(|known| known == folder) {
                folders.push(folder.to_owned());
                let path = format!("{}/", folder.display());
                tar.append_data(&mut header(EntryType::Directory, 0o755, 0), path, &[][..])?;
            }
        }
        let size = u64::try_from(bytes.len())?;
        tar.append_data(
            &mut header(EntryType::Regular, *mode, size),
            name,
            bytes.as_slice(),
        )?;
    }
    tar.into_inner().context("ending the archive")
}

fn header(kind: EntryType, mode: u32, size: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_has_its_folders_first_and_nothing_of_this_machine() {
        let files = Files::from([
            ("b/c/d".to_owned(), (0o644, b"two".to_vec())),
            ("a".to_owned(), (0o755, b"one".to_vec())),
        ]);
        let bytes = tarred(&files).unwrap();
        assert_eq!(bytes, tarred(&files).unwrap());
        let mut archive = tar::Archive::new(bytes.as_slice());
        let mut names = Vec::new();
        for entry in archive.entries().unwrap() {
            let entry = entry.unwrap();
            let head = entry.header();
            assert_eq!((head.uid().unwrap(), head.mtime().unwrap()), (0, 0));
            names.push(entry.path().unwrap().display().to_string());
        }
        assert_eq!(names, ["a", "b/", "b/c/", "b/c/d"]);
    }
}
