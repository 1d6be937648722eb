//! At one path there is one volume.
//!
//! Source: `ValidateVolumeMounts`, pkg/apis/core/validation
//!
//! ```bad
//! container.volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /data, subPath: a}]
//! ```
//! ```good
//! container.volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /a, subPath: a}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "mount-path-twice",
    degree: Refused,
    words: texts::RULE_MOUNT_PATH_TWICE,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let list = c.place.key("volumeMounts");
    let paths: Vec<Field> = children(s.bundle, &list)
        .map(|mount| field(s.bundle, mount.key("mountPath")))
        .collect();
    found.unique(&RULE, &paths);
}
