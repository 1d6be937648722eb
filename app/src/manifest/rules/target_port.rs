//! The Service is created all the same, and sends nothing to this port.
//!
//! Source: kubernetes.io, Services: defining a Service
//!
//! ```bad
//! Service/spec.ports: [{name: http, port: 80, targetPort: web}]
//! ```
//! ```good
//! Service/spec.ports: [{name: http, port: 80, targetPort: http}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "target-port",
    degree: Trap,
    words: texts::RULE_TARGET_PORT,
    checks: &[Check::Service(service)],
    fixes,
    ..Rule::PLAIN
};

fn service(scene: &Scene, service: &ServiceForm, found: &mut Found) {
    let Some(s) = selected(scene, service) else { return };
    for row in &service.ports {
        let target = row.target.text.as_str();
        if !target.is_empty() && whole_number(target).is_none() && !ports(&s).any(|name| name == target) {
            found.say(&RULE, &row.target.place, &[target]);
        }
    }
}

fn ports<'a>(s: &'a OfSet) -> impl Iterator<Item = &'a str> {
    s.containers()
        .flat_map(|c| &c.ports)
        .map(|p| p.name.text.as_str())
        .filter(|n| !n.is_empty())
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let service = scene.services.iter().find(|v| v.document == lint.place.document);
    let Some(s) = service.and_then(|service| selected(scene, service)) else {
        return Vec::new();
    };
    let all: Vec<&str> = ports(&s).collect();
    let only = all.first().copied().filter(|_| all.len() == 1);
    let Some(meant) = nearest(&lint.args[0], all.iter().copied()).or(only) else {
        return Vec::new();
    };
    let edit = Edit::Set(lint.place.clone(), Written::Text(meant.to_owned()));
    fix(scene, texts::FIX_THIS_PORT, &[meant], Unsafe, &[edit])
}
