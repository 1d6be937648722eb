//! A pod without a container is none.
//!
//! Source: `validateContainers`, pkg/apis/core/validation
//!
//! ```bad
//! pod.containers: []
//! ```
//! ```good
//! pod.terminationGracePeriodSeconds: 30
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-container",
    degree: Refused,
    words: texts::RULE_NO_CONTAINER,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    if s.form.containers.is_empty() {
        found.at(&RULE, &s.pod("containers"));
    }
}
