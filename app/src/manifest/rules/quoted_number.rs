//! The API server decodes strictly by type: a string where a number or a boolean is wanted is an error for the whole object.
//!
//! Source: kubernetes/kubernetes#8058
//!
//! ```bad
//! spec.replicas: "2"
//! ```
//! ```good
//! spec.replicas: 2
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "quoted-number",
    degree: Refused,
    words: texts::RULE_QUOTED_NUMBER,
    checks: &[Check::Value(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    let of = v.of.filter(|t| t.many == Many::One).map(|t| t.of);
    let bad = match (of, v.quoted()) {
        (Some(Value::Integer), Some(text)) => whole_number(text).is_some(),
        (Some(Value::Flag), Some(text)) => matches!(text, "true" | "false"),
        _ => false,
    };
    if bad {
        found.at(&RULE, v.place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(node) = scene.bundle.at(&lint.place) else {
        return Vec::new();
    };
    // As it stands between its quotes: `0640` keeps its notation.
    let held = scene.bundle.text[node.range.clone()].trim_matches(['"', '\'']);
    let (before, after) = scene.bundle.text.split_at(node.range.start);
    let text = [before, held, &after[node.range.len()..]].concat();
    rewritten(texts::FIX_UNQUOTE, &[held], Safe, readable(text))
}
