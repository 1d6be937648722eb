//! Texts that nobody would write: whatever bytes come in, the answer is a finding with its place or a tree that holds.
//!
//! Each run replays `tests/corpus` and then changes fixtures at random for three seconds; `ORDINAL_FUZZ_SECONDS=600` for
//! more. What fails is written to the corpus, so that the next run begins with it (docs/fuzzing.md).
use super::{
    documents::Bundle,
    edit::{Edit, Value, apply},
    fix::fix,
    form::StatefulSetForm,
    import::{File, import},
    lint::{fixes, lint},
    path::{Path, Place},
    scalar::Style,
    strict::examine,
    tabs,
    tree::{Kind, Node},
};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    panic,
    path::PathBuf,
    time::{Duration, Instant},
};

/// What one text may take, in an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The files of a folder, in the order of their names.
fn files(name: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|p| fs::read(p).unwrap()).collect()
}

/// Everything that a text goes through, from the file to the form and back.
fn hold(bytes: &[u8]) {
    let file = File {
        name: "a.yaml".to_owned(),
        bytes: bytes.to_vec(),
    };
    match import(std::slice::from_ref(&file), "x") {
        Ok(imported) => assert!(
            Bundle::read(&imported.text).is_ok_and(|b| b.find("StatefulSet").is_some() == imported.has_set)
        ),
        Err(refused) => assert!(!refused.is_empty()),
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    assert_eq!(tabs::join(&tabs::split(text)), text);
    match examine(text) {
        Ok((bundle, _)) => {
            bundle.documents.iter().for_each(|d| tree(&bundle, &d.root));
            rules(&bundle);
            edits(&bundle);
        }
        Err(found) => {
            let line = text.split('\n').nth(found.line - 1);
            let columns = line.map(|l| l.chars().count());
            assert!(
                columns.is_some_and(|n| (1..=n + 1).contains(&found.column)),
                "{found:?}"
            );
            let _ = fix(text, &found);
        }
    }
}

/// Places are true: a node lies in its parent, and a plain word stands where the tree says.
fn tree(bundle: &Bundle, node: &Node) {
    let held = &bundle.text[node.range.clone()];
    let within = |open: char, close: char| held.len() > 1 && held.starts_with(open) && held.ends_with(close);
    let alone = bundle
        .documents
        .iter()
        .any(|d| std::ptr::eq(&raw const d.root, node));
    let true_to_text = match &node.kind {
        // A line end of old Macs is one for YAML too.
        Kind::Scalar(value, Style::Plain) => held.contains(['\n', '\r']) || held == value,
        Kind::Scalar(_, Style::Single) => within('\'', '\''),
        Kind::Scalar(_, Style::Double) => within('"', '"'),
        // Alone in its document it is no object, and nobody asks for its sign.
        Kind::Scalar(_, Style::Block) => alone || held.starts_with(['|', '>']),
        Kind::Map(_, true) => within('{', '}'),
        Kind::List(_, true) => within('[', ']'),
        Kind::List(items, false) => items.is_empty() || held.starts_with('-'),
        _ => true,
    };
    assert!(true_to_text, "{held:?} {:?}", node.kind);
    let below = node.entries().iter().map(|e| &e.value).chain(node.items());
    for child in below {
        let inside =
            node.range.start <= child.range.start && child.range.end <= node.range.end.max(child.range.start);
        assert!(inside, "{:?} in {:?}", child.range, node.range);
        tree(bundle, child);
    }
    for entry in node.entries() {
        assert!(entry.at.end <= entry.colon && entry.colon <= entry.value.range.start.max(entry.colon));
    }
}

/// Findings have places, and a correction can be read again.
fn rules(bundle: &Bundle) {
    let _ = StatefulSetForm::read(bundle);
    for found in lint(bundle) {
        assert!(bundle.spot(&found.place).is_some(), "{found:?}");
        for text in fixes(bundle, &found).into_iter().map(|f| f.text) {
            assert!(Bundle::read(&text).is_ok(), "{found:?}\n{text}");
        }
    }
}

/// Some scalars are written as they are, and as something else: only they change.
fn edits(bundle: &Bundle) {
    let mut places = Vec::new();
    for (document, d) in bundle.documents.iter().enumerate() {
        scalars(
            &d.root,
            &Place {
                document,
                path: Path::default(),
            },
            &mut places,
        );
    }
    for place in places.iter().step_by(places.len() / 3 + 1) {
        let range = bundle.at(place).unwrap().range.clone();
        for value in [bundle.get(place), "x", "on: # \"y\"", "a\nb\n"] {
            let Ok(new) = apply(
                &bundle.text,
                &Edit::Set(place.clone(), Value::Text(value.to_owned())),
            ) else {
                continue;
            };
            assert!(new.starts_with(&bundle.text[..range.start]) && new.ends_with(&bundle.text[range.end..]));
            assert_eq!(Bundle::read(&new).unwrap().get(place), value);
        }
        let _ = apply(&bundle.text, &Edit::Remove(place.clone())).map(|new| Bundle::read(&new).unwrap());
    }
}

fn scalars(node: &Node, place: &Place, into: &mut Vec<Place>) {
    if node.text().is_some() {
        into.push(place.clone());
    }
    for (n, entry) in node.entries().iter().enumerate() {
        // Of a key that stands twice the last one counts.
        if !node.entries()[n + 1..].iter().any(|e| e.key == entry.key) {
            scalars(&entry.value, &place.key(&entry.key), into);
        }
    }
    for (n, item) in node.items().iter().enumerate() {
        scalars(item, &place.index(n), into);
    }
}

/// A small generator: the same number gives the same text on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }
}

