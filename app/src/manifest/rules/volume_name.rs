//! Mounts name their volume, so each has a name of its own.
//!
//! Source: `ValidateVolumes`, pkg/apis/core/validation
//!
//! ```bad
//! pod.volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]
//! ```
//! ```good
//! pod.volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "volume-name",
    degree: Refused,
    words: texts::RULE_VOLUME_NAME,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let list = s.pod("volumes");
    let names: Vec<Field> = children(s.bundle, &list)
        .map(|volume| field(s.bundle, volume.key("name")))
        .collect();
    found.unique(&RULE, &names);
}
