//! Legal between containers; whoever names the port gets the first container's.
//!
//! Source: `warningsForPodSpecAndMeta`, pkg/api/pod
//!
//! ```bad
//! pod.containers[1]: {name: side, image: app:1.0, ports: [{name: http, containerPort: 81}]}
//! ```
//! ```good
//! pod.containers[1]: {name: side, image: app:1.0, ports: [{name: admin, containerPort: 81}]}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-name-shared",
    degree: Trap,
    words: texts::RULE_PORT_NAME_SHARED,
    checks: &[Check::Set(check)],
    fixes: no_fix,
    covers: false,
    meets: false,
};

fn check(s: &OfSet, found: &mut Found) {
    let all: Vec<_> = s.form.containers.iter().collect();
    for (n, container) in all.iter().enumerate() {
        for port in container.ports.iter().filter(|p| !p.name.text.is_empty()) {
            let same =
                |c: &&&std::sync::Arc<ContainerForm>| c.ports.iter().any(|p| p.name.text == port.name.text);
            if let Some(other) = all[..n].iter().find(same) {
                found.say(&RULE, &port.name.place, &[&other.name.text, &port.name.text]);
            }
        }
    }
}
