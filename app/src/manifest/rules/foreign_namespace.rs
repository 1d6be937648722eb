//! ConfigMaps, Secrets, accounts, claims and Services are looked for in the namespace of the pods.
//!
//! Source: kubernetes.io, Namespaces
//!
//! ```bad
//! +ConfigMap settings: {metadata: {namespace: kube-public}}
//! ```
//! ```good
//! +ConfigMap settings: {metadata: {namespace: default}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "foreign-namespace",
    degree: Trap,
    words: texts::RULE_FOREIGN_NAMESPACE,
    checks: &[Check::Document(check)],
    fixes: into_namespace,
    ..Rule::PLAIN
};

/// What a set can name.
const NAMED: &[&str] = &[
    "ConfigMap",
    "Secret",
    "PersistentVolumeClaim",
    "ServiceAccount",
    "Service",
];

fn check(scene: &Scene, n: usize, document: &Document, found: &mut Found) {
    let tied = |s: OfSet| {
        // A Service that the set names is told for itself.
        governing(s.bundle, s.set, scene.offers.services) == Governing::OtherNamespace(n)
    };
    let own = |s: OfSet| s.form.namespace.text == document.namespace() || s.form.namespace.text.is_empty();
    let elsewhere = NAMED.contains(&document.kind()) && !document.namespace().is_empty();
    if elsewhere && scene.sets().next().is_some() && !scene.sets().any(own) && !scene.sets().any(tied) {
        found.at(&RULE, &Place::new(n, "metadata.namespace"));
    }
}
