//! Kubernetes makes the endpoints of Services that have a selector. Without one somebody else must.
//!
//! Source: kubernetes.io, Services: without selectors
//!
//! ```bad
//! -Service/spec.selector
//! ```
//! ```good
//! Service/spec.selector: {app: web}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-without-selector",
    degree: Trap,
    words: texts::RULE_SERVICE_WITHOUT_SELECTOR,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    if let Governing::Here(n) = governing(s.bundle, s.set, s.scene.offers.services)
        && s.scene
            .services
            .iter()
            .any(|v| v.document == n && v.selector.is_empty())
    {
        found.at(&RULE, &Place::new(n, "spec.selector"));
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let tied = |s: &OfSet| {
        governing(s.bundle, s.set, s.scene.offers.services) == Governing::Here(lint.place.document)
    };
    let Some(s) = scene.sets().find(tied) else {
        return Vec::new();
    };
    let labels = pairs(s.bundle, &s.at("spec.selector.matchLabels"));
    let edit = |p: &Pair| {
        Edit::Insert(
            lint.place.clone(),
            p.key.clone(),
            Written::Text(p.value.text.clone()),
        )
    };
    let edits: Vec<Edit> = labels.iter().map(edit).collect();
    fix(scene, texts::FIX_SELECT_PODS, &[&told(&labels)], Unsafe, &edits)
}
