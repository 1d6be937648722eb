//! The headless Service that is created with the set.
use super::{More, more, of_scope};
use crate::manifest::{
    documents::Bundle,
    field::{Field, Pair, children, field, pairs},
    fields::Scope,
    path::Place,
};

/// What has an editor of its own.
const KNOWN: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata.name",
    "metadata.namespace",
    "metadata.labels",
    "spec.clusterIP",
    "spec.selector",
    "spec.ports",
    "spec.sessionAffinity",
    "spec.type",
];

/// The Service's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceForm {
    /// Which document it is.
    pub document: usize,
    /// `metadata.name`
    pub name: Field,
    /// `metadata.namespace`
    pub namespace: Field,
    /// `spec.clusterIP`
    pub cluster_ip: Field,
    /// `spec.sessionAffinity`
    pub affinity: Field,
    /// `spec.ports`
    pub ports: Vec<ServicePortRow>,
    /// `spec.selector`
    pub selector: Vec<Pair>,
    /// What else is set.
    pub more: More,
}

/// A port of the Service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServicePortRow {
    /// The member of `ports`.
    pub place: Place,
    /// `name`
    pub name: Field,
    /// `protocol`
    pub protocol: Field,
    /// `port`
    pub port: Field,
    /// `targetPort`: a number, or the name of a container's port.
    pub target: Field,
}

impl ServiceForm {
    /// Reads the Service in a document.
    pub fn read(bundle: &Bundle, document: usize) -> Self {
        let at = |path: &str| field(bundle, Place::new(document, path));
        Self {
            document,
            name: at("metadata.name"),
            namespace: at("metadata.namespace"),
            cluster_ip: at("spec.clusterIP"),
            affinity: at("spec.sessionAffinity"),
            ports: children(bundle, &Place::new(document, "spec.ports"))
                .map(|place| ServicePortRow {
                    name: field(bundle, place.key("name")),
                    protocol: field(bundle, place.key("protocol")),
                    port: field(bundle, place.key("port")),
                    target: field(bundle, place.key("targetPort")),
                    place,
                })
                .collect(),
            selector: pairs(bundle, &Place::new(document, "spec.selector")),
            more: more(
                bundle,
                &Place::new(document, ""),
                KNOWN,
                &of_scope(Scope::Service),
            ),
        }
    }
}
