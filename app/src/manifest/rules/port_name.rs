//! Names of container ports are IANA service names.
//!
//! Source: RFC 6335; `IsValidPortName` of k8s.io/apimachinery
//!
//! ```bad
//! container.ports: [{name: client-communication, containerPort: 80}]
//! ```
//! ```good
//! container.ports: [{name: http, containerPort: 80}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-name",
    degree: Refused,
    words: texts::RULE_PORT_NAME,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for port in &c.ports {
        let name = port.name.text.as_str();
        found.check(&RULE, &port.name, name.is_empty() || names::is_port_name(name));
    }
}
