//! The API server checks the range of ports, counts and times. File modes are numbers up to 511, which is `0777`: `640` without its zero is beyond.
//!
//! Source: `pkg/apis/core/validation`
//!
//! ```bad
//! pod.volumes: [{name: keys, secret: {secretName: keys, defaultMode: 640}}]
//! ```
//! ```good
//! pod.volumes: [{name: keys, secret: {secretName: keys, defaultMode: 0640}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "number-range",
    degree: Refused,
    words: texts::RULE_NUMBER_RANGE,
    checks: &[
        Check::Set(set),
        Check::Container(container),
        Check::Service(service),
        Check::Declared(declared),
    ],
    ..Rule::PLAIN
};

/// The ports that there are.
const PORTS: (i64, i64) = (1, 65535);

fn set(s: &OfSet, found: &mut Found) {
    number(&s.form.replicas, (0, MAX), found);
}

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for port in &c.ports {
        number(&port.port, PORTS, found);
        // 0 is as good as nothing.
        number(&port.host_port, (0, PORTS.1), found);
    }
}

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    for port in &service.ports {
        number(&port.port, PORTS, found);
        number(&port.target, PORTS, found);
    }
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    match holds {
        Holds::Integer(low, high) => number(field, (low, high), found),
        Holds::Port => number(field, PORTS, found),
        _ => {}
    }
}

fn number(field: &Field, (low, high): (i64, i64), found: &mut Found) {
    if whole_number(&field.text).is_some_and(|n| !(low..=high).contains(&n)) {
        found.say(&RULE, &field.place, &[&low.to_string(), &high.to_string()]);
    }
}
