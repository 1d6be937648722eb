//! Containers and init containers of a pod share one set of names.
//!
//! Source: `validateInitContainers`, pkg/apis/core/validation
//!
//! ```bad
//! pod.initContainers: [{name: main, image: app:1.0}]
//! ```
//! ```good
//! pod.initContainers: [{name: prepare, image: app:1.0}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "container-twice",
    degree: Refused,
    words: texts::RULE_CONTAINER_TWICE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    found.unique(&RULE, s.containers().map(|c| &c.name));
}
