//! An emptyDir lives as long as its pod. Told where a set mounts one, writes to it, and has no volume template.
//!
//! Source: kubernetes.io, Volumes: emptyDir
//!
//! ```bad
//! -spec.volumeClaimTemplates
//! pod.volumes: [{name: data, emptyDir: {}}]
//! ```
//! ```good
//! pod.volumes: [{name: tmp, emptyDir: {}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-storage",
    degree: Hint,
    words: texts::RULE_NO_STORAGE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    if !s.form.templates.is_empty() {
        return;
    }
    for volume in children(s.bundle, &s.pod("volumes")) {
        let name = s.bundle.get(&volume.key("name"));
        let held = s.bundle.at(&volume.key("emptyDir")).is_some();
        // In memory it is meant to go.
        let memory = s.bundle.get(&volume.join("emptyDir.medium")) == "Memory";
        let written = |mount: &Place| {
            s.bundle.get(&mount.key("name")) == name && s.bundle.get(&mount.key("readOnly")) != "true"
        };
        let lists = s.form.containers.iter().map(|c| c.place.key("volumeMounts"));
        if held
            && !memory
            && lists
                .into_iter()
                .any(|list| children(s.bundle, &list).any(|m| written(&m)))
        {
            found.at(&RULE, &volume.key("emptyDir"));
        }
    }
}
