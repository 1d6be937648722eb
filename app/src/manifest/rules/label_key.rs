//! Keys of labels, and of what selects by labels, have a syntax of their own.
//!
//! Source: `IsQualifiedName` of k8s.io/apimachinery
//!
//! ```bad
//! spec.template.metadata.labels: {app: web, "my tier": db}
//! ```
//! ```good
//! spec.template.metadata.labels: {app: web, my.org/tier: db}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "label-key",
    degree: Refused,
    words: texts::RULE_LABEL_KEY,
    checks: &[Check::Set(set), Check::Declared(declared)],
    ..Rule::PLAIN
};

fn set(s: &OfSet, found: &mut Found) {
    for pair in labels(s) {
        if !pair.key.is_empty() {
            found.check(&RULE, &pair.value, names::is_label_key(&pair.key));
        }
    }
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    let form = match holds {
        Holds::Text(Form::Of(source)) => source.form(),
        Holds::Text(form) => form,
        _ => return,
    };
    if form == Form::LabelKey {
        found.check(&RULE, field, names::is_label_key(&field.text));
    }
}
