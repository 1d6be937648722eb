//! The set is created all the same, and its pods have no DNS names until a headless Service of this name exists.
//!
//! Source: kubernetes.io, StatefulSets: limitations
//!
//! ```bad
//! spec.serviceName: web-service
//! ```
//! ```good
//! spec.serviceName: web
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-nowhere",
    degree: Trap,
    words: texts::RULE_SERVICE_NOWHERE,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let tie = governing(s.bundle, s.set, s.scene.offers.services);
    if matches!(tie, Governing::OtherName(_) | Governing::Nowhere) {
        found.at(&RULE, &s.form.service_name.place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.set_of(&lint.place) else {
        return Vec::new();
    };
    let wanted = s.form.service_name.text.as_str();
    let Some(n) = slip(s.bundle, s.set) else {
        return added(&s, wanted);
    };
    let name = s.bundle.documents[n].name();
    let rename = Edit::Set(Place::new(n, "metadata.name"), Written::Text(wanted.to_owned()));
    let mut ways = fix(
        scene,
        texts::FIX_NAME_SERVICE,
        &[name],
        Unsafe,
        &[named(&s, name)],
    );
    ways.extend(fix(
        scene,
        texts::FIX_RENAME_SERVICE,
        &[name, wanted],
        Unsafe,
        &[rename],
    ));
    ways
}
