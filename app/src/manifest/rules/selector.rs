//! A set finds its pods by its selector, which must not be empty and must match the labels of its own template.
//!
//! Source: `ValidateStatefulSetSpec`, pkg/apis/apps/validation
//!
//! ```bad
//! spec.selector: {matchLabels: {app: other}}
//! ```
//! ```good
//! spec.selector: {matchLabels: {app: web}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "selector",
    degree: Refused,
    words: texts::RULE_SELECTOR,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.at("spec.selector.matchLabels");
    let wanted = pairs(s.bundle, &place);
    let expressions = s.bundle.at(&s.at("spec.selector.matchExpressions")).is_some();
    if (wanted.is_empty() && !expressions) || !carries(&s.form.labels, &wanted) {
        found.at(&RULE, &place);
    }
}

/// Where there is no selector at all, the one that old versions made of the pods' labels.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edits = scene
        .set_of(&lint.place)
        .map(|s| selector_of_labels(&s))
        .unwrap_or_default();
    let labels = scene.set_of(&lint.place).map(|s| s.form.labels.clone());
    let words = told(&labels.unwrap_or_default());
    fix(scene, texts::FIX_SELECTOR, &[&words], Safe, &edits)
}
