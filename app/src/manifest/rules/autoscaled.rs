//! An autoscaler whose target has this name is there already, and writes `spec.replicas` of whatever set gets it. At 0 it pauses.
//!
//! Source: kubernetes.io, Horizontal Pod Autoscaling
//!
//! ```bad
//! @autoscalers web
//! ```
//! ```good
//! @autoscalers other
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "autoscaled",
    degree: Hint,
    words: texts::RULE_AUTOSCALED,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let ours = |a: &&Autoscaler| a.target == s.form.name.text;
    if let Some(scaler) = s.scene.offers.autoscalers.iter().find(ours) {
        let (min, max) = (scaler.min.to_string(), scaler.max.to_string());
        found.say(&RULE, &s.form.replicas.place, &[&scaler.name, &min, &max]);
    }
}
