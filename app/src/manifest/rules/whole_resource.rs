//! A resource with a domain in its name, such as `nvidia.com/gpu`, is counted in whole units.
//!
//! Source: `ValidateResourceQuantityValue`, pkg/apis/core/validation
//!
//! ```bad
//! container.resources: {limits: {nvidia.com/gpu: "0.5"}}
//! ```
//! ```good
//! container.resources: {limits: {nvidia.com/gpu: 1}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "whole-resource",
    degree: Refused,
    words: texts::RULE_WHOLE_RESOURCE,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for list in ["requests", "limits"] {
        for Pair { key, value } in pairs(s.bundle, &c.place.join("resources").key(list)) {
            if key.contains('/') && !value.text.is_empty() {
                let whole =
                    Quantity::parse(&value.text).is_some_and(|q| !q.is_fraction() && !q.is_negative());
                found.check(&RULE, &value, whole);
            }
        }
    }
}
