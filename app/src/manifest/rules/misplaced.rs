//! An indentation too deep: the field exists, one or more levels up.
//!
//! Source: `fieldValidation=Strict`, kubernetes/enhancements#2885
//!
//! ```bad
//! container.hostNetwork: true
//! ```
//! ```good
//! pod.hostNetwork: true
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "misplaced",
    degree: Refused,
    words: texts::RULE_MISPLACED,
    checks: &[Check::Value(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if v.of.is_none()
        && let Unknown::Misplaced(path) = unknown(v)
    {
        found.say(&RULE, v.place, &[&path]);
    }
}

/// One value, taken out and written where it belongs.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(value) = scene.bundle.at(&lint.place).and_then(Node::text) else {
        return Vec::new();
    };
    let path = lint.args[0].as_str();
    let to = Place::new(lint.place.document, path);
    // The new line may stand above the old one: places are paths, and stay true.
    let edits = [
        Edit::Set(to, Written::Typed(value.to_owned())),
        Edit::Remove(lint.place.clone()),
    ];
    fix(scene, texts::FIX_MOVE_FIELD, &[path], Safe, &edits)
}
