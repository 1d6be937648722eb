//! Under OrderedReady the order is worth what "ready" says. Told once for a set of several pods in which no container has a readiness or startup probe.
//!
//! Source: kubernetes.io, StatefulSets: deployment and scaling guarantees
//!
//! ```bad
//! -container.readinessProbe
//! ```
//! ```good
//! container.readinessProbe: {tcpSocket: {port: 80}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-readiness",
    degree: Hint,
    words: texts::RULE_NO_READINESS,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let ordered = s.get("spec.podManagementPolicy") != "Parallel" && s.replicas() > 1;
    let probed = |c: &ContainerForm| {
        ["readinessProbe", "startupProbe"]
            .iter()
            .any(|key| s.bundle.at(&c.place.key(key)).is_some())
    };
    // What opens no port has nothing to be asked at.
    let serves = s.form.containers.iter().find(|c| !c.ports.is_empty());
    if let Some(container) = serves.filter(|_| ordered && !s.containers().any(probed)) {
        found.at(&RULE, &container.name.place);
    }
}
