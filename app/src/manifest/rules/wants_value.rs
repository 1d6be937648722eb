//! The field holds one value, and a map or a list stands there.
//!
//! Source: `encoding/json` of Go
//!
//! ```bad
//! container.image: {name: app}
//! ```
//! ```good
//! container.image: app:1.0
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "wants-value",
    degree: Refused,
    words: texts::RULE_WANTS_VALUE,
    checks: &[Check::Value(check)],
    covers: true,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if wanted(v) == Some(Wanted::Value) {
        found.at(&RULE, v.place);
    }
}
