//! Most names of objects are DNS subdomains.
//!
//! Source: RFC 1123; `IsDNS1123Subdomain` of k8s.io/apimachinery
//!
//! ```bad
//! claim.spec.storageClassName: Fast_SSD
//! ```
//! ```good
//! claim.spec.storageClassName: fast-ssd
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "dns-name",
    degree: Refused,
    words: texts::RULE_DNS_NAME,
    checks: &[Check::Template(template), Check::Declared(declared)],
    ..Rule::PLAIN
};

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    subdomain(&t.class, found);
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    let form = match holds {
        Holds::Text(Form::Of(source)) => source.form(),
        Holds::Text(form) => form,
        _ => return,
    };
    if form == Form::DnsName {
        subdomain(field, found);
    }
}

fn subdomain(field: &Field, found: &mut Found) {
    found.check(
        &RULE,
        field,
        field.text.is_empty() || names::is_subdomain(&field.text),
    );
}
