//! The claims are made for each pod all the same, and cost what they cost.
//!
//! Source: kubernetes.io, StatefulSets: stable storage
//!
//! ```bad
//! -container.volumeMounts
//! ```
//! ```good
//! container.volumeMounts: [{name: data, mountPath: /data}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "claim-not-mounted",
    degree: Trap,
    words: texts::RULE_CLAIM_NOT_MOUNTED,
    checks: &[Check::Template(template)],
    ..Rule::PLAIN
};

fn template(s: &OfSet, t: &TemplateForm, found: &mut Found) {
    // A block device has no path.
    let device = |list: Place| children(s.bundle, &list).any(|d| s.bundle.get(&d.key("name")) == t.name.text);
    let lists = |key: &'static str| s.containers().map(move |c| c.place.key(key));
    let used = lists("volumeMounts").chain(lists("volumeDevices")).any(device);
    if !used && !t.name.text.is_empty() {
        found.at(&RULE, &t.place.key("mounts"));
    }
}
