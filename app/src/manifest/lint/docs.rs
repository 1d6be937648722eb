//! What is written from the rules: `docs/rules.md`, the examples for the control plane, and what the rules find in other
//! people's manifests. Each test fails where its file says something else than the rules do.
use super::{
    Degree, Rule, Safety,
    examples::{About, about, example},
    lint,
};
use crate::{
    manifest::{
        Bundle,
        import::{File, import},
        rules::RULES,
    },
    texts::{Language, Text, Texts},
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Compares a file with what it should be, or writes it where ORDINAL_WRITE_DOCS is set.
fn holds(file: &str, wanted: &str, test: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    if std::env::var_os("ORDINAL_WRITE_DOCS").is_some() {
        fs::write(&path, wanted).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == wanted,
        "{file} is old: ORDINAL_WRITE_DOCS=1 cargo test -p app {test}"
    );
}

fn degree(rule: &Rule) -> &'static str {
    match rule.degree {
        Degree::Refused => "refused",
        Degree::Trap => "trap",
        Degree::Hint => "hint",
    }
}

/// A sentence without what it names.
fn said(t: Texts, text: Text) -> String {
    t.say(text, &["…"; 4].map(str::to_owned))
}

fn page() -> String {
    let (en, zh) = (Texts::whole(Language::En), Texts::whole(Language::Zh));
    let mut page = String::from(
        "# Rules\n\nWritten from `app/src/manifest/rules` by `ORDINAL_WRITE_DOCS=1 cargo test -p app rules_page`; the test fails\n\
         where this page does not say what the rules do. No rule keeps anybody from asking the cluster, which has the last word.\n\n\
         - **refused**: the API server refuses it; every example below was, by a real one (`end2end/specs/rules.spec.ts`).\n\
         - **trap**: legal, and most likely not meant.\n- **hint**: legal, and worth knowing.\n\n\
         The examples stand in one manifest, a Service and a StatefulSet `web` (`app/src/manifest/lint/examples.rs`): `path: value`\n\
         puts something in, `-path` takes it out, `+Kind name` is one more document, `@what` is what the cluster has. `container`,\n\
         `pod` and `claim` are the first container, the pods' spec and the first volume template.\n",
    );
    for degree_now in [Degree::Refused, Degree::Trap, Degree::Hint] {
        let rules: Vec<&&Rule> = RULES.iter().filter(|r| r.degree == degree_now).collect();
        let _ = writeln!(page, "\n## {} ({})", degree(rules[0]), rules.len());
        for rule in rules {
            let About {
                why,
                source,
                bad,
                good,
            } = about(rule);
            let _ = writeln!(
                page,
                "\n### {}\n\n{}\n{}\n\n{}\n\n*{source}*\n",
                rule.name,
                said(en, rule.words),
                said(zh, rule.words),
                why.join("\n")
            );
            let _ = writeln!(
                page,
                "```yaml\n# found\n{}\n# not found\n{}\n```",
                bad.join("\n"),
                good.join("\n")
            );
            let fixes = example(&bad).fixed(rule);
            for fix in &fixes {
                let safe = if fix.safety == Safety::Safe {
                    "same meaning"
                } else {
                    "changes what is created"
                };
                let _ = writeln!(page, "\nCorrection ({safe}): {}", said(en, fix.label));
            }
        }
    }
    page
}

#[test]
fn rules_page() {
    holds("docs/rules.md", &page(), "rules_page");
}

/// For the control plane: what each degree says is proven there.
#[test]
fn rules_examples() {
    let all = RULES.iter().map(|rule| {
        let about = about(rule);
        let bad = example(&about.bad);
        let short = |text: String| {
            let long = |n: usize| "a".repeat(n);
            text.replace(&long(1_600_000), "HUGE").replace(&long(262_200), "BIG")
        };
        let fixes: Vec<_> = bad
            .fixed(rule)
            .into_iter()
            .map(|f| json!({"safe": f.safety == Safety::Safe, "text": short(f.text)}))
            .collect();
        json!({"rule": rule.name, "degree": degree(rule), "bad": short(bad.text), "good": short(example(&about.good).text), "fixes": fixes})
    });
    let all: Vec<_> = all.collect();
    let text = serde_json::to_string_pretty(&all).unwrap() + "\n";
    holds("end2end/rules.json", &text, "rules_examples");
}

/// Every manifest that is at hand: those of the tests, and those of others where they lie beside the clone.
fn corpus() -> BTreeMap<String, Vec<u8>> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for (name, folder) in [
        ("fixtures", here.join("tests/fixtures")),
        ("seed", here.join("../../shared/manifests/seed")),
        ("real", here.join("../../shared/manifests/real")),
    ] {
        let entries = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path());
        for path in entries.filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
            let file = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            files.insert(format!("{name}/{file}"), fs::read(&path).unwrap());
        }
    }
    files
}

fn found_in(name: &str, bytes: Vec<u8>) -> String {
    let file = File {
        name: Path::new(name).display().to_string(),
        bytes,
    };
    let imported = match import(&[file], "default") {
        Ok(imported) => imported,
        Err(refused) => return format!("not read: {:?}", refused[0].finding.problem),
    };
    let Ok(bundle) = Bundle::read(&imported.text) else {
        return "not read again".to_owned();
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    lint(&bundle)
        .iter()
        .for_each(|l| *counts.entry(l.rule.name).or_default() += 1);
    let told = counts.iter().map(|(rule, n)| {
        if *n == 1 {
            (*rule).to_owned()
        } else {
            format!("{rule} {n}")
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What the rules say of other people's work: a change of a rule is seen here.
#[test]
fn rules_corpus() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/rules-corpus.tsv");
    let files = corpus();
    let old = fs::read_to_string(&file).unwrap_or_default();
    // What does not lie beside this clone is believed.
    let kept = old
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .filter(|(name, _)| !files.contains_key(*name));
    let mut lines: BTreeMap<String, String> = kept.map(|(n, f)| (n.to_owned(), f.to_owned())).collect();
    lines.extend(files.into_iter().map(|(name, bytes)| {
        let found = found_in(&name, bytes);
        (name, found)
    }));
    let text: String = lines
        .into_iter()
        .map(|(name, found)| format!("{name}\t{found}\n"))
        .collect();
    holds("docs/rules-corpus.tsv", &text, "rules_corpus");
}
