//! The processes get no signal and no time, and the pod's name is free before its processes have ended: two of one name may run.
//!
//! Source: kubernetes.io, force deleting StatefulSet pods
//!
//! ```bad
//! pod.terminationGracePeriodSeconds: 0
//! ```
//! ```good
//! pod.terminationGracePeriodSeconds: 30
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-grace",
    degree: Hint,
    words: texts::RULE_NO_GRACE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.pod("terminationGracePeriodSeconds");
    if s.bundle.get(&place) == "0" {
        found.at(&RULE, &place);
    }
}
