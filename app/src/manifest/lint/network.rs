//! The Services, and the selectors that tie them and the set to the pods.
use super::{Found, OfferedService, Rule, containers::protocol_rule, names};
use crate::manifest::{
    documents::Bundle,
    form::{Field, ServiceForm, ServicePortRow, StatefulSetForm, field, pairs},
    governing::{Governing, carries, governing},
    path::Place,
};

/// Choices of a headless Service that few have; an access Service declares them.
const CHOICES: [(&str, &[&str]); 4] = [
    (
        "spec.type",
        &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
    ),
    ("spec.sessionAffinity", &["None", "ClientIP"]),
    ("spec.externalTrafficPolicy", &["Cluster", "Local"]),
    ("spec.internalTrafficPolicy", &["Cluster", "Local"]),
];

pub(super) fn service(
    bundle: &Bundle,
    form: &StatefulSetForm,
    set: usize,
    services: Option<&[OfferedService]>,
    found: &mut Found,
) {
    match governing(bundle, set, services) {
        // While the set has no name yet, its Service has none either.
        Governing::Unnamed if !form.name.text.is_empty() => {
            found.add(&form.service_name, Rule::NoServiceName)
        }
        Governing::OtherName(_) | Governing::Nowhere => found.add(&form.service_name, Rule::NoService),
        Governing::HasAddressInCluster => found.add(&form.service_name, Rule::NotHeadless),
        Governing::SelectsOthersInCluster => found.add(&form.service_name, Rule::ServiceSelector),
        // What is wrong with one in the bundle is told at its fields, below.
        _ => {}
    }
    let Some(service) = &form.service else { return };
    // An empty name follows the set's, where it is told already.
    let follows = service.name.text.is_empty() && form.name.text.is_empty();
    if !follows && found.required(&service.name) {
        found.check(
            &service.name,
            names::is_service_name(&service.name.text),
            Rule::ServiceName,
        );
    }
    if service.namespace.set && service.namespace.text != form.namespace.text {
        found.add(&service.namespace, Rule::OtherNamespace);
    }
    ports(form, service, found);
    let named = !service.name.text.is_empty() && form.service_name.text == service.name.text;
    let headless = service.cluster_ip.text == "None";
    found.check(&service.cluster_ip, headless || !named, Rule::NotHeadless);
    for (path, values) in CHOICES {
        let choice = field(bundle, Place::new(service.document, path));
        let known = choice.text.is_empty() || values.contains(&choice.text.as_str());
        found.check(&choice, known, Rule::OneOf(values));
    }
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

/// Other sets that share the Service, and objects that end up in another namespace.
pub(super) fn others(bundle: &Bundle, form: &StatefulSetForm, set: usize, found: &mut Found) {
    for (n, document) in bundle.documents.iter().enumerate() {
        let (own, governing) = (n == set, form.service.as_ref().map(|s| s.document) == Some(n));
        let elsewhere = !document.namespace().is_empty() && document.namespace() != form.namespace.text;
        if elsewhere && !own && !governing {
            found.at(&Place::new(n, "metadata.namespace"), Rule::ForeignNamespace);
        }
        let shares =
            document.kind() == "StatefulSet" && document.text("spec.serviceName") == form.service_name.text;
        if let Some(service) = form.service.as_ref().filter(|_| shares && !own && !elsewhere) {
            let labels = Place::new(n, "spec.template.metadata.labels");
            if !carries(&pairs(bundle, &labels), &service.selector) {
                found.at(&labels, Rule::ServiceSelector);
            }
        }
    }
}

/// Two documents that are one object: the second would be refused, and two sets of one name have the same pods.
pub(super) fn twice(bundle: &Bundle, found: &mut Found) {
    let object = |n: usize| {
        let document = &bundle.documents[n];
        (document.kind(), document.name(), document.namespace())
    };
    for n in 0..bundle.documents.len() {
        let named = !object(n).1.is_empty() && !object(n).0.is_empty();
        if named && (0..n).any(|before| object(before) == object(n)) {
            found.at(&Place::new(n, "metadata.name"), Rule::Duplicate);
        }
    }
}
