//! The annotation is no longer read, or not for long; the field is.
//!
//! Source: T-21; kubernetes.io, well-known annotations
//!
//! ```bad
//! claim.metadata.annotations: {volume.beta.kubernetes.io/storage-class: fast}
//! ```
//! ```good
//! claim.spec.storageClassName: fast
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "old-annotation",
    degree: Trap,
    words: texts::RULE_OLD_ANNOTATION,
    checks: &[Check::Document(document), Check::Set(set)],
    fixes,
    ..Rule::PLAIN
};

/// Annotations that have become fields: annotation, field below the object.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("volume.beta.kubernetes.io/storage-class", "spec.storageClassName"),
    (
        "service.alpha.kubernetes.io/tolerate-unready-endpoints",
        "spec.publishNotReadyAddresses",
    ),
];

fn document(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    if matches!(document.kind(), "Service" | "PersistentVolumeClaim") {
        object(scene.bundle, &Place::new(n, ""), found);
    }
}

fn set(s: &OfSet, found: &mut Found) {
    s.form
        .templates
        .iter()
        .for_each(|t| object(s.bundle, &t.place, found));
}

fn object(bundle: &Bundle, object: &Place, found: &mut Found) {
    for (name, field) in ANNOTATIONS {
        let place = object.join("metadata.annotations").key(name);
        if bundle.at(&place).is_some() {
            found.say(&RULE, &place, &[field]);
        }
    }
}

/// The annotation's value in its field; where the field is set already, that one counts.
fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let field = lint.args[0].as_str();
    let above = lint.place.path.0.len().saturating_sub(3);
    let object = Place {
        document: lint.place.document,
        path: Path(lint.place.path.0[..above].to_vec()),
    };
    let target = object.join(field);
    let value = scene.bundle.get(&lint.place).to_owned();
    let free = scene.bundle.at(&target).is_none();
    let set = free.then_some(Edit::Set(target, Written::Typed(value)));
    let edits: Vec<Edit> = set
        .into_iter()
        .chain([Edit::Remove(lint.place.clone())])
        .collect();
    fix(scene, texts::FIX_AS_FIELD, &[field], Unsafe, &edits)
}
