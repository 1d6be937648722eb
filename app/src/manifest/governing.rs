//! The tie between a set and the Service that gives its pods their names: nothing but a name in two documents.
use super::{
    documents::{Bundle, Document},
    field::{Pair, pairs},
    path::Place,
};
use crate::model::offers::OfferedService;

/// How a set's `serviceName` is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    /// This document: headless, and it selects the pods.
    Here(usize),
    /// This document, which selects labels that the pods do not carry.
    SelectsOthers(usize),
    /// This document, which has an address of its own.
    HasAddress(usize),
    /// This document, in another namespace: the name does not reach it.
    OtherNamespace(usize),
    /// No document; but this one is headless, selects the pods, and no set names it: one of the names is a slip.
    OtherName(usize),
    /// No document; the cluster has it, headless and with the pods' labels.
    InCluster,
    /// No document; the one in the cluster selects labels that the pods do not carry.
    SelectsOthersInCluster,
    /// No document; the one in the cluster has an address of its own.
    HasAddressInCluster,
    /// Neither here nor, where that is known, in the cluster.
    Nowhere,
    /// No `serviceName`: legal, and the pods get no names.
    Unnamed,
}

/// Judges the tie. `services` are those of the set's namespace in the cluster, where they may be listed. One in the
/// cluster that fits is believed before a slip, a slip before one in the cluster that does not fit.
pub fn governing(bundle: &Bundle, set: usize, services: Option<&[OfferedService]>) -> Governing {
    let Some(document) = bundle.documents.get(set) else {
        return Governing::Unnamed;
    };
    let labels = labels(bundle, set);
    let wanted = document.text("spec.serviceName");
    if let Some(n) = named(bundle, document, wanted) {
        return match &bundle.documents[n] {
            service if !reaches(document, service) => Governing::OtherNamespace(n),
            service if !is_headless(service) => Governing::HasAddress(n),
            _ if !carries(&labels, &selector(bundle, n)) => Governing::SelectsOthers(n),
            _ => Governing::Here(n),
        };
    }
    if wanted.is_empty() {
        return Governing::Unnamed;
    }
    let there = services.and_then(|s| s.iter().find(|s| s.name == wanted));
    let selects = |service: &OfferedService| {
        let carried =
            |(key, value): &(String, String)| labels.iter().any(|l| l.key == *key && l.value.text == *value);
        service.selector.iter().all(carried)
    };
    match (there, slip(bundle, set)) {
        (Some(service), _) if service.headless && selects(service) => Governing::InCluster,
        (_, Some(n)) => Governing::OtherName(n),
        (Some(service), _) if service.headless => Governing::SelectsOthersInCluster,
        (Some(_), _) => Governing::HasAddressInCluster,
        (None, None) => Governing::Nowhere,
    }
}

/// The Service that the form shows with the set: the one that it names, else the one that was probably meant, else a
/// headless one that belongs to no other set.
pub fn service_of(bundle: &Bundle, set: usize) -> Option<usize> {
    let document = bundle.documents.get(set)?;
    let free = || unnamed(bundle, set).find(|n| is_headless(&bundle.documents[*n]));
    named(bundle, document, document.text("spec.serviceName"))
        .or_else(|| slip(bundle, set))
        .or_else(free)
}

/// Whether labels answer a selector.
pub fn carries(labels: &[Pair], wanted: &[Pair]) -> bool {
    wanted.iter().all(|w| {
        labels
            .iter()
            .any(|l| l.key == w.key && l.value.text == w.value.text)
    })
}

/// The Service of a name, in the set's namespace before any other.
fn named(bundle: &Bundle, set: &Document, name: &str) -> Option<usize> {
    let is = |d: &Document| d.kind() == "Service" && d.name() == name;
    let documents = &bundle.documents;
    let near = documents.iter().position(|d| is(d) && reaches(set, d));
    near.or_else(|| documents.iter().position(is))
}

/// The headless Service that selects the pods and that no set names.
pub fn slip(bundle: &Bundle, set: usize) -> Option<usize> {
    let labels = labels(bundle, set);
    unnamed(bundle, set).find(|n| {
        let wanted = selector(bundle, *n);
        is_headless(&bundle.documents[*n]) && !wanted.is_empty() && carries(&labels, &wanted)
    })
}

/// The Services within reach that no set of the bundle names.
fn unnamed(bundle: &Bundle, set: usize) -> impl Iterator<Item = usize> {
    let documents = &bundle.documents;
    (0..documents.len()).filter(move |n| {
        let service = &documents[*n];
        let names = |d: &Document| d.kind() == "StatefulSet" && d.text("spec.serviceName") == service.name();
        service.kind() == "Service" && reaches(&documents[set], service) && !documents.iter().any(names)
    })
}

