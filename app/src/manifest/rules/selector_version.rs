//! A selector is fixed once the set exists. With a version in it the next version needs a new set.
//!
//! Source: `ValidateStatefulSetUpdate`, pkg/apis/apps/validation
//!
//! ```bad
//! spec.selector: {matchLabels: {app: web, version: v1}}
//! spec.template.metadata.labels: {app: web, version: v1}
//! ```
//! ```good
//! spec.template.metadata.labels: {app: web, version: v1}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "selector-version",
    degree: Hint,
    words: texts::RULE_SELECTOR_VERSION,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let version = s.at("spec.selector.matchLabels").key("version");
    if s.bundle.at(&version).is_some() {
        found.at(&RULE, &version);
    }
}
