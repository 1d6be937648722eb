//! What the wizard edits, read from the text. Every scalar is the text that the user wrote, valid or not.
mod container;
mod service;
mod volume;

pub use container::{ContainerForm, EnvRow, PortRow};
pub use service::{ServiceForm, ServicePortRow};
pub use volume::{Mount, TemplateForm};

use super::{default::DESCRIPTION, documents::Bundle, path::Place, tree::Node};

/// One scalar with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Where it is written.
    pub place: Place,
    /// What stands there, unquoted; empty when absent.
    pub text: String,
    /// Whether the manifest has it at all.
    pub set: bool,
}

/// A key with its value, both being typed. The place is that of the n-th entry of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Field,
}

/// Fields that are set in the text and that no form knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Their keys.
    pub keys: Vec<String>,
    /// The first of them.
    pub first: Place,
}

/// The form of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatefulSetForm {
    /// Which document is the StatefulSet; the form is empty without one.
    pub set: Option<usize>,
    /// `metadata.name`
    pub name: Field,
    /// `metadata.namespace`
    pub namespace: Field,
    /// `spec.replicas`
    pub replicas: Field,
    /// The annotation `kubernetes.io/description`.
    pub description: Field,
    /// `spec.serviceName`
    pub service_name: Field,
    /// `spec.template.spec.containers`
    pub containers: Vec<ContainerForm>,
    /// `spec.volumeClaimTemplates`
    pub templates: Vec<TemplateForm>,
    /// The headless Service that the set names, else the first Service.
    pub service: Option<ServiceForm>,
    /// `spec.template.metadata.labels`
    pub labels: Vec<Pair>,
    /// `spec.template.spec.nodeSelector`
    pub node_selector: Vec<Pair>,
    /// What else is set on the set and its pods.
    pub more: More,
}

impl StatefulSetForm {
    /// Reads the form. Never fails: what is missing or of another shape is empty.
    pub fn read(bundle: &Bundle) -> Self {
        let Some(set) = bundle.find("StatefulSet") else {
            return Self::default();
        };
        let at = |path: &str| Place::new(set, path);
        let description = Place::new(set, "metadata.annotations").key(DESCRIPTION);
        let containers: Vec<_> = children(bundle, &at("spec.template.spec.containers"))
            .map(|place| ContainerForm::read(bundle, place))
            .collect();
        let templates = children(bundle, &at("spec.volumeClaimTemplates"))
            .map(|place| TemplateForm::read(bundle, place, &containers))
            .collect();
        Self {
            set: Some(set),
            name: field(bundle, at("metadata.name")),
            namespace: field(bundle, at("metadata.namespace")),
            replicas: field(bundle, at("spec.replicas")),
            description: field(bundle, description),
            service_name: field(bundle, at("spec.serviceName")),
            templates,
            service: service_of(bundle, set).map(|n| ServiceForm::read(bundle, n)),
            labels: pairs(bundle, &at("spec.template.metadata.labels")),
            node_selector: pairs(bundle, &at("spec.template.spec.nodeSelector")),
            more: more_of_set(bundle, set),
            containers,
        }
    }
}

/// The Service that the set names; while none has that name, the first one.
pub fn service_of(bundle: &Bundle, set: usize) -> Option<usize> {
    let wanted = bundle.documents.get(set)?.text("spec.serviceName");
    let named = |d: &super::Document| d.kind() == "Service" && d.name() == wanted;
    bundle
        .documents
        .iter()
        .position(named)
        .or_else(|| bundle.find("Service"))
}

fn more_of_set(bundle: &Bundle, set: usize) -> More {
    let spec = more(
        bundle,
        &Place::new(set, "spec"),
        &[
            "serviceName",
            "replicas",
            "selector",
            "template",
            "volumeClaimTemplates",
        ],
    );
    let pod = more(
        bundle,
        &Place::new(set, "spec.template.spec"),
        &["containers", "nodeSelector"],
    );
    let first = if spec.keys.is_empty() {
        pod.first
    } else {
        spec.first
    };
    More {
        keys: [spec.keys, pod.keys].concat(),
        first,
    }
}

/// The scalar at a place. A list or a map there counts as set and has no text.
pub(super) fn field(bundle: &Bundle, place: Place) -> Field {
    let node = bundle.at(&place);
    Field {
        text: bundle.get(&place).to_owned(),
        set: node.is_some_and(|n| !n.is_nothing()),
        place,
    }
}

/// The places of a list's members.
pub(super) fn children<'a>(bundle: &'a Bundle, list: &'a Place) -> impl Iterator<Item = Place> + use<'a> {
    let count = bundle.at(list).map_or(0, |n| n.items().len());
    (0..count).map(|n| list.index(n))
}

/// The entries of a map of strings.
pub(super) fn pairs(bundle: &Bundle, map: &Place) -> Vec<Pair> {
    let entries = bundle.at(map).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .enumerate()
        .map(|(n, e)| Pair {
            key: e.key.clone(),
            value: field(bundle, map.index(n)),
        })
        .collect()
}

/// The keys of a map that are not among those that a form knows.
pub(super) fn more(bundle: &Bundle, map: &Place, known: &[&str]) -> More {
    let entries = bundle.at(map).map(Node::entries).unwrap_or_default();
    let keys: Vec<String> = entries
        .iter()
        .map(|e| e.key.clone())
        .filter(|k| !known.contains(&k.as_str()))
        .collect();
    let first = keys.first().map_or_else(|| map.clone(), |k| map.key(k));
    More { keys, first }
}
