//! `value` and `valueFrom` exclude each other.
//!
//! Source: `validateEnvVarValueFrom`, pkg/apis/core/validation
//!
//! ```bad
//! container.env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
//! ```
//! ```good
//! container.env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "env-two-sources",
    degree: Refused,
    words: texts::RULE_ENV_TWO_SOURCES,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for row in &c.env {
        let source = s
            .bundle
            .at(&row.place.key("valueFrom"))
            .is_some_and(|n| !n.is_nothing());
        if source && !row.value.text.is_empty() {
            found.at(&RULE, &row.value.place);
        }
    }
}
