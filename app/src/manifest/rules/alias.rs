//! Anchors are a matter of the text. What is stored has none.
//!
//! Source: T-18
//!
//! ```bad
//! spec.template.metadata.labels: &l {app: web}\n    # x
//! pod.nodeSelector: *l
//! ```
//! ```good
//! pod.nodeSelector: {app: web}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "alias",
    degree: Hint,
    words: texts::RULE_ALIAS,
    checks: &[Check::Document(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(scene: &Scene, n: usize, _: &Document, found: &mut Found) {
    aliases(scene.bundle, n)
        .iter()
        .for_each(|place| found.at(&RULE, place));
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    rewritten(
        texts::FIX_WRITE_OUT,
        &[],
        Safe,
        written_out(scene.bundle, &lint.place),
    )
}
