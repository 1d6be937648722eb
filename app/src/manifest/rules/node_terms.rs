//! `nodeSelectorTerms` are of node affinity; pod affinity is a list of terms with a topology key.
//!
//! Source: `NodeSelector` of k8s.io/api
//!
//! ```bad
//! pod.affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}]}}}
//! ```
//! ```good
//! pod.affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}]}}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "node-terms",
    degree: Refused,
    words: texts::RULE_NODE_TERMS,
    checks: &[Check::Set(check)],
    fixes,
    covers: true,
    ..Rule::PLAIN
};

const TERMS: &str = "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

fn check(s: &OfSet, found: &mut Found) {
    for key in ["podAffinity", "podAntiAffinity"] {
        let place = s.pod("affinity").key(key);
        if s.bundle.at(&place.join(TERMS)).is_some() {
            found.at(&RULE, &place);
        }
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let pods = lint.place.path.to_string().ends_with("podAffinity");
    let taken = scene.set_of(&lint.place).map(|s| s.pod("affinity.nodeAffinity"));
    let free = taken.is_some_and(|place| scene.bundle.at(&place).is_none());
    let rename = Edit::Rename(lint.place.clone(), "nodeAffinity".to_owned());
    let edits = if free && pods { vec![rename] } else { Vec::new() };
    fix(scene, texts::FIX_NODE_AFFINITY, &[], Safe, &edits)
}
