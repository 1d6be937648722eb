//! The field is a list; one value or one map alone is none, also where there is but one.
//!
//! Source: `encoding/json` of Go
//!
//! ```bad
//! container.args: --verbose
//! ```
//! ```good
//! container.args: [--verbose]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "wants-list",
    degree: Refused,
    words: texts::RULE_WANTS_LIST,
    checks: &[Check::Value(check)],
    fixes,
    covers: true,
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if wanted(v) == Some(Wanted::List) {
        found.at(&RULE, v.place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let node = scene.bundle.at(&lint.place);
    let Some(one) = node.and_then(Node::text).map(str::to_owned) else {
        return Vec::new();
    };
    let place = lint.place.clone();
    let edits = [Edit::Remove(place.clone()), Edit::Push(place, Written::Text(one))];
    fix(scene, texts::FIX_AS_LIST, &[], Safe, &edits)
}
