//! Manifests that were copied out of another console carry such variables.
//!
//! Source: T-08
//!
//! ```bad
//! container.env: [{name: PAAS_APP_NAME, value: web}]
//! ```
//! ```good
//! container.env: [{name: APP_NAME, value: web}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "vendor-variable",
    degree: Hint,
    words: texts::RULE_VENDOR_VARIABLE,
    checks: &[Check::Container(container)],
    fixes: without_row,
    ..Rule::PLAIN
};

/// How the variables begin that Huawei Cloud's console writes into what it creates.
const VENDOR: &str = "PAAS_";

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for row in &c.env {
        found.check(&RULE, &row.name, !row.name.text.starts_with(VENDOR));
    }
}
