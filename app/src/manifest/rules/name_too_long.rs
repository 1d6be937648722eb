//! The API server takes 63. Each pod then carries `controller-revision-hash` with the name, a dash and ten characters, and is refused.
//!
//! Source: kubernetes/kubernetes#64023
//!
//! ```bad
//! metadata.name: a23456789-a23456789-a23456789-a23456789-a23456789-a23
//! ```
//! ```good
//! metadata.name: a23456789-a23456789-a23456789-a23456789-a23456789-a2
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "name-too-long",
    degree: Trap,
    words: texts::RULE_NAME_TOO_LONG,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    found.check(&RULE, &s.form.name, s.form.name.text.chars().count() <= MAX_NAME);
}
