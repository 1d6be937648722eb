//! The field may be empty since 1.33 or so; it is fixed once the set exists.
//!
//! Source: `StatefulSetSpec.serviceName`; `ValidateStatefulSetUpdate`
//!
//! ```bad
//! -spec.serviceName
//! ```
//! ```good
//! spec.serviceName: web
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-service-name",
    degree: Trap,
    words: texts::RULE_NO_SERVICE_NAME,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    // While the set has no name yet, its Service has none either.
    let unnamed = governing(s.bundle, s.set, s.scene.offers.services) == Governing::Unnamed;
    if unnamed && !s.form.name.text.is_empty() {
        found.at(&RULE, &s.form.service_name.place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.set_of(&lint.place) else {
        return Vec::new();
    };
    match slip(s.bundle, s.set) {
        Some(n) => {
            let name = s.bundle.documents[n].name();
            fix(
                scene,
                texts::FIX_NAME_SERVICE,
                &[name],
                Unsafe,
                &[named(&s, name)],
            )
        }
        None => added(&s, &format!("{}-headless", s.form.name.text)),
    }
}
