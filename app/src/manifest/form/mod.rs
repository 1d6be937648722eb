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
    field::{Field, Pair, children, field, pairs},
    fields::{FieldDef, GROUPS, Scope, unknown},
    governing::service_of,
    path::{Path, Place},
};
use std::sync::Arc;

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
        Self::nth(bundle, 0)
    }

    /// The form of the n-th StatefulSet of the text; of the last one where there are fewer.
    pub fn nth(bundle: &Bundle, n: usize) -> Self {
        let set = bundle.nth_set(n);
        set.map(|set| Self::of_set(bundle, set)).unwrap_or_default()
    }

    /// The form of the set in a document.
    pub fn of_set(bundle: &Bundle, set: usize) -> Self {
        Self::of(bundle, set, |_| None)
    }

    /// The form of a text that differs from this one's in these scalars only: other containers need no reading.
    #[must_use]
    pub fn after(&self, bundle: &Bundle, written: &[Place]) -> Self {
        let kept = self.set.filter(|set| bundle.sets().any(|n| n == *set));
        let Some(set) = kept else {
            return Self::read(bundle);
        };
        let all = || self.containers.iter().chain(&self.init);
        Self::of(bundle, set, |place| {
            let kept = all().find(|c| c.place == *place);
            kept.filter(|_| !written.iter().any(|w| place.contains(w)))
                .cloned()
        })
    }

    /// Reads the form; containers that are known are not read again.
    fn of(bundle: &Bundle, set: usize, known: impl Fn(&Place) -> Option<Arc<ContainerForm>>) -> Self {
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
