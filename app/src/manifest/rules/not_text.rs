//! What a plain value is decides Kubernetes' reader by its looks: `72225e2`, `0x1F`, `1_000`, `on` and `NO` are no strings.
//! A number that 64 bits do not hold (`1234e567`) is one. A field that holds text refuses the others.
//!
//! Source: `resolve` of go.yaml.in/yaml/v2; kubernetes/kubernetes#82296
//!
//! ```bad
//! metadata.labels: {commit: 72225e2}
//! ```
//! ```good
//! metadata.labels: {commit: "72225e2", parent: 1234e567, mixed: yEs}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "not-text",
    degree: Refused,
    words: texts::RULE_NOT_TEXT,
    checks: &[Check::Value(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    let text = matches!(
        v.of,
        Some(Type {
            many: Many::One,
            of: Value::Text
        })
    );
    if text && v.plain().is_some_and(is_not_text) {
        found.at(&RULE, v.place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let text = scene.bundle.get(&lint.place);
    let edit = Edit::Set(lint.place.clone(), Written::Text(text.to_owned()));
    fix(scene, texts::FIX_QUOTE, &[text], Safe, &[edit])
}
