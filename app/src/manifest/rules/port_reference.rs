//! A probe or a hook names a port of the container, by number or by name.
//!
//! Source: `ValidatePortNumOrName`, pkg/apis/core/validation
//!
//! ```bad
//! container.readinessProbe: {tcpSocket: {port: Main_Port}}
//! ```
//! ```good
//! container.readinessProbe: {tcpSocket: {port: http}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "port-reference",
    degree: Refused,
    words: texts::RULE_PORT_REFERENCE,
    checks: &[Check::Declared(declared)],
    ..Rule::PLAIN
};

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    let number = whole_number(&field.text).is_some();
    if matches!(holds, Holds::Port) && !number {
        found.check(&RULE, field, names::is_port_name(&field.text));
    }
}
