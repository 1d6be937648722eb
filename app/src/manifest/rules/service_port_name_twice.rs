//! Ports of a Service are named, and found by name.
//!
//! Source: `ValidateService`, pkg/apis/core/validation
//!
//! ```bad
//! Service/spec.ports: [{name: a, port: 80}, {name: a, port: 81}]
//! ```
//! ```good
//! Service/spec.ports: [{name: a, port: 80}, {name: b, port: 81}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-port-name-twice",
    degree: Refused,
    words: texts::RULE_SERVICE_PORT_NAME_TWICE,
    checks: &[Check::Service(service)],
    ..Rule::PLAIN
};

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    found.unique(&RULE, service.ports.iter().map(|p| &p.name));
}
