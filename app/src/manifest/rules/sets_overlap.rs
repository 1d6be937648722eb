//! Each set counts what its selector finds and adopts what nobody owns. Selectors of sets in one namespace must not overlap.
//!
//! Source: kubernetes.io, StatefulSets: pod selector
//!
//! ```bad
//! +StatefulSet second: {spec: {serviceName: web, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: app:1.0}]}}}}
//! ```
//! ```good
//! +StatefulSet second: {spec: {serviceName: second, selector: {matchLabels: {app: second}}, template: {metadata: {labels: {app: second}}, spec: {containers: [{name: main, image: app:1.0}]}}}}
//! +Service second: {spec: {clusterIP: None, selector: {app: second}}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "sets-overlap",
    degree: Trap,
    words: texts::RULE_SETS_OVERLAP,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let finds = |other: &OfSet| {
        let wanted = pairs(s.bundle, &other.at("spec.selector.matchLabels"));
        let near = other.form.namespace.text == s.form.namespace.text;
        near && other.set < s.set && !wanted.is_empty() && carries(&s.form.labels, &wanted)
    };
    let there = |other: &&SetOffer| {
        let carried = |(key, value): &(String, String)| {
            s.form
                .labels
                .iter()
                .any(|l| l.key == *key && l.value.text == *value)
        };
        other.name != s.form.name.text && !other.selector.is_empty() && other.selector.iter().all(carried)
    };
    let here = s.scene.sets().find(finds).map(|o| o.form.name.text.clone());
    let cluster = s.scene.offers.sets.and_then(|sets| sets.iter().find(there));
    if let Some(other) = here.or(cluster.map(|o| o.name.clone())) {
        found.say(&RULE, &s.at("spec.template.metadata.labels"), &[&other]);
    }
}
