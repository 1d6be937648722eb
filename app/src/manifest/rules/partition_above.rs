//! A rollout replaces pods at or above `ordinals.start` + partition, and there is none. A pod that is made anew gets the old revision as well.
//!
//! Source: stateful_set_control.go; kubernetes.io, StatefulSets: partitions
//!
//! ```bad
//! spec.updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 5}}
//! ```
//! ```good
//! spec.updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "partition-above",
    degree: Hint,
    words: texts::RULE_PARTITION_ABOVE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let place = s.at("spec.updateStrategy.rollingUpdate.partition");
    let partition: i64 = s.bundle.get(&place).parse().unwrap_or(0);
    let replicas = s.replicas();
    if partition >= replicas && replicas > 0 && partition > 0 {
        let start: i64 = s.get("spec.ordinals.start").parse().unwrap_or(0);
        let last = start.saturating_add(replicas) - 1;
        found.say(&RULE, &place, &[&format!("{}-{last}", s.form.name.text)]);
    }
}
