//! A claim in `volumes` is the same for every pod. A volume template gives each its own.
//!
//! Source: kubernetes.io, Persistent Volumes: access modes
//!
//! ```bad
//! pod.volumes: [{name: shared, persistentVolumeClaim: {claimName: shared}}]
//! ```
//! ```good
//! pod.volumes: [{name: shared, persistentVolumeClaim: {claimName: shared, readOnly: true}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "claim-shared",
    degree: Trap,
    words: texts::RULE_CLAIM_SHARED,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let replicas = s.replicas();
    if replicas < 2 {
        return;
    }
    for volume in children(s.bundle, &s.pod("volumes")) {
        let claim = volume.key("persistentVolumeClaim");
        let name = s.bundle.get(&claim.key("claimName"));
        let brought = s
            .bundle
            .documents
            .iter()
            .find(|d| d.kind() == "PersistentVolumeClaim" && d.name() == name);
        let modes = brought.and_then(|d| d.root.below("spec.accessModes"));
        let mut modes = modes.map(Node::items).unwrap_or_default().iter();
        let many = modes.any(|m| matches!(m.text(), Some("ReadWriteMany" | "ReadOnlyMany")));
        if !name.is_empty() && !many && s.bundle.get(&claim.key("readOnly")) != "true" {
            found.say(&RULE, &claim.key("claimName"), &[&replicas.to_string()]);
        }
    }
}
