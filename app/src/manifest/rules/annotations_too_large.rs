//! Keys and values count. `kubectl apply` adds a copy of the whole manifest as one more.
//!
//! Source: `TotalAnnotationSizeLimitB` of k8s.io/apimachinery
//!
//! ```bad
//! metadata.annotations: {big: BIG}
//! ```
//! ```good
//! metadata.annotations: {small: a}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "annotations-too-large",
    degree: Refused,
    words: texts::RULE_ANNOTATIONS_TOO_LARGE,
    checks: &[Check::Document(check)],
    ..Rule::PLAIN
};

/// What Kubernetes takes, in bytes.
const MOST: usize = 256 * 1024;

fn check(scene: &Scene, n: usize, _: &Document, found: &mut Found) {
    for path in ["metadata.annotations", "spec.template.metadata.annotations"] {
        let place = Place::new(n, path);
        let entries = scene.bundle.at(&place).map(Node::entries).unwrap_or_default();
        let size: usize = entries
            .iter()
            .map(|e| e.key.len() + e.value.text().unwrap_or_default().len())
            .sum();
        if size > MOST {
            found.say(&RULE, &place, &[&size.to_string(), &MOST.to_string()]);
        }
    }
}
