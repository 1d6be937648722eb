//! Most file systems are made with root as their owner. `fsGroup` lets Kubernetes give them to a group that the processes are in.
//!
//! Source: kubernetes.io, security context for a pod
//!
//! ```bad
//! pod.securityContext: {runAsUser: 1000}
//! ```
//! ```good
//! pod.securityContext: {runAsUser: 1000, fsGroup: 1000}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-fs-group",
    degree: Hint,
    words: texts::RULE_NO_FS_GROUP,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let pod = s.pod("securityContext");
    let other = |place: Place| !matches!(s.bundle.get(&place), "" | "0");
    let containers = s.form.containers.iter();
    let users = containers.map(|c| c.place.join("securityContext.runAsUser"));
    if !s.form.templates.is_empty()
        && s.bundle.at(&pod.key("fsGroup")).is_none()
        && users.chain([pod.key("runAsUser")]).any(other)
    {
        found.at(&RULE, &pod.key("fsGroup"));
    }
}
