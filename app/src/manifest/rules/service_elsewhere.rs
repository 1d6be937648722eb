//! A set looks for its Service in its own namespace only.
//!
//! Source: kubernetes.io, StatefulSets: stable network ID
//!
//! ```bad
//! Service/metadata.namespace: kube-public
//! ```
//! ```good
//! Service/metadata.namespace: default
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-elsewhere",
    degree: Trap,
    words: texts::RULE_SERVICE_ELSEWHERE,
    checks: &[Check::Set(check)],
    fixes: into_namespace,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    if let Governing::OtherNamespace(n) = governing(s.bundle, s.set, s.scene.offers.services) {
        found.at(&RULE, &Place::new(n, "metadata.namespace"));
    }
}
