//! The node compares both when it starts the container, and reports CreateContainerConfigError. The container's own values count before the pod's.
//!
//! Source: kubelet, `verifyRunAsNonRoot`
//!
//! ```bad
//! container.securityContext: {runAsUser: 0, runAsNonRoot: true}
//! ```
//! ```good
//! container.securityContext: {runAsUser: 5, runAsNonRoot: true}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "root-refused",
    degree: Trap,
    words: texts::RULE_ROOT_REFUSED,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let (own, pod) = (c.place.key("securityContext"), s.pod("securityContext"));
    let one = |key: &str| {
        let (own, pod) = (own.key(key), pod.key(key));
        if s.bundle.at(&own).is_some() { own } else { pod }
    };
    let user = one("runAsUser");
    if s.bundle.get(&user) == "0" && s.bundle.get(&one("runAsNonRoot")) == "true" {
        found.at(&RULE, &user);
    }
}
