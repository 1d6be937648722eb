//! The field takes a few words only, and their upper and lower case count.
//!
//! Source: `pkg/apis/core/validation`, `pkg/apis/apps/validation`
//!
//! ```bad
//! container.imagePullPolicy: always
//! ```
//! ```good
//! container.imagePullPolicy: Always
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "choice",
    degree: Refused,
    words: texts::RULE_CHOICE,
    checks: &[
        Check::Container(container),
        Check::Template(template),
        Check::Service(service),
        Check::Declared(declared),
    ],
    fixes,
    ..Rule::PLAIN
};

/// How a volume can be mounted.
const ACCESS_MODES: &[&str] = &[
    "ReadWriteOnce",
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOncePod",
];
/// What a port can speak.
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];
const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
/// Choices of a Service that its form does not declare for each kind of one.
const OF_SERVICE: [(&str, &[&str]); 4] = [
    (
        "spec.type",
        &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
    ),
    ("spec.sessionAffinity", &["None", "ClientIP"]),
    ("spec.externalTrafficPolicy", &["Cluster", "Local"]),
    ("spec.internalTrafficPolicy", &["Cluster", "Local"]),
];

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    one_of(&c.pull_policy, PULL_POLICIES, found);
    c.ports.iter().for_each(|p| one_of(&p.protocol, PROTOCOLS, found));
}

fn template(s: &OfSet, t: &TemplateForm, found: &mut Found) {
    for mode in children(s.bundle, &t.place.join("spec.accessModes")) {
        one_of(&field(s.bundle, mode), ACCESS_MODES, found);
    }
}

fn service(scene: &Scene, service: &ServiceForm, found: &mut Found) {
    for (path, values) in OF_SERVICE {
        one_of(
            &field(scene.bundle, Place::new(service.document, path)),
            values,
            found,
        );
    }
    service
        .ports
        .iter()
        .for_each(|p| one_of(&p.protocol, PROTOCOLS, found));
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    if let Holds::Choice(values) = holds {
        one_of(field, values, found);
    }
}

fn one_of(field: &Field, values: &[&str], found: &mut Found) {
    if !field.text.is_empty() && !values.contains(&field.text.as_str()) {
        let known: Vec<&str> = values.iter().filter(|v| !v.is_empty()).copied().collect();
        found.say(&RULE, &field.place, &[&known.join(", ")]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let held = scene.bundle.get(&lint.place);
    let Some(meant) = nearest(held, lint.args[0].split(", ")) else {
        return Vec::new();
    };
    let edit = Edit::Set(lint.place.clone(), Written::Text(meant.to_owned()));
    fix(scene, texts::FIX_CHOOSE, &[meant], Safe, &[edit])
}
