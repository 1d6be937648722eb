//! A set keeps its pods running. What ends is a Job.
//!
//! Source: `ValidateStatefulSetSpec`, pkg/apis/apps/validation
//!
//! ```bad
//! pod.restartPolicy: OnFailure
//! ```
//! ```good
//! pod.restartPolicy: Always
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "restart-policy",
    degree: Refused,
    words: texts::RULE_RESTART_POLICY,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.pod("restartPolicy");
    if !matches!(s.bundle.get(&place), "" | "Always") {
        found.at(&RULE, &place);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edit = Edit::Set(lint.place.clone(), Written::Text("Always".to_owned()));
    fix(scene, texts::FIX_ALWAYS, &[], Safe, &[edit])
}
