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
    fixes: no_fix,
    covers: false,
    meets: false,
};

fn check(s: &OfSet, found: &mut Found) {
    let all: Vec<_> = s.form.containers.iter().collect();
    for (n, container) in all.iter().enumerate() {
        for port in container.ports.iter().filter(|p| !p.port.text.is_empty()) {
            let same = |c: &&&std::sync::Arc<ContainerForm>| c.ports.iter().any(|p| same_port(p, port));
            if let Some(other) = all[..n].iter().find(same) {
                found.say(&RULE, &port.port.place, &[&other.name.text, &port.port.text]);
            }
        }
    }
}
