//! The field holds a boolean. Kubernetes' reader takes `yes`, `on`, `y` and their opposites for one as well, in lower, upper or title case.
//!
//! Source: `resolve` of go.yaml.in/yaml/v2
//!
//! ```bad
//! pod.hostNetwork: 1
//! ```
//! ```good
//! pod.hostNetwork: no
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "not-a-flag",
    degree: Refused,
    words: texts::RULE_NOT_A_FLAG,
    checks: &[Check::Value(check)],
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    let flag = matches!(
        v.of,
        Some(Type {
            many: Many::One,
            of: Value::Flag
        })
    );
    let odd = v
        .plain()
        .is_some_and(|text| !matches!(resolve(text), Resolved::Flag(_)));
    let word = v.quoted().is_some_and(|text| !matches!(text, "true" | "false"));
    if flag && (odd || word) {
        found.at(&RULE, v.place);
    }
}
