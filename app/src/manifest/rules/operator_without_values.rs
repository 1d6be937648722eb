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
    fixes: no_fix,
    covers: false,
    meets: false,
};

fn check(_: &Scene, place: &Place, node: &Node, found: &mut Found) {
    let operator = node
        .entry("operator")
        .and_then(|e| e.value.text())
        .unwrap_or_default();
    let values = node.entry("values").map_or(0, |e| e.value.items().len());
    if node.entry("key").is_some() && matches!(operator, "In" | "NotIn") && values == 0 {
        found.say(&RULE, &place.key("operator"), &[operator]);
    }
}
