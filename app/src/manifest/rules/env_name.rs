//! Since 1.34 any printable ASCII but `=` will do.
//!
//! Source: kubernetes/enhancements#4369; `IsRelaxedEnvVarName`
//!
//! ```bad
//! container.env: [{name: A=B, value: x}]
//! ```
//! ```good
//! container.env: [{name: a.b-c, value: x}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "env-name",
    degree: Refused,
    words: texts::RULE_ENV_NAME,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for row in &c.env {
        found.check(
            &RULE,
            &row.name,
            row.name.text.is_empty() || names::is_env_name(&row.name.text),
        );
    }
}
