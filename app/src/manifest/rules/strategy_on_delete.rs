//! Under OnDelete nothing rolls, so there is no partition and no share of pods.
//!
//! Source: `ValidateStatefulSetSpec`, pkg/apis/apps/validation
//!
//! ```bad
//! spec.updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}}
//! ```
//! ```good
//! spec.updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "strategy-on-delete",
    degree: Refused,
    words: texts::RULE_STRATEGY_ON_DELETE,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let rolling = s.at("spec.updateStrategy.rollingUpdate");
    if s.get("spec.updateStrategy.type") == "OnDelete"
        && s.bundle.at(&rolling).is_some_and(|n| !n.is_nothing())
    {
        found.at(&RULE, &rolling);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edit = Edit::Remove(lint.place.clone());
    fix(scene, texts::FIX_DROP_ROLLING, &[], Safe, &[edit])
}
