//! Names of Services were RFC 1035 labels; since 1.36 RFC 1123 will do by default. Each pod's variables named after it need a letter first.
//!
//! Source: kubernetes/enhancements#5311
//!
//! ```bad
//! +Service 1web: {spec: {selector: {app: web}, ports: [{port: 80}]}}
//! ```
//! ```good
//! +Service web1: {spec: {selector: {app: web}, ports: [{port: 80}]}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "service-name-digit",
    degree: Hint,
    words: texts::RULE_SERVICE_NAME_DIGIT,
    checks: &[Check::Service(service)],
    ..Rule::PLAIN
};

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    let name = service.name.text.as_str();
    found.check(
        &RULE,
        &service.name,
        !name.starts_with(|c: char| c.is_ascii_digit()),
    );
}
