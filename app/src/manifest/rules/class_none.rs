//! A class of "" asks for volumes without a class, which no provisioner makes. Leaving the field out asks for the default.
//!
//! Source: kubernetes.io, Persistent Volumes: class
//!
//! ```bad
//! claim.spec.storageClassName: ""
//! ```
//! ```good
//! claim.spec.storageClassName: standard
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "class-none",
    degree: Trap,
    words: texts::RULE_CLASS_NONE,
    checks: &[Check::Template(template)],
    fixes,
    ..Rule::PLAIN
};

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    found.check(&RULE, &t.class, !t.class.set || !t.class.text.is_empty());
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edit = Edit::Remove(lint.place.clone());
    fix(scene, texts::FIX_DEFAULT_CLASS, &[], Unsafe, &[edit])
}
