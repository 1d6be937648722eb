//! The Service, and the selectors that tie it and the set to the pods.
use super::{Found, Rule, containers::protocol_rule, names};
use crate::manifest::{
    documents::Bundle,
    form::{Field, Pair, ServiceForm, ServicePortRow, StatefulSetForm, pairs},
    path::Place,
};

pub(super) fn service(form: &StatefulSetForm, found: &mut Found) {
    let Some(service) = &form.service else {
        if form.service_name.set && !form.service_name.text.is_empty() {
            found.add(&form.service_name, Rule::NoService);
        }
        return;
    };
    // An empty name follows the set's, where it is told already.
    let follows = service.name.text.is_empty() && form.name.text.is_empty();
    if !follows && found.required(&service.name) {
        found.check(
            &service.name,
            names::is_service_name(&service.name.text),
            Rule::ServiceName,
        );
    }
    if form.service_name.text != service.name.text {
        found.add(&form.service_name, Rule::NoService);
    }
    if service.namespace.set && service.namespace.text != form.namespace.text {
        found.add(&service.namespace, Rule::OtherNamespace);
    }
    ports(form, service, found);
    let named = !service.name.text.is_empty() && form.service_name.text == service.name.text;
    let headless = service.cluster_ip.text == "None";
    found.check(&service.cluster_ip, headless || !named, Rule::NotHeadless);
    let sticky = service.affinity.text == "ClientIP" && headless;
    found.check(&service.affinity, !sticky, Rule::Affinity);
    if !carries(&form.labels, &service.selector) {
        found.at(
            &Place::new(service.document, "spec.selector"),
            Rule::ServiceSelector,
        );
    }
}

fn ports(form: &StatefulSetForm, service: &ServiceForm, found: &mut Found) {
    let several = service.ports.len() > 1;
    for (n, row) in service.ports.iter().enumerate() {
        if several && row.name.text.is_empty() {
            found.add(&row.name, Rule::Required);
        }
        if !row.name.text.is_empty() {
            found.check(&row.name, names::is_dns_label(&row.name.text), Rule::DnsLabel);
        }
        if found.required(&row.port) {
            found.integer(&row.port, 1, 65535);
            let protocol = |r: &ServicePortRow| {
                if r.protocol.set {
                    r.protocol.text.clone()
                } else {
                    "TCP".into()
                }
            };
            let same = |r: &ServicePortRow| r.port.text == row.port.text && protocol(r) == protocol(row);
            found.check(&row.port, !service.ports[..n].iter().any(same), Rule::Duplicate);
        }
        protocol_rule(&row.protocol, found);
        if !row.target.text.is_empty() {
            target(form, &row.target, found);
        }
    }
    found.unique(service.ports.iter().map(|p| &p.name));
}

fn target(form: &StatefulSetForm, field: &Field, found: &mut Found) {
    if field.text.bytes().all(|b| b.is_ascii_digit()) {
        found.integer(field, 1, 65535);
    } else {
        let named = form
            .containers
            .iter()
            .flat_map(|c| &c.ports)
            .any(|p| p.name.text == field.text);
        found.check(field, named, Rule::TargetPort);
    }
}

pub(super) fn selector(bundle: &Bundle, form: &StatefulSetForm, set: usize, found: &mut Found) {
    let place = Place::new(set, "spec.selector.matchLabels");
    let wanted = pairs(bundle, &place);
    let expressions = bundle
        .at(&Place::new(set, "spec.selector.matchExpressions"))
        .is_some();
    if (wanted.is_empty() && !expressions) || !carries(&form.labels, &wanted) {
        found.at(&place, Rule::Selector);
    }
}

fn carries(labels: &[Pair], wanted: &[Pair]) -> bool {
    wanted.iter().all(|w| {
        labels
            .iter()
            .any(|l| l.key == w.key && l.value.text == w.value.text)
    })
}
