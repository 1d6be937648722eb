//! Compiles the second style sheet, and turns `locales/*.toml` into one method a text, checked at compile time: a key that one language lacks, an
//! argument that one language does not use, or a text that nobody draws (dead code) fails the build.
use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

type Catalogue = BTreeMap<String, String>;

/// Sections that only some pages draw, by `texts::Part`: they travel when such a page is opened, not with every page.
const LAZY: [&[&str]; 4] = [
    &[
        "create", "import", "code", "edit", "field", "rule", "fix", "yaml", "decl", "space", "registry",
    ],
    &[
        "pod", "detail", "scale", "delete", "claims", "ops", "term", "debug", "files", "usage", "fill",
    ],
    &["log"],
    // Only the server draws it.
    &["sign"],
];

/// Sections of texts that data names, not code: each is a constant, its arguments have numbers.
const NAMED: &[&str] = &["rule", "fix"];

/// Which part a text travels with: 0 for that of every page.
fn part(key: &str) -> usize {
    let lazy = LAZY.iter().position(|sections| is_of(sections, key));
    lazy.map_or(0, |n| n + 1)
}

fn is_of(sections: &[&str], key: &str) -> bool {
    sections.iter().any(|section| {
        key.strip_prefix(section)
            .is_some_and(|rest| rest.starts_with('_'))
    })
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut Catalogue) -> Result<(), String> {
    for (key, value) in table {
        let name = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}_{key}")
        };
        match value {
            toml::Value::String(text) => drop(out.insert(name, text.clone())),
            toml::Value::Table(inner) => flatten(&name, inner, out)?,
            other => return Err(format!("{name}: a text is wanted, found {other:?}")),
        }
    }
    Ok(())
}

/// The names between braces, in order of their first appearance.
fn arguments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !found.iter().any(|f| f == name)
        {
            found.push(name.to_owned());
        }
    }
    found
}

/// The sheet that only some pages need, under a name that changes with it. `cargo-leptos` compiles the first one, and no more.
fn late_style(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../style");
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let sheet = grass::from_path("../style/late.scss", &options)?;
    let mut hasher = DefaultHasher::new();
    sheet.hash(&mut hasher);
    let path = format!("/late-{:016x}.css", hasher.finish());
    let code = format!("/// Where the second style sheet is.\npub const LATE: &str = {path:?};\n");
    fs::write(out.join("late.rs"), code)?;
    fs::write(out.join("late.css"), sheet)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    late_style(Path::new(&out))?;
    println!("cargo::rerun-if-changed=locales");
    let mut languages = BTreeMap::new();
    for language in ["en", "zh"] {
        let text = fs::read_to_string(format!("locales/{language}.toml"))?;
        let table: toml::Table = text
            .parse()
            .map_err(|e| format!("locales/{language}.toml: {e}"))?;
        let mut flat = Catalogue::new();
        flatten("", &table, &mut flat)?;
        languages.insert(language, flat);
    }
    let (en, zh) = (&languages["en"], &languages["zh"]);
    for key in en.keys().chain(zh.keys()) {
        let (Some(a), Some(b)) = (en.get(key), zh.get(key)) else {
            return Err(format!("locales: {key} is missing in one language").into());
        };
        let (mut a, mut b) = (arguments(a), arguments(b));
        a.sort();
        b.sort();
        if a != b {
            return Err(format!("locales: {key} takes {a:?} in English and {b:?} in Chinese").into());
        }
    }

    // The order of the methods' numbers: those of every page first.
    let mut order: Vec<&String> = en.keys().collect();
    order.sort_by_key(|key| part(key));
    let ends: Vec<usize> = (0..=LAZY.len())
        .map(|n| order.iter().filter(|key| part(key) <= n).count())
        .collect();
    let mut named = String::new();
    let mut code = String::from("impl Texts {\n");
    for (index, key) in order.iter().enumerate() {
        let (key, text) = (key.as_str(), en[key.as_str()].as_str());
        if key.ends_with("_other") {
            continue;
        }
        if is_of(NAMED, key) {
            if arguments(text).iter().any(|a| a.parse::<usize>().is_err()) {
                return Err(format!("locales: the arguments of {key} are numbers").into());
            }
            let name = key.to_uppercase();
            writeln!(
                named,
                "/// {}\npub(crate) const {name}: Text = Text({index});",
                text.replace('\n', " ")
            )?;
            continue;
        }
        writeln!(code, "    /// {}", text.replace('\n', " "))?;
        if let Some(stem) = key.strip_suffix("_one") {
            let other = order.iter().position(|k| **k == format!("{stem}_other"));
            let other = other.ok_or_else(|| format!("locales: {stem} has one but no other"))?;
            let args = arguments(&en[&format!("{stem}_other")]);
            let rest: Vec<_> = args.iter().filter(|a| *a != "n").collect();
            write!(code, "    pub(crate) fn {stem}(self, n: i64")?;
            rest.iter()
                .try_for_each(|a| write!(code, ", {a}: impl Display"))?;
            write!(
                code,
                ") -> String {{ self.format(if n == 1 {{ {index} }} else {{ {other} }}, &[(\"n\", &grouped(n))"
            )?;
            rest.iter().try_for_each(|a| write!(code, ", (\"{a}\", &{a})"))?;
            code.push_str("]) }\n");
        } else if arguments(text).is_empty() {
            writeln!(
                code,
                "    pub(crate) fn {key}(self) -> &'static str {{ self.get({index}) }}"
            )?;
        } else {
            let args = arguments(text);
            write!(code, "    pub(crate) fn {key}(self")?;
            args.iter()
                .try_for_each(|a| write!(code, ", {a}: impl Display"))?;
            write!(code, ") -> String {{ self.format({index}, &[")?;
            args.iter().try_for_each(|a| write!(code, "(\"{a}\", &{a}), "))?;
            code.push_str("]) }\n");
        }
    }
    code.push_str("}\n");
    code.push_str(&named);
    writeln!(
        code,
        "/// Where the catalogue of every page ends in the order of the texts, and each lazy part after it.\n\
         pub const ENDS: [usize; {}] = {ends:?};",
        ends.len()
    )?;
    fs::write(Path::new(&out).join("texts.rs"), code)?;
    for (language, flat) in &languages {
        let list: Vec<_> = order.iter().map(|key| &flat[key.as_str()]).collect();
        let mut start = 0;
        for (n, end) in ends.iter().enumerate() {
            let file = Path::new(&out).join(format!("{language}-{n}.json"));
            fs::write(file, serde_json::to_string(&list[start..*end])?)?;
            start = *end;
        }
    }
    Ok(())
}
