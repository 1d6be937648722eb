//! A pod that finds no node with a free port stays Pending, and keeps those after it from starting.
//!
//! Source: kubernetes.io, configuration: Services
//!
//! ```bad
//! container.ports: [{name: http, containerPort: 80, hostPort: 80}]
//! ```
//! ```good
//! container.ports: [{name: http, containerPort: 80, hostPort: 0}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "host-port",
    degree: Hint,
    words: texts::RULE_HOST_PORT,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for port in &c.ports {
        found.check(
            &RULE,
            &port.host_port,
            matches!(port.host_port.text.as_str(), "" | "0"),
        );
    }
}
