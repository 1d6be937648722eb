//! A description is read in a list. All annotations together may have 256 KiB.
//!
//! Source: KS-41
//!
//! ```bad
//! metadata.annotations: {kubernetes.io/description: LONG}
//! ```
//! ```good
//! metadata.annotations: {kubernetes.io/description: Orders of the web shop}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "description-too-long",
    degree: Hint,
    words: texts::RULE_DESCRIPTION_TOO_LONG,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let length = s.form.description.text.chars().count();
    if length > MAX_DESCRIPTION {
        let place = &s.form.description.place;
        found.say(&RULE, place, &[&length.to_string(), &MAX_DESCRIPTION.to_string()]);
    }
}
