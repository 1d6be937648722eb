//! A Service has each number once for each protocol.
//!
//! Source: `ValidateService`, pkg/apis/core/validation
//!
//! ```bad
//! Service/spec.ports: [{name: a, port: 80}, {name: b, port: 80}]
//! ```
//! ```good
//! Service/spec.ports: [{name: a, port: 80}, {name: b, port: 80, protocol: UDP}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-port-twice",
    degree: Refused,
    words: texts::RULE_SERVICE_PORT_TWICE,
    checks: &[Check::Service(service)],
    fixes: without_row,
    ..Rule::PLAIN
};

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    let protocol = |r: &ServicePortRow| {
        if r.protocol.set {
            r.protocol.text.clone()
        } else {
            "TCP".to_owned()
        }
    };
    for (n, row) in service.ports.iter().enumerate() {
        let same = |r: &ServicePortRow| r.port.text == row.port.text && protocol(r) == protocol(row);
        if !row.port.text.is_empty() && service.ports[..n].iter().any(same) {
            found.say(&RULE, &row.port.place, &[&row.port.text]);
        }
    }
}
