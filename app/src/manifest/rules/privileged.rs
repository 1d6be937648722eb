//! It has all capabilities and all devices of the node.
//!
//! Source: kubernetes.io, Pod Security Standards
//!
//! ```bad
//! container.securityContext: {privileged: true}
//! ```
//! ```good
//! container.securityContext: {privileged: false}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "privileged",
    degree: Hint,
    words: texts::RULE_PRIVILEGED,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let place = c.place.join("securityContext.privileged");
    if s.bundle.get(&place) == "true" {
        found.at(&RULE, &place);
    }
}
