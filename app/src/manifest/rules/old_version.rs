//! Gone with Kubernetes 1.16, 1.22, 1.25 and 1.26. The old versions took the selector from the pods' labels, and `apps/v1beta1` updated on deletion only.
//!
//! Source: T-21; kubernetes.io, deprecated API migration guide
//!
//! ```bad
//! apiVersion: apps/v1beta2
//! ```
//! ```good
//! apiVersion: apps/v1
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "old-version",
    degree: Refused,
    words: texts::RULE_OLD_VERSION,
    checks: &[Check::Document(check)],
    fixes,
    ..Rule::PLAIN
};

/// Versions that are no longer served, with the one that has the same fields: kind, old, new.
const VERSIONS: &[(&str, &str, &str)] = &[
    ("StatefulSet", "apps/v1beta1", "apps/v1"),
    ("StatefulSet", "apps/v1beta2", "apps/v1"),
    ("StatefulSet", "extensions/v1beta1", "apps/v1"),
    ("NetworkPolicy", "extensions/v1beta1", "networking.k8s.io/v1"),
    ("PodDisruptionBudget", "policy/v1beta1", "policy/v1"),
    ("HorizontalPodAutoscaler", "autoscaling/v2beta2", "autoscaling/v2"),
    (
        "Role",
        "rbac.authorization.k8s.io/v1beta1",
        "rbac.authorization.k8s.io/v1",
    ),
    (
        "RoleBinding",
        "rbac.authorization.k8s.io/v1beta1",
        "rbac.authorization.k8s.io/v1",
    ),
];

fn check(_: &Scene, n: usize, document: &Document, found: &mut Found) {
    let held = (document.kind(), document.api_version());
    if let Some((.., new)) = VERSIONS.iter().find(|(kind, old, _)| (*kind, *old) == held) {
        found.say(&RULE, &Place::new(n, "apiVersion"), &[new]);
    }
}

/// What was left out with the old version is written, so that the set stays what it was.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let new = lint.args[0].as_str();
    let mut edits = vec![Edit::Set(lint.place.clone(), Written::Text(new.to_owned()))];
    if let Some(s) = scene.sets().find(|s| s.set == lint.place.document) {
        edits.extend(selector_of_labels(&s));
        let strategy = s.at("spec.updateStrategy");
        if scene.bundle.get(&lint.place) == "apps/v1beta1" && s.bundle.at(&strategy).is_none() {
            edits.push(Edit::Set(
                strategy.key("type"),
                Written::Text("OnDelete".to_owned()),
            ));
        }
    }
    fix(scene, texts::FIX_NEW_VERSION, &[new], Safe, &edits)
}
