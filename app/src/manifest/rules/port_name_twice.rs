//! Services and probes name ports, so within a container each has a name of its own.
//!
//! Source: `validateContainerPorts`, pkg/apis/core/validation
//!
//! ```bad
//! container.ports: [{name: http, containerPort: 80}, {name: http, containerPort: 81}]
//! ```
//! ```good
//! container.ports: [{name: http, containerPort: 80}, {name: admin, containerPort: 81}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-name-twice",
    degree: Refused,
    words: texts::RULE_PORT_NAME_TWICE,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    found.unique(&RULE, c.ports.iter().map(|p| &p.name));
}
