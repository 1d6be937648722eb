//! The API server keeps both rows and warns. Ports are a list by number and protocol for `kubectl apply`, which may drop one of them.
//!
//! Source: kubernetes/kubernetes#113245; `warningsForPodSpecAndMeta`
//!
//! ```bad
//! container.ports: [{name: http, containerPort: 80}, {name: web, containerPort: 80}]
//! ```
//! ```good
//! container.ports: [{name: http, containerPort: 80}, {name: quic, containerPort: 80, protocol: UDP}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-twice",
    degree: Trap,
    words: texts::RULE_PORT_TWICE,
    checks: &[Check::Container(container)],
    fixes: without_row,
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for (n, row) in c.ports.iter().enumerate() {
        if !row.port.text.is_empty() && c.ports[..n].iter().any(|p| same_port(p, row)) {
            found.say(&RULE, &row.port.place, &[&row.port.text]);
        }
    }
}