/// Names do not cross namespaces; who has none goes where the import goes.
fn reaches(set: &Document, service: &Document) -> bool {
    let (a, b) = (set.namespace(), service.namespace());
    a.is_empty() || b.is_empty() || a == b
}

fn is_headless(service: &Document) -> bool {
    service.text("spec.clusterIP") == "None"
}

fn labels(bundle: &Bundle, set: usize) -> Vec<Pair> {
    pairs(bundle, &Place::new(set, "spec.template.metadata.labels"))
}

fn selector(bundle: &Bundle, service: usize) -> Vec<Pair> {
    pairs(bundle, &Place::new(service, "spec.selector"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, service: &str) -> String {
        let service = if service.is_empty() {
            String::new()
        } else {
            format!("serviceName: {service}, ")
        };
        format!(
            "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: {name}, namespace: x}}\nspec: {{{service}template: {{metadata: {{labels: {{app: {name}}}}}}}}}\n"
        )
    }

    fn service(name: &str, namespace: &str, spec: &str) -> String {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec: {{{spec}}}\n"
        )
    }

    fn offered(name: &str, headless: bool, app: &str) -> Vec<OfferedService> {
        vec![OfferedService {
            name: name.to_owned(),
            headless,
            selector: vec![("app".to_owned(), app.to_owned())],
        }]
    }

    /// The rows of the reference's section 3.3, in its order; the set is the first document.
    #[test]
    fn each_case_of_the_tie() {
        let good = "clusterIP: None, selector: {app: db}";
        let other = "clusterIP: None, selector: {app: db, version: v1}";
        let address = "selector: {app: db}";
        let cases: Vec<(&str, String, Option<Vec<OfferedService>>, Governing)> = vec![
            ("g", service("g", "x", good), None, Governing::Here(1)),
            ("g", service("g", "x", other), None, Governing::SelectsOthers(1)),
            ("g", service("g", "x", address), None, Governing::HasAddress(1)),
            ("g", service("h", "x", good), None, Governing::OtherName(1)),
            ("g", service("h", "x", other), None, Governing::Nowhere),
            ("g", service("h", "x", address), None, Governing::Nowhere),
            (
                "g",
                service("h", "x", good) + &set("else", "h"),
                None,
                Governing::Nowhere,
            ),
            (
                "g",
                String::new(),
                Some(offered("g", true, "db")),
                Governing::InCluster,
            ),
            (
                "g",
                service("h", "x", good),
                Some(offered("g", true, "db")),
                Governing::InCluster,
            ),
            (
                "g",
                String::new(),
                Some(offered("g", true, "else")),
                Governing::SelectsOthersInCluster,
            ),
            (
                "g",
                String::new(),
                Some(offered("g", false, "db")),
                Governing::HasAddressInCluster,
            ),
            (
                "g",
                service("h", "x", good),
                Some(offered("g", false, "db")),
                Governing::OtherName(1),
            ),
            (
                "g",
                String::new(),
                Some(offered("h", true, "db")),
                Governing::Nowhere,
            ),
            ("g", String::new(), None, Governing::Nowhere),
            ("", String::new(), None, Governing::Unnamed),
            ("", service("h", "x", good), None, Governing::Unnamed),
            ("g", service("g", "y", good), None, Governing::OtherNamespace(1)),
            (
                "g",
                service("g", "y", good) + &service("g", "x", good),
                None,
                Governing::Here(2),
            ),
            ("g", service("h", "y", good), None, Governing::Nowhere),
        ];
        for (name, rest, cluster, wanted) in cases {
            let bundle = Bundle::read(&(set("db", name) + &rest)).unwrap();
            assert_eq!(
                governing(&bundle, 0, cluster.as_deref()),
                wanted,
                "{name} {rest} {cluster:?}"
            );
        }
    }

    #[test]
    fn the_form_shows_the_service_that_belongs_to_the_set() {
        let good = "clusterIP: None, selector: {app: db}";
        let shown = |rest: String| service_of(&Bundle::read(&(set("db", "g") + &rest)).unwrap(), 0);
        let front = service("front", "x", "type: NodePort, selector: {app: db}");
        assert_eq!(shown(front.clone() + &service("g", "x", good)), Some(2));
        assert_eq!(shown(front.clone() + &service("h", "x", good)), Some(2));
        assert_eq!(
            shown(front.clone() + &service("h", "x", "clusterIP: None")),
            Some(2)
        );
        assert_eq!(shown(front), None);
    }
}
