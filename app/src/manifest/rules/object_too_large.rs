//! etcd refuses requests above 1.5 MiB by default. A dry run does not reach it, so nobody says so before.
//!
//! Source: etcd, `--max-request-bytes`
//!
//! ```bad
//! container.args: [HUGE]
//! ```
//! ```good
//! container.args: [small]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "object-too-large",
    degree: Trap,
    words: texts::RULE_OBJECT_TOO_LARGE,
    checks: &[Check::Document(check)],
    ..Rule::PLAIN
};

/// What etcd takes by default, in bytes.
const MOST: usize = 1_572_864;

fn check(_: &Scene, n: usize, document: &Document, found: &mut Found) {
    let size = document.range.len();
    // A list is stored as its members.
    if size > MOST && !is_list(document) {
        found.say(
            &RULE,
            &Place::new(n, "metadata.name"),
            &[&size.to_string(), &MOST.to_string()],
        );
    }
}
