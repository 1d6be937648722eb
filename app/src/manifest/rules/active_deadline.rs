//! The field is for Jobs; a set would start the pod anew.
//!
//! Source: `ValidateStatefulSetSpec`, pkg/apis/apps/validation
//!
//! ```bad
//! pod.activeDeadlineSeconds: 60
//! ```
//! ```good
//! pod.terminationGracePeriodSeconds: 60
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "active-deadline",
    degree: Refused,
    words: texts::RULE_ACTIVE_DEADLINE,
    checks: &[Check::Set(check)],
    fixes: |scene, lint| without_field(scene, lint, Safe),
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.pod("activeDeadlineSeconds");
    if s.bundle.at(&place).is_some_and(|n| !n.is_nothing()) {
        found.at(&RULE, &place);
    }
}
