//! The script that loads the lazy modules, as short as what it does.
//!
//! The splitter writes the same ten lines for each of more than a hundred modules, with a hash in each name. Here one
//! function does it for all: a module's file is called as this script is, but for the beginning.

use std::fmt::Write;

use anyhow::{Context, Result};

use super::names::Names;

/// A lazy function has one of these.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// What the files of shared modules begin with; a number follows.
const CHUNK: &str = "chunk_";

/// What the splitter's script says.
#[derive(Debug, PartialEq)]
pub(super) struct Loader {
    /// The first script.
    main: String,
    /// What lazy modules get from the first one.
    shared: String,
    /// The number of each module that several functions share, and who needs it, in letters.
    chunks: Vec<(usize, String)>,
    /// What loads each lazy function, and the beginning of its file's name; nothing where it has no module of its own.
    functions: Vec<(String, String)>,
}

impl Loader {
    /// Reads what the splitter wrote.
    pub(super) fn read(script: &str) -> Result<Self> {
        let main = between(script, "import { initSync } from \"", "\"").context("no first script")?;
        let shared = between(script, "const { ", ",  } = initSync").context("nothing shared")?;
        let mut loader = Self {
            main: main.to_owned(),
            shared: shared.to_owned(),
            chunks: Vec::new(),
            functions: Vec::new(),
        };
        // Each ends with the list of the shared modules that it needs.
        for statement in script
            .split_inclusive("]);\n")
            .flat_map(|s| s.split_inclusive("]));\n"))
        {
            let file = between(statement, "new URL(\"./", ".").unwrap_or_default();
            if let Some(name) = between(statement, "\nexport const ", " =").or_else(|| exported(statement)) {
                let letter = *LETTERS
                    .get(loader.functions.len())
                    .context("more lazy functions than letters")?;
                loader.functions.push((name.to_owned(), plain(file).to_owned()));
                let list = statement.rsplit_once('[').context("no list")?.1;
                loader.needed(list, letter)?;
            } else if let Some(number) = file.strip_prefix(CHUNK) {
                loader.chunks.push((number.parse()?, String::new()));
            }
        }
        anyhow::ensure!(!loader.functions.is_empty(), "no lazy functions");
        loader.chunks.sort_unstable();
        Ok(loader)
    }

    /// Notes at each shared module of a list that a function needs it.
    fn needed(&mut self, list: &str, letter: u8) -> Result<()> {
        for name in list.split([',', ']']).map(str::trim) {
            let Some(number) = name.strip_prefix("__chunk_") else {
                continue;
            };
            let number: usize = number.parse()?;
            // One without content is not there.
            if let Some((_, needs)) = self.chunks.iter_mut().find(|(n, _)| *n == number) {
                needs.push(char::from(letter));
            }
        }
        Ok(())
    }

    /// The script that does the same.
    pub(super) fn script(&self, names: &Names) -> Result<String> {
        let Self { main, shared, .. } = self;
        let first = self.chunks.first().map_or(0, |(number, _)| *number);
        let last = self.chunks.last().map_or(0, |(number, _)| *number);
        let mut needs = vec![""; last + 1 - first];
        for (number, letters) in &self.chunks {
            needs[number - first] = letters;
        }
        let needs = needs.join(" ");
        let mut script = format!(
            r#"import{{initSync}}from"{main}";
let s;
const main=()=>s??={{__wasm_split:(({{{shared}}})=>({{{shared}}}))(initSync())}};
const load=(name,parts)=>{{
let made;
const make=async()=>{{
const all=parts.map(part=>part());
const file=name&&fetch(import.meta.url.replace(/__wasm_split(.*)js$/,name+"$1wasm"));
await Promise.all(all);
if(name)await WebAssembly.instantiateStreaming(file,main());
}};
return()=>made??=make().catch(e=>{{made=void 0;throw e}});
}};
const parts="{needs}".split(" ").map((needs,n)=>[needs,load("{CHUNK}"+(n+{first}),[])]);
const lazy=(letter,name)=>{{
const loaded=load(name,parts.filter(part=>part[0].includes(letter)).map(part=>part[1]));
return async(at,data)=>{{
let fine=false;
try{{await loaded();fine=true}}catch(e){{console.error(e)}}
main().__wasm_split.__indirect_function_table.get(at)(data,fine);
}};
}};
"#
        );
        for ((name, file), letter) in self.functions.iter().zip(LETTERS) {
            let name = names.get(name);
            writeln!(
                script,
                "export const {name}=lazy(\"{}\",\"{file}\");",
                char::from(*letter)
            )?;
        }
        Ok(script)
    }
}

fn exported(statement: &str) -> Option<&str> {
    statement.strip_prefix("export const ")?.split(" =").next()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// A file's name without the long number that the splitter put after a function's.
pub(super) fn plain(stem: &str) -> &str {
    match stem.rsplit_once('_') {
        Some((name, number)) if number.len() > 9 && number.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_splitter_wrote_is_read() {
        let part = |name: &str| {
            format!(
                "makeLoad(() => {{\n    const src = fetch(new URL(\"./{name}.HASH.wasm\", import.meta.url));\n    \
                 return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}}\n"
            )
        };
        let script = format!(
            "import {{ initSync }} from \"./ordinal.HASH.js\";\n\nlet sharedImports = undefined;\n\
             function getSharedImports() {{\n    const {{ memory, table,  }} = initSync(undefined, undefined);\n}}\n\
             /* choosing, __pod_page_view_1234567890123 */\nconst __chunk_3 = {}, []);\n\
             /* choosing */\nconst __chunk_4 = makeLoad(() => async (_imp) => ({{}}), []);\n\
             /* __pod_page_view_1234567890123 */\nconst __chunk_5 = {}, []);\n\
             export const __wasm_split_load_choosing_1234567890123 = wrapAsyncCb({}, [__chunk_3, __chunk_4]));\n\
             export const load_pod = wrapAsyncCb(makeLoad(() => async (_imp) => ({{}}), [__chunk_3, __chunk_5]));\n",
            part("chunk_3"),
            part("chunk_5"),
            part("split_choosing_1234567890123"),
        );
        let loader = Loader::read(&script).unwrap();
        let expected = Loader {
            main: "./ordinal.HASH.js".to_owned(),
            shared: "memory, table".to_owned(),
            chunks: vec![(3, "ab".to_owned()), (5, "b".to_owned())],
            functions: vec![
                (
                    "__wasm_split_load_choosing_1234567890123".to_owned(),
                    "split_choosing".to_owned(),
                ),
                ("load_pod".to_owned(), String::new()),
            ],
        };
        assert_eq!(loader, expected);
        let written = loader.script(&Names::default()).unwrap();
        assert!(written.contains(r#"const parts="ab  b".split(" ")"#), "{written}");
        assert!(written.contains(r#"lazy("a","split_choosing")"#), "{written}");
    }
}
