//! What the pages weigh.

use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, Result};

use crate::release;

/// Bytes of wasm by page.
#[derive(Debug, Default)]
pub(crate) struct Site {
    /// What every page begins with.
    pub(crate) first: Sizes,
    /// What each lazy page loads besides, with what it shares with the others.
    pub(crate) lazy: BTreeMap<String, Sizes>,
}

/// A file, or several of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub(crate) raw: u64,
    pub(crate) brotli: u64,
}

impl AddAssign for Sizes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.brotli += other.brotli;
    }
}

/// Weighs what the release build made.
pub(crate) fn measure(dir: &Path) -> Result<Site> {
    let size = |file: &Path| -> Result<Sizes> {
        let raw = fs::metadata(file)?.len();
        let brotli = fs::metadata(format!("{}.br", file.display()))?.len();
        Ok(Sizes { raw, brotli })
    };
    let mut site = Site::default();
    for file in release::files(dir)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("ordinal.") && name.ends_with(".wasm") {
            site.first += size(&file)?;
        }
        if name.starts_with("__wasm_split_manifest.") && name.ends_with(".json") {
            let manifest: BTreeMap<String, Vec<String>> =
                serde_json::from_str(&fs::read_to_string(&file)?).with_context(|| name.to_string())?;
            for (function, parts) in manifest {
                let page = site.lazy.entry(page(&function).to_owned()).or_default();
                for part in parts {
                    *page += size(&dir.join(format!("{part}.wasm")))?;
                }
            }
        }
    }
    Ok(site)
}

/// `detail` in `__detail_page_view_12127155769093223800`.
fn page(function: &str) -> &str {
    let name = function.trim_start_matches('_');
    name.split_once("_page_view").map_or(name, |(page, _)| page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_weighed_with_what_they_share() {
        let dir = std::env::temp_dir().join(format!("ordinal-site-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let write = |name: &str, bytes: usize| fs::write(dir.join(name), vec![b'0'; bytes]).unwrap();
        for (name, raw, brotli) in [
            ("ordinal.AB", 100, 10),
            ("chunk_1.CD", 20, 2),
            ("split_detail.EF", 3, 1),
        ] {
            write(&format!("{name}.wasm"), raw);
            write(&format!("{name}.wasm.br"), brotli);
        }
        let manifest = r#"{"__detail_page_view_12": ["chunk_1.CD", "split_detail.EF"]}"#;
        fs::write(dir.join("__wasm_split_manifest.GH.json"), manifest).unwrap();

        let site = measure(&dir).unwrap();
        assert_eq!(site.first, Sizes { raw: 100, brotli: 10 });
        assert_eq!(site.lazy["detail"], Sizes { raw: 23, brotli: 3 });
        fs::remove_dir_all(dir).unwrap();
    }
}
