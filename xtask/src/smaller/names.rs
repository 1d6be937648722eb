//! Short names for what the first module, its script and the loader take from each other.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

/// The script of wasm-bindgen, as the module knows it.
const SCRIPT: &str = "./ordinal_bg.js";
/// What it becomes; beside it only names that are paths stand.
const SHORT_SCRIPT: &str = "_";
/// What the loader's name begins with.
const LOADER: &str = "./__wasm_split.";
/// What a compiler's name of a function begins with: closures that the script calls.
const MANGLED: &str = "_ZN";

/// The short name of each long one.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Those for a module: in the order in which it takes them.
    pub(super) fn of(module: &[u8]) -> Result<Self> {
        let mut long: Vec<&str> = Vec::new();
        let mut kept: Vec<&str> = Vec::new();
        for section in Parser::new(0).parse_all(module) {
            match section? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        if import.module == SCRIPT || import.module.starts_with(LOADER) {
                            long.push(import.name);
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let name = export?.name;
                        let list = if name.starts_with(MANGLED) {
                            &mut long
                        } else {
                            &mut kept
                        };
                        list.push(name);
                    }
                }
                _ => {}
            }
        }
        let mut names = BTreeMap::new();
        for name in long {
            let count = names.len();
            names.entry(name.to_owned()).or_insert_with(|| short(count));
        }
        let taken = kept
            .iter()
            .find(|name| names.values().any(|short| short == *name));
        anyhow::ensure!(taken.is_none(), "{taken:?} has a short name already");
        Ok(Self(names))
    }

    /// What to write for a name, wherever it stands.
    pub(super) fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// What to write for the name of a module.
    pub(super) fn module(name: &str) -> &str {
        if name == SCRIPT { SHORT_SCRIPT } else { name }
    }

    /// The script of wasm-bindgen with the short names.
    pub(super) fn in_script(&self, script: &str) -> Result<String> {
        let quoted = format!("\"{SCRIPT}\"");
        let (before, after) = script.split_once(&quoted).context("the script gives nothing")?;
        let script = format!("{before}{SHORT_SCRIPT}{after}");
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut written = String::with_capacity(script.len());
        let mut rest = script.as_str();
        while let Some(start) = rest.find(part) {
            let (between, word) = rest.split_at(start);
            let (word, after) = word.split_at(word.find(|c| !part(c)).unwrap_or(word.len()));
            written.push_str(between);
            written.push_str(self.get(word));
            rest = after;
        }
        written.push_str(rest);
        Ok(written)
    }
}

/// `a` to `z`, then `ba` and so on.
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted() {
        let counted: Vec<String> = [0, 25, 26, 701].map(short).into();
        assert_eq!(counted, ["a", "z", "ba", "baz"]);
    }

    #[test]
    fn whole_words_are_replaced() {
        let names = Names(BTreeMap::from([("__wbg_new_12".to_owned(), "a".to_owned())]));
        let script = r#"{"./ordinal_bg.js":{__wbg_new_12:function(){},__wbg_new_123(e){return"ü"}}}"#;
        assert_eq!(
            names.in_script(script).unwrap(),
            r#"{_:{a:function(){},__wbg_new_123(e){return"ü"}}}"#
        );
    }
}
