//! The field holds a whole number. What Kubernetes' reader takes for one is one: `0o440`, `1.00062e+09`.
//!
//! Source: `encoding/json` of Go, into an int32 or int64
//!
//! ```bad
//! spec.replicas: three
//! ```
//! ```good
//! spec.replicas: 3.0
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "not-a-number",
    degree: Refused,
    words: texts::RULE_NOT_A_NUMBER,
    checks: &[Check::Value(check)],
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    let number = matches!(
        v.of,
        Some(Type {
            many: Many::One,
            of: Value::Integer
        })
    );
    let odd = v.plain().is_some_and(|text| whole_number(text).is_none());
    let word = v.quoted().is_some_and(|text| whole_number(text).is_none());
    if number && (odd || word) {
        found.at(&RULE, v.place);
    }
}
