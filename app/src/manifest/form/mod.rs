//! What the wizard edits, read from the text. Every scalar is the text that the user wrote, valid or not.
mod container;
mod service;
mod volume;

pub use container::{ContainerForm, EnvRow, PortRow};
pub use service::{ServiceForm, ServicePortRow};
pub use volume::{Mount, TemplateForm};

use super::{
    default::DESCRIPTION,
    documents::Bundle,
    fields::{FieldDef, GROUPS, Scope, unknown},
    governing::service_of,
    path::{Path, Place},
    tree::Node,
};
use std::sync::Arc;

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
    /// `spec.template.spec.containers`; shared with the form of the text before, where nothing of one has changed.
    pub containers: Vec<Arc<ContainerForm>>,
    /// `spec.template.spec.initContainers`
    pub init: Vec<Arc<ContainerForm>>,
    /// `spec.volumeClaimTemplates`
    pub templates: Vec<TemplateForm>,
    /// The headless Service that the set names, or that it would most likely name (`governing`).
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
        Self::of(bundle, |_| None)
    }

    /// The form of a text that differs from this one's in these scalars only: other containers need no reading.
    #[must_use]
    pub fn after(&self, bundle: &Bundle, written: &[Place]) -> Self {
        let same = bundle.find("StatefulSet") == self.set;
        let all = || self.containers.iter().chain(&self.init);
        Self::of(bundle, |place| {
            let kept = all().find(|c| c.place == *place);
            kept.filter(|_| same && !written.iter().any(|w| place.contains(w)))
                .cloned()
        })
    }

    /// Reads the form; containers that are known are not read again.
    fn of(bundle: &Bundle, known: impl Fn(&Place) -> Option<Arc<ContainerForm>>) -> Self {
        let Some(set) = bundle.find("StatefulSet") else {
            return Self::default();
        };
        let container =
            |place: Place| known(&place).unwrap_or_else(|| Arc::new(ContainerForm::read(bundle, place)));
        let at = |path: &str| Place::new(set, path);
        let description = Place::new(set, "metadata.annotations").key(DESCRIPTION);
        let containers: Vec<_> = children(bundle, &at("spec.template.spec.containers"))
            .map(container)
            .collect();
        let init = children(bundle, &at("spec.template.spec.initContainers"))
            .map(container)
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
            init,
            templates,
            service: service_of(bundle, set).map(|n| ServiceForm::read(bundle, n)),
            labels: pairs(bundle, &at("spec.template.metadata.labels")),
            node_selector: pairs(bundle, &at("spec.template.spec.nodeSelector")),
            more: more_of_set(bundle, set),
            containers,
        }
    }
}

fn more_of_set(bundle: &Bundle, set: usize) -> More {
    let hand = [
        "apiVersion",
        "kind",
        "metadata.name",
        "metadata.namespace",
        "metadata.labels",
        "spec.serviceName",
        "spec.replicas",
        "spec.selector",
        "spec.volumeClaimTemplates",
        "spec.template.metadata.labels",
        "spec.template.spec.containers",
        "spec.template.spec.initContainers",
        "spec.template.spec.nodeSelector",
    ];
    let declared = of_scope(Scope::Set);
    more(bundle, &Place::new(set, ""), &hand, &declared)
}

/// The declared fields of a scope.
fn of_scope(scope: Scope) -> Vec<&'static [FieldDef]> {
    let groups = GROUPS.iter().filter(|(s, _)| *s == scope);
    groups.map(|(_, fields)| *fields).collect()
}

/// A place, and what stands there: looked up once on the way down, not from the root for each field.
#[derive(Clone)]
pub(super) struct At<'a> {
    pub place: Place,
    pub node: Option<&'a Node>,
}

impl<'a> At<'a> {
    pub fn new(bundle: &'a Bundle, place: Place) -> Self {
        let node = bundle.at(&place);
        Self { place, node }
    }

    /// Some dotted keys further down.
    pub fn join(&self, path: &str) -> Self {
        Self {
            place: self.place.join(path),
            node: self.node.and_then(|n| n.below(path)),
        }
    }

    /// The members of a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let items = self.node.map(Node::items).unwrap_or_default();
        items.iter().enumerate().map(move |(n, node)| Self {
            place: self.place.index(n),
            node: Some(node),
        })
    }

    /// The scalar. A list or a map counts as set and has no text.
    pub fn field(self) -> Field {
        Field {
            text: self.node.and_then(Node::text).unwrap_or_default().to_owned(),
            set: self.node.is_some_and(|n| !n.is_nothing()),
            place: self.place,
        }
    }
}

/// The scalar at a place. A list or a map there counts as set and has no text.
pub fn field(bundle: &Bundle, place: Place) -> Field {
    At::new(bundle, place).field()
}

/// The places of a list's members.
pub fn children<'a>(bundle: &'a Bundle, list: &'a Place) -> impl Iterator<Item = Place> + use<'a> {
    let count = bundle.at(list).map_or(0, |n| n.items().len());
    (0..count).map(|n| list.index(n))
}

/// The entries of a map of strings.
pub fn pairs(bundle: &Bundle, map: &Place) -> Vec<Pair> {
    let entries = bundle.at(map).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .enumerate()
        .map(|(n, e)| Pair {
            key: e.key.to_string(),
            value: field(bundle, map.index(n)),
        })
        .collect()
}

/// What is set below a place and no form knows: `hand` has those with an editor of their own.
pub(super) fn more(bundle: &Bundle, place: &Place, hand: &[&str], fields: &[&'static [FieldDef]]) -> More {
    let found = unknown(bundle, place, hand, fields);
    let at = |path: &Path| Place {
        document: place.document,
        path: Path([place.path.0.clone(), path.0.clone()].concat()),
    };
    More {
        first: found.first().map_or_else(|| place.clone(), at),
        keys: found.iter().map(ToString::to_string).collect(),
    }
}
