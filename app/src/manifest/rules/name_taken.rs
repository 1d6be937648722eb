//! A create never becomes an overwrite: it answers AlreadyExists.
//!
//! Source: A-09
//!
//! ```bad
//! @sets web
//! ```
//! ```good
//! @sets other
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "name-taken",
    degree: Trap,
    words: texts::RULE_NAME_TAKEN,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let taken = s
        .scene
        .offers
        .sets
        .is_some_and(|sets| sets.iter().any(|o| o.name == s.form.name.text));
    found.check(&RULE, &s.form.name, !taken);
}
