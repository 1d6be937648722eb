//! Under OrderedReady a pod that stays Pending also keeps all pods after it from starting.
//!
//! Source: kubernetes.io, assigning pods to nodes
//!
//! ```bad
//! pod.affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}
//! ```
//! ```good
//! pod.affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}}]}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "hard-anti-affinity",
    degree: Hint,
    words: texts::RULE_HARD_ANTI_AFFINITY,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.pod("affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    if s.replicas() > 1 && s.bundle.at(&place).is_some() {
        found.at(&RULE, &place);
    }
}
