//! A node has each of its ports once.
//!
//! Source: `checkHostPortConflicts`, pkg/apis/core/validation
//!
//! ```bad
//! container.ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8080}]
//! ```
//! ```good
//! container.ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8081}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "host-port-twice",
    degree: Refused,
    words: texts::RULE_HOST_PORT_TWICE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let mut seen: Vec<(&str, &str, &str)> = Vec::new();
    for port in s.form.containers.iter().flat_map(|c| &c.ports) {
        let host = port.host_port.text.as_str();
        let key = (host, protocol(port), s.bundle.get(&port.place.key("hostIP")));
        if seen.contains(&key) && !matches!(host, "" | "0") {
            found.say(&RULE, &port.host_port.place, &[host]);
        }
        seen.push(key);
    }
}
