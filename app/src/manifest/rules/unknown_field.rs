//! The API server is asked strictly, as kubectl asks it, and names every field that it does not know instead of dropping it. The table is of Kubernetes 1.36; a newer cluster may know more.
//!
//! Source: `fieldValidation=Strict`, kubernetes/enhancements#2885
//!
//! ```bad
//! container.volumeMounts[0]: {name: data, mountPath: /data, extendPathMode: PodUID}
//! ```
//! ```good
//! container.volumeMounts[0]: {name: data, mountPath: /data, subPath: pod}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "unknown-field",
    degree: Refused,
    words: texts::RULE_UNKNOWN_FIELD,
    checks: &[Check::Value(check)],
    fixes: |scene, lint| without_field(scene, lint, Unsafe),
    ..Rule::PLAIN
};

fn check(v: &Visit, found: &mut Found) {
    if v.of.is_none() && unknown(v) == Unknown::Field {
        found.at(&RULE, v.place);
    }
}
