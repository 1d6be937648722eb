//! A claim asks for some storage.
//!
//! Source: `ValidatePersistentVolumeClaimSpec`, pkg/apis/core/validation
//!
//! ```bad
//! claim.spec.resources.requests.storage: 0
//! ```
//! ```good
//! claim.spec.resources.requests.storage: 1Gi
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "not-positive",
    degree: Refused,
    words: texts::RULE_NOT_POSITIVE,
    checks: &[Check::Template(template)],
    ..Rule::PLAIN
};

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    let amount = Quantity::parse(&t.capacity.text);
    found.check(
        &RULE,
        &t.capacity,
        amount.is_none_or(|q| q.is_positive() || q.is_negative()),
    );
}
