//! The next pod of the same name may run on another node, with another directory there.
//!
//! Source: kubernetes.io, Volumes: hostPath
//!
//! ```bad
//! pod.volumes: [{name: logs, hostPath: {path: /var/log/web}}]
//! ```
//! ```good
//! pod.volumes: [{name: logs, emptyDir: {}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "host-path",
    degree: Hint,
    words: texts::RULE_HOST_PATH,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    for volume in children(s.bundle, &s.pod("volumes")) {
        let host = volume.key("hostPath");
        // The clock of the node is read, and nothing kept in it.
        let clock = s.bundle.get(&host.key("path")) == "/etc/localtime";
        if s.bundle.at(&host).is_some() && !clock {
            found.at(&RULE, &host);
        }
    }
}
