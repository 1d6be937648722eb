//! A Service finds pods by all labels of its selector. One that finds none gives no names and no addresses.
//!
//! Source: kubernetes.io, Services: selectors
//!
//! ```bad
//! Service/spec.selector: {app: web, version: v1}
//! ```
//! ```good
//! Service/spec.selector: {app: web}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-selects-others",
    degree: Trap,
    words: texts::RULE_SERVICE_SELECTS_OTHERS,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    match governing(s.bundle, s.set, s.scene.offers.services) {
        Governing::SelectsOthers(n) => found.at(&RULE, &Place::new(n, "spec.selector")),
        Governing::SelectsOthersInCluster => found.at(&RULE, &s.form.service_name.place),
        _ => {}
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let service = scene.services.iter().find(|v| v.document == lint.place.document);
    let tied = |s: &OfSet| {
        governing(s.bundle, s.set, s.scene.offers.services) == Governing::SelectsOthers(lint.place.document)
    };
    let (Some(service), Some(s)) = (service, scene.sets().find(tied)) else {
        return Vec::new();
    };
    let fewer = unmatched(service, &s.form.labels);
    let more = labelled(&s, service);
    let mut ways = fix(scene, texts::FIX_FEWER_LABELS, &[], Unsafe, &fewer);
    ways.extend(fix(scene, texts::FIX_MORE_LABELS, &[], Unsafe, &more));
    ways
}

/// Takes out what the pods do not carry, the last first, so that places stay true; not all of it, for an empty
/// selector selects nothing.
fn unmatched(service: &ServiceForm, labels: &[Pair]) -> Vec<Edit> {
    let carried = |pair: &Pair| carries(labels, std::slice::from_ref(pair));
    let (good, bad): (Vec<_>, Vec<_>) = service.selector.iter().partition(|p| carried(p));
    let edits = bad.into_iter().rev().map(|p| Edit::Remove(p.value.place.clone()));
    if good.is_empty() {
        Vec::new()
    } else {
        edits.collect()
    }
}

/// The labels that the Service selects, on the pods; not where they have other values for them, which the selector of
/// the set may need.
fn labelled(s: &OfSet, service: &ServiceForm) -> Vec<Edit> {
    let labels = &s.form.labels;
    let missing: Vec<&Pair> = service
        .selector
        .iter()
        .filter(|p| !carries(labels, std::slice::from_ref(*p)))
        .collect();
    if missing.iter().any(|p| labels.iter().any(|l| l.key == p.key)) {
        return Vec::new();
    }
    let place = s.at("spec.template.metadata.labels");
    let edit = |p: &Pair| Edit::Insert(place.clone(), p.key.clone(), Written::Text(p.value.text.clone()));
    missing.into_iter().map(edit).collect()
}
