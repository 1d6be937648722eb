//! The field is an object. A line such as `app：db`, with a colon that is none, is a word to YAML.
//!
//! Source: `encoding/json` of Go
//!
//! ```bad
//! spec.selector: web
//! ```
//! ```good
//! spec.selector: {matchLabels: {app: web}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "wants-map",
    degree: Refused,
    words: texts::RULE_WANTS_MAP,
    checks: &[Check::Value(check)],
    fixes,
    covers: true,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if wanted(v) == Some(Wanted::Map) {
        found.at(&RULE, v.place);
    }
}

/// A line that has become a word through a character that looks like YAML's own.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(node) = scene.bundle.at(&lint.place) else {
        return Vec::new();
    };
    let held = &scene.bundle.text[node.range.clone()];
    let meant = held
        .replace(":\u{a0}", ": ")
        .replace('：', ": ")
        .replace('\u{a0}', " ");
    let (before, after) = scene.bundle.text.split_at(node.range.start);
    let text = [before, &meant, &after[node.range.len()..]].concat();
    // The character may not be what is wrong.
    let read = readable(text).filter(|_| meant != held);
    rewritten(texts::FIX_RETYPE, &[meant.trim()], Safe, read)
}
