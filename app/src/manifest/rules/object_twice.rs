//! Both are one object for the cluster. kubectl creates the first and reports AlreadyExists for the second.
//!
//! Source: `AlreadyExists` of the API conventions
//!
//! ```bad
//! +Service web: {spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80}]}}
//! ```
//! ```good
//! +Service other: {spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80}]}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "object-twice",
    degree: Trap,
    words: texts::RULE_OBJECT_TWICE,
    checks: &[Check::Document(check)],
    ..Rule::PLAIN
};

fn check(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    let object = |d: &Document| (d.kind().to_owned(), d.name().to_owned(), d.namespace().to_owned());
    let named = !document.name().is_empty() && !document.kind().is_empty();
    let before = &scene.bundle.documents[..n];
    if named && before.iter().any(|d| object(d) == object(document)) {
        found.at(&RULE, &Place::new(n, "metadata.name"));
    }
}
