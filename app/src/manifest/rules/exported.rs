//! UIDs, versions, addresses and statuses of another object; an owner that is not there would have this one deleted.
//!
//! Source: T-22
//!
//! ```bad
//! metadata.uid: 0b7b9d54-3b0c-4c8e-8a3e-7d9b0a1c2d3e
//! ```
//! ```good
//! metadata.labels: {team: a}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "exported",
    degree: Hint,
    words: texts::RULE_EXPORTED,
    checks: &[Check::Document(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(_: &Scene, n: usize, document: &Document, found: &mut Found) {
    if let Some(path) = exported(document) {
        found.at(&RULE, &Place::new(n, path));
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(document) = scene.bundle.documents.get(lint.place.document) else {
        return Vec::new();
    };
    let range = document.range.clone();
    let clean = cleaned(scene.bundle.text[range.clone()].to_owned(), "", &mut Vec::new());
    let text = [
        &scene.bundle.text[..range.start],
        &clean,
        &scene.bundle.text[range.end..],
    ]
    .concat();
    rewritten(texts::FIX_CLEAN, &[], Unsafe, Some(text))
}
