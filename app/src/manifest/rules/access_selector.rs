//! Its selector fits none of the sets that are created with it: it would find nothing, or pods of somebody else.
//!
//! Source: kubernetes.io, Services: selectors
//!
//! ```bad
//! +Service front: {spec: {selector: {app: front}, ports: [{port: 80}]}}
//! ```
//! ```good
//! +Service front: {spec: {selector: {app: web}, ports: [{port: 80}]}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "access-selector",
    degree: Trap,
    words: texts::RULE_ACCESS_SELECTOR,
    checks: &[Check::Service(service)],
    fixes,
    ..Rule::PLAIN
};

fn service(scene: &Scene, service: &ServiceForm, found: &mut Found) {
    let governs = |s: OfSet| s.form.service_name.text == service.name.text;
    let near = |s: &OfSet| s.reaches(service);
    let any = scene.sets().any(|s| near(&s)) && !scene.sets().any(governs);
    if any && !service.selector.is_empty() && selected(scene, service).is_none() && !other_pods(scene) {
        found.at(&RULE, &Place::new(service.document, "spec.selector"));
    }
}

/// Pods of other kinds in the same text may be meant.
fn other_pods(scene: &Scene) -> bool {
    let mut kinds = scene.bundle.documents.iter().map(Document::kind);
    kinds.any(|k| {
        matches!(
            k,
            "Deployment" | "DaemonSet" | "Pod" | "Job" | "CronJob" | "ReplicaSet"
        )
    })
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let service = scene.services.iter().find(|v| v.document == lint.place.document);
    let near = service.and_then(|service| scene.sets().find(|s| s.reaches(service)));
    let (Some(service), Some(s)) = (service, near) else {
        return Vec::new();
    };
    let labels = pairs(s.bundle, &s.at("spec.selector.matchLabels"));
    let out = service
        .selector
        .iter()
        .rev()
        .map(|p| Edit::Remove(p.value.place.clone()));
    let put = |p: &Pair| {
        Edit::Insert(
            lint.place.clone(),
            p.key.clone(),
            Written::Text(p.value.text.clone()),
        )
    };
    let edits: Vec<Edit> = out.chain(labels.iter().map(put)).collect();
    fix(scene, texts::FIX_SELECT_PODS, &[&told(&labels)], Unsafe, &edits)
}
