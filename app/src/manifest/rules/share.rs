//! Such a field takes a number of pods, or a share of them. Where the feature `MaxUnavailableStatefulSet` is off, as in 1.36, the field is dropped before anybody looks at it; where it is on, this is refused.
//!
//! Source: `IntOrString` of k8s.io/apimachinery
//!
//! ```bad
//! spec.updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: half}}
//! ```
//! ```good
//! spec.updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 50%}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "share",
    degree: Trap,
    words: texts::RULE_SHARE,
    checks: &[Check::Declared(declared)],
    ..Rule::PLAIN
};

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    if matches!(holds, Holds::Share) {
        let number = field.text.strip_suffix('%').unwrap_or(&field.text);
        let good = !number.is_empty() && number.len() < 10 && number.bytes().all(|b| b.is_ascii_digit());
        found.check(&RULE, field, good);
    }
}
