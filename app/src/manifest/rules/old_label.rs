//! A selector on a label that no node carries leaves the pods Pending.
//!
//! Source: T-21; kubernetes.io, well-known labels
//!
//! ```bad
//! pod.nodeSelector: {failure-domain.beta.kubernetes.io/zone: a}
//! ```
//! ```good
//! pod.nodeSelector: {topology.kubernetes.io/zone: a}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "old-label",
    degree: Trap,
    words: texts::RULE_OLD_LABEL,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

/// Labels of nodes that were renamed, or never were any: old, new.
const LABELS: &[(&str, &str)] = &[
    (
        "failure-domain.beta.kubernetes.io/zone",
        "topology.kubernetes.io/zone",
    ),
    (
        "failure-domain.beta.kubernetes.io/region",
        "topology.kubernetes.io/region",
    ),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    (
        "beta.kubernetes.io/instance-type",
        "node.kubernetes.io/instance-type",
    ),
    (
        "node-role.kubernetes.io/master",
        "node-role.kubernetes.io/control-plane",
    ),
    ("nodeName", "kubernetes.io/hostname"),
];

fn check(s: &OfSet, found: &mut Found) {
    for pair in &s.form.node_selector {
        label(&pair.key, &pair.value.place, found);
    }
    for path in ["affinity", "topologySpreadConstraints"] {
        let top = s.pod(path);
        let Some(node) = s.bundle.at(&top) else { continue };
        each(node, top, &mut |place, node| {
            let key = place.path.0.last();
            if matches!(key, Some(Segment::Key(key)) if matches!(&**key, "key" | "topologyKey")) {
                label(node.text().unwrap_or_default(), place, found);
            }
        });
    }
}

fn label(name: &str, place: &Place, found: &mut Found) {
    if let Some((_, new)) = LABELS.iter().find(|(old, _)| *old == name) {
        found.say(&RULE, place, &[new]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let new = lint.args[0].as_str();
    let selector = scene
        .sets()
        .any(|s| s.form.node_selector.iter().any(|p| p.value.place == lint.place));
    let edit = if selector {
        Edit::Rename(lint.place.clone(), new.to_owned())
    } else {
        Edit::Set(lint.place.clone(), Written::Text(new.to_owned()))
    };
    fix(scene, texts::FIX_NEW_LABEL, &[new], Unsafe, &[edit])
}
