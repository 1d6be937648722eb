//! Clients of a headless Service choose a pod by its name.
//!
//! Source: kubernetes.io, Services: session affinity
//!
//! ```bad
//! Service/spec.sessionAffinity: ClientIP
//! ```
//! ```good
//! Service/spec.publishNotReadyAddresses: true
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "headless-affinity",
    degree: Hint,
    words: texts::RULE_HEADLESS_AFFINITY,
    checks: &[Check::Service(service)],
    fixes,
    ..Rule::PLAIN
};

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    let sticky = service.affinity.text == "ClientIP" && service.cluster_ip.text == "None";
    found.check(&RULE, &service.affinity, !sticky);
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edit = Edit::Remove(lint.place.clone());
    fix(scene, texts::FIX_NO_AFFINITY, &[], Unsafe, &[edit])
}