/// What YAML and copied text are made of.
const BITS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "  ",
    "\t",
    "#",
    " #",
    "'",
    "\"",
    "|",
    ">",
    "|-\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!",
    "!!str ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "?",
    "---",
    "---\n",
    "...\n",
    "%",
    "@",
    "\\",
    "\u{feff}",
    "\u{a0}",
    "：",
    "“",
    "\r",
    "\r\n",
    "\0",
    "\u{2028}",
    "é",
    "日",
    "\u{1f600}",
    "~",
    "null",
    "0x1F",
    "on",
    "{{ x }}",
    "//",
    "\u{85}",
    "\u{7f}",
];

/// A fixture with one to four changes.
fn mutated(texts: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = texts[random.below(texts.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + 1 + random.below(12)).min(bytes.len()).max(at);
        match random.below(6) {
            0 => drop(bytes.splice(at..at, BITS[random.below(BITS.len())].bytes())),
            1 => drop(bytes.splice(at..end, BITS[random.below(BITS.len())].bytes())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
            4 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    bytes
}

/// Holds a text against everything; what fails is kept, if it is new.
fn one(bytes: &[u8], name: &str, keep: bool) {
    let start = Instant::now();
    if let Err(reason) = panic::catch_unwind(|| hold(bytes)) {
        println!("{name} does not hold");
        if keep {
            let mut hasher = DefaultHasher::new();
            bytes.hash(&mut hasher);
            let kept = folder("corpus").join(format!("found-{:016x}.yaml", hasher.finish()));
            fs::write(&kept, bytes).unwrap();
            println!("kept as {}", kept.display());
        }
        panic::resume_unwind(reason);
    }
    assert!(start.elapsed() < LONGEST, "{name} takes {:?}", start.elapsed());
}

#[test]
fn the_corpus_holds() {
    for (n, bytes) in files("corpus").iter().enumerate() {
        one(bytes, &format!("file {n} of the corpus"), false);
    }
}

#[test]
fn changed_at_random_a_text_is_refused_with_its_place_or_holds() {
    let seconds = std::env::var("ORDINAL_FUZZ_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok());
    // Another stretch of numbers on each long run; the short one is the same everywhere.
    let first = seconds.map_or(1, |_| u64::from(std::process::id()) << 20);
    let budget = Duration::from_secs(seconds.unwrap_or(3));
    let texts: Vec<Vec<u8>> = files("fixtures").into_iter().chain(files("corpus")).collect();
    let start = Instant::now();
    let mut tried = 0;
    while start.elapsed() < budget {
        tried += 1;
        let seed = first + tried;
        let bytes = mutated(&texts, &mut Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        one(&bytes, &format!("seed {seed}"), true);
    }
    println!("{tried} texts");
}
