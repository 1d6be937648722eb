//! Without it there is no such object.
//!
//! Source: `pkg/apis/core/validation`, `pkg/apis/apps/validation`
//!
//! ```bad
//! container.image: ""
//! ```
//! ```good
//! container.image: app:1.0
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "required",
    degree: Refused,
    words: texts::RULE_REQUIRED,
    checks: &[
        Check::Set(set),
        Check::Container(container),
        Check::Template(template),
        Check::Service(service),
    ],
    ..Rule::PLAIN
};

fn set(s: &OfSet, found: &mut Found) {
    // A name that the cluster completes is one.
    if s.get("metadata.generateName").is_empty() {
        need(&s.form.name, found);
    }
    for pair in labels(s) {
        found.check(&RULE, &pair.value, !pair.key.is_empty());
    }
}

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    need(&c.name, found);
    need(&c.image, found);
    c.ports.iter().for_each(|p| need(&p.port, found));
    c.env.iter().for_each(|e| need(&e.name, found));
    for mount in children(s.bundle, &c.place.key("volumeMounts")) {
        need(&field(s.bundle, mount.key("mountPath")), found);
    }
    for pair in pairs(s.bundle, &c.place.join("resources.limits")) {
        found.check(&RULE, &pair.value, !pair.key.is_empty());
    }
}

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    for field in [&t.name, &t.capacity, &t.mode] {
        need(field, found);
    }
}

fn service(scene: &Scene, service: &ServiceForm, found: &mut Found) {
    // An empty name follows the set's, where it is told already.
    let unnamed = |s: OfSet| s.form.name.text.is_empty() && s.reaches(service);
    let completed = !scene
        .bundle
        .get(&Place::new(service.document, "metadata.generateName"))
        .is_empty();
    if !completed && !scene.sets().any(unnamed) {
        need(&service.name, found);
    }
    for port in &service.ports {
        need(&port.port, found);
        if service.ports.len() > 1 {
            need(&port.name, found);
        }
    }
}

fn need(field: &Field, found: &mut Found) {
    found.check(&RULE, field, !field.text.trim().is_empty());
}
