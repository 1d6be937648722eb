//! `...` ends a YAML document, and of all that stands between two `---` kubectl reads the first document only: what stands
//! below it is dropped without a word.
//!
//! Source: `k8s.io/apimachinery/pkg/util/yaml`, `YAMLReader`; YAML 1.2, 9.1.2
//!
//! ```bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: a}
//! ...
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: b}
//! ```
//! ```good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: a}
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: b}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "after-end",
    degree: Trap,
    words: texts::RULE_AFTER_END,
    checks: &[Check::Document(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    let end = document.range.end;
    if drops(&scene.bundle.text[end..]) {
        // As one of its document, as every line is told.
        let line = line_of(&scene.bundle.text, end) - document.lines.start + 1;
        found.say(&RULE, &Place::new(n, ""), &[&line.to_string()]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let document = scene.bundle.documents.get(lint.place.document);
    let end = document.map(|d| scene.bundle.text.split_at(d.range.end));
    let text = end.and_then(|(above, below)| Some(format!("{above}---{}", below.strip_prefix("...")?)));
    // What nobody reads may be anything.
    rewritten(texts::FIX_BEGIN_DOCUMENT, &[], Unsafe, text.and_then(readable))
}
