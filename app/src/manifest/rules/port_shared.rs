//! Only one process of a pod can listen on a port. The list is only information, so the API server takes it.
//!
//! Source: kubernetes.io, Pods: networking; `warningsForPodSpecAndMeta`
//!
//! ```bad
//! pod.containers[1]: {name: side, image: app:1.0, ports: [{containerPort: 80}]}
//! ```
//! ```good
//! pod.containers[1]: {name: side, image: app:1.0, ports: [{containerPort: 81}]}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-shared",
    degree: Trap,
    words: texts::RULE_PORT_SHARED,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    shared_ports(s, |p| &p.port, same_port).for_each(|(port, names)| found.say(&RULE, port, &names));
}
