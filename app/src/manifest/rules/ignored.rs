//! Left over from earlier versions, or written by tools for themselves.
//!
//! Source: T-23
//!
//! ```bad
//! spec.template.metadata.annotations: {pod.alpha.kubernetes.io/initialized: "true"}
//! ```
//! ```good
//! spec.template.metadata.annotations: {team: a}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "ignored",
    degree: Hint,
    words: texts::RULE_IGNORED,
    checks: &[Check::Document(document), Check::Set(set)],
    fixes: |scene, lint| without_field(scene, lint, Unsafe),
    covers: true,
    ..Rule::PLAIN
};

/// Annotations that nothing reads any more.
const DEAD: &[&str] = &[
    "pod.alpha.kubernetes.io/initialized",
    "volume.alpha.kubernetes.io/storage-class",
];

fn document(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    if document.kind() == "Service" {
        for port in children(scene.bundle, &Place::new(n, "spec.ports")) {
            let node_port = port.key("nodePort");
            if scene.bundle.get(&node_port) == "0" {
                found.at(&RULE, &node_port);
            }
        }
    }
    if matches!(document.kind(), "Service" | "PersistentVolumeClaim") {
        annotations(scene.bundle, &Place::new(n, "metadata.annotations"), found);
    }
}

fn set(s: &OfSet, found: &mut Found) {
    annotations(s.bundle, &s.at("spec.template.metadata.annotations"), found);
    for template in &s.form.templates {
        annotations(s.bundle, &template.place.join("metadata.annotations"), found);
        for key in ["metadata.namespace", "status"] {
            let place = template.place.join(key);
            if s.bundle.at(&place).is_some() {
                found.at(&RULE, &place);
            }
        }
    }
}

fn annotations(bundle: &Bundle, map: &Place, found: &mut Found) {
    let there = DEAD
        .iter()
        .map(|key| map.key(key))
        .filter(|place| bundle.at(place).is_some());
    there.for_each(|place| found.at(&RULE, &place));
}
