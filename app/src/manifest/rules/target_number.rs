//! Ports of containers are information only, so this may be right; told where the containers name ports, and not this one.
//!
//! Source: kubernetes.io, Services: defining a Service
//!
//! ```bad
//! Service/spec.ports: [{name: http, port: 80, targetPort: 8080}]
//! ```
//! ```good
//! Service/spec.ports: [{name: http, port: 8080, targetPort: 80}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "target-number",
    degree: Hint,
    words: texts::RULE_TARGET_NUMBER,
    checks: &[Check::Service(service)],
    ..Rule::PLAIN
};

fn service(scene: &Scene, service: &ServiceForm, found: &mut Found) {
    let Some(s) = selected(scene, service) else { return };
    let declared: Vec<&str> = s
        .containers()
        .flat_map(|c| &c.ports)
        .map(|p| p.port.text.as_str())
        .collect();
    // A headless Service sends nothing anywhere: its port is the pods' own.
    let headless = service.cluster_ip.text == "None";
    for row in &service.ports {
        let target = if row.target.text.is_empty() {
            &row.port
        } else {
            &row.target
        };
        let number = whole_number(&target.text).is_some();
        if number && !headless && !declared.is_empty() && !declared.contains(&target.text.as_str()) {
            found.say(&RULE, &target.place, &[&target.text]);
        }
        if number
            && headless
            && row.target.set
            && !declared.is_empty()
            && !declared.contains(&target.text.as_str())
        {
            found.say(&RULE, &target.place, &[&target.text]);
        }
    }
}
