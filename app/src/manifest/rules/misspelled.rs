//! Nearly the name of a field; upper and lower case count.
//!
//! Source: `fieldValidation=Strict`, kubernetes/enhancements#2885
//!
//! ```bad
//! container.imagepullPolicy: Always
//! ```
//! ```good
//! container.imagePullPolicy: Always
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "misspelled",
    degree: Refused,
    words: texts::RULE_MISSPELLED,
    checks: &[Check::Value(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if v.of.is_none()
        && let Unknown::Misspelled(name) = unknown(v)
    {
        found.say(&RULE, v.place, &[name]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let name = lint.args[0].as_str();
    let edit = Edit::Rename(lint.place.clone(), name.to_owned());
    fix(scene, texts::FIX_RENAME_KEY, &[name], Safe, &[edit])
}
