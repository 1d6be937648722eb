//! Values of labels, and of what selects by labels, are no free text; annotations are.
//!
//! Source: `IsValidLabelValue` of k8s.io/apimachinery
//!
//! ```bad
//! spec.template.metadata.labels: {app: web, owner: team a}
//! ```
//! ```good
//! spec.template.metadata.labels: {app: web, owner: team-a}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "label-value",
    degree: Refused,
    words: texts::RULE_LABEL_VALUE,
    checks: &[Check::Set(set)],
    ..Rule::PLAIN
};

fn set(s: &OfSet, found: &mut Found) {
    for pair in labels(s) {
        found.check(&RULE, &pair.value, names::is_label_value(&pair.value.text));
    }
}
