//! One volume claim template and where its volume is mounted.
use super::{ContainerForm, More, more, of_scope};
use crate::manifest::{
    documents::Bundle,
    field::{Field, children, field},
    fields::Scope,
    path::Place,
};
use std::sync::Arc;

/// What has an editor of its own; the type of a template is nobody's choice.
const KNOWN: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata.name",
    "spec.accessModes",
    "spec.storageClassName",
    "spec.resources.requests.storage",
];

/// A claim template's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateForm {
    /// The member of `volumeClaimTemplates`.
    pub place: Place,
    /// `metadata.name`
    pub name: Field,
    /// `spec.storageClassName`
    pub class: Field,
    /// `spec.resources.requests.storage`
    pub capacity: Field,
    /// `spec.accessModes[0]`
    pub mode: Field,
    /// How many access modes are set; the form edits the first.
    pub modes: usize,
    /// Every mount of it, in every container.
    pub mounts: Vec<Mount>,
    /// What else is set.
    pub more: More,
}

/// A mount of a template's volume in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mount {
    /// The member of `volumeMounts`.
    pub place: Place,
    /// The container's name.
    pub container: String,
    /// `mountPath`
    pub path: Field,
    /// `readOnly`
    pub read_only: Field,
}

impl TemplateForm {
    pub(super) fn read(bundle: &Bundle, place: Place, containers: &[Arc<ContainerForm>]) -> Self {
        let at = |path: &str| field(bundle, place.join(path));
        let name = at("metadata.name");
        let mounts = containers
            .iter()
            .flat_map(|c| mounts(bundle, c, &name.text))
            .collect();
        Self {
            class: at("spec.storageClassName"),
            capacity: at("spec.resources.requests.storage"),
            mode: at("spec.accessModes[0]"),
            modes: bundle
                .at(&place.join("spec.accessModes"))
                .map_or(0, |n| n.items().len()),
            more: more(bundle, &place, KNOWN, &of_scope(Scope::Template)),
            mounts,
            name,
            place,
        }
    }
}

fn mounts(bundle: &Bundle, container: &ContainerForm, volume: &str) -> Vec<Mount> {
    children(bundle, &container.place.key("volumeMounts"))
        .filter(|place| bundle.get(&place.key("name")) == volume)
        .map(|place| Mount {
            container: container.name.text.clone(),
            path: field(bundle, place.key("mountPath")),
            read_only: field(bundle, place.key("readOnly")),
            place,
        })
        .collect()
}
