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
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let same = |a: &PortRow, b: &PortRow| a.name.text == b.name.text;
    shared_ports(s, |p| &p.name, same).for_each(|(name, names)| found.say(&RULE, name, &names));
}
