//! `In` and `NotIn` compare with values; without any they mean nothing.
//!
//! Source: `ValidateNodeSelectorRequirement`, pkg/apis/core/validation; `ValidateLabelSelectorRequirement`
//!
//! ```bad
//! pod.affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In}]}]}}}
//! ```
//! ```good
//! pod.affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}]}}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "operator-without-values",
    degree: Refused,
    words: texts::RULE_OPERATOR_WITHOUT_VALUES,
    checks: &[Check::Node(check)],
    ..Rule::PLAIN
};

fn check(_: &Scene, place: &Place, node: &Node, found: &mut Found) {
    let Some((operator, values)) = requirement(node) else {
        return;
    };
    if matches!(operator, "In" | "NotIn") && values == 0 {
        found.say(&RULE, &place.key("operator"), &[operator]);
    }
}
