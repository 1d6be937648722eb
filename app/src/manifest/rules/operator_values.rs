//! `Exists` and `DoesNotExist` ask for a label, whatever its value is; `In` and `NotIn` ask for values.
//!
//! Source: `ValidateNodeSelectorRequirement`, pkg/apis/core/validation
//!
//! ```bad
//! pod.affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: DoesNotExist, values: [ssd]}]}]}}}
//! ```
//! ```good
//! pod.affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}]}}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "operator-values",
    degree: Refused,
    words: texts::RULE_OPERATOR_VALUES,
    checks: &[Check::Node(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(_: &Scene, place: &Place, node: &Node, found: &mut Found) {
    let Some((operator, values)) = requirement(node) else {
        return;
    };
    if matches!(operator, "Exists" | "DoesNotExist") && values > 0 {
        found.say(&RULE, &place.key("values"), &[operator]);
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let other = if lint.args[0] == "Exists" { "In" } else { "NotIn" };
    let Some(above) = lint.place.path.parent() else {
        return Vec::new();
    };
    let operator = Place {
        path: above.key("operator"),
        ..lint.place.clone()
    };
    let edit = Edit::Set(operator, Written::Text(other.to_owned()));
    let mut ways = fix(scene, texts::FIX_OTHER_OPERATOR, &[other], Safe, &[edit]);
    let out = Edit::Remove(lint.place.clone());
    ways.extend(fix(scene, texts::FIX_DROP_VALUES, &[], Safe, &[out]));
    ways
}
