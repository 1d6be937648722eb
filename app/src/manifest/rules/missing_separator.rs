//! Without it both are one object with doubled keys, of which kubectl sends the last ones: a mixture of the two.
//!
//! Source: T-05
//!
//! ```bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: a}
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
    name: "missing-separator",
    degree: Trap,
    words: texts::RULE_MISSING_SEPARATOR,
    checks: &[Check::Document(check)],
    fixes,
    covers: true,
    ..Rule::PLAIN
};

fn check(_: &Scene, n: usize, document: &Document, found: &mut Found) {
    let entries = document.root.entries();
    if separates(&Place::new(n, ""), entries) {
        let second = entries.iter().enumerate().skip(1);
        let mut again = second.filter(|(m, e)| entries[..*m].iter().any(|b| b.key == e.key));
        if let Some((m, _)) = again.next() {
            found.at(&RULE, &Place::new(n, "").index(m));
        }
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let document = scene.bundle.documents.get(lint.place.document);
    let Some(Segment::Index(n)) = lint.place.path.0.last() else {
        return Vec::new();
    };
    let at = document
        .and_then(|d| d.root.entries().get(*n))
        .map(|e| e.at.start);
    let text = at.map(|at| format!("{}---\n{}", &scene.bundle.text[..at], &scene.bundle.text[at..]));
    rewritten(texts::FIX_SEPARATE, &[], Unsafe, text)
}
