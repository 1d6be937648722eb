//! Names of sets, containers, volumes and namespaces become parts of DNS names.
//!
//! Source: RFC 1123; `IsDNS1123Label` of k8s.io/apimachinery
//!
//! ```bad
//! container.name: Main_1
//! ```
//! ```good
//! container.name: main-1
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "dns-label",
    degree: Refused,
    words: texts::RULE_DNS_LABEL,
    checks: &[
        Check::Set(set),
        Check::Container(container),
        Check::Template(template),
        Check::Service(service),
        Check::Declared(declared),
    ],
    ..Rule::PLAIN
};

fn set(s: &OfSet, found: &mut Found) {
    for field in [&s.form.name, &s.form.namespace, &s.form.service_name] {
        label(field, found);
    }
    for volume in children(s.bundle, &s.pod("volumes")) {
        label(&field(s.bundle, volume.key("name")), found);
    }
}

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    label(&c.name, found);
}

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    label(&t.name, found);
}

fn service(_: &Scene, service: &ServiceForm, found: &mut Found) {
    label(&service.name, found);
    service.ports.iter().for_each(|p| label(&p.name, found));
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    let form = match holds {
        Holds::Text(Form::Of(source)) => source.form(),
        Holds::Text(form) => form,
        _ => return,
    };
    if form == Form::DnsLabel {
        label(field, found);
    }
}

fn label(field: &Field, found: &mut Found) {
    found.check(
        &RULE,
        field,
        field.text.is_empty() || names::is_dns_label(&field.text),
    );
}
