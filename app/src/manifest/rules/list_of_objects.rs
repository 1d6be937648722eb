//! `kubectl get -o yaml` writes several objects as one list, and takes it apart when it creates them.
//!
//! Source: `kind: List` of kubectl
//!
//! ```bad
//! +List objects: {items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]}
//! ```
//! ```good
//! +ConfigMap a: {data: {a: b}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "list-of-objects",
    degree: Hint,
    words: texts::RULE_LIST_OF_OBJECTS,
    checks: &[Check::Document(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    if is_list(document) {
        let count = objects(scene.bundle, n).len();
        found.say(&RULE, &Place::new(n, "kind"), &[&count.to_string()]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(document) = scene.bundle.documents.get(lint.place.document) else {
        return Vec::new();
    };
    let (before, after) = (
        &scene.bundle.text[..document.range.start],
        &scene.bundle.text[document.range.end..],
    );
    let text = [
        before,
        &objects(scene.bundle, lint.place.document).join("---\n"),
        after,
    ]
    .concat();
    rewritten(texts::FIX_TAKE_APART, &[], Safe, readable(text))
}
