//! The steps of the wizard, and which of them has a field.
use crate::{
    manifest::{Place, default::DESCRIPTION, form::StatefulSetForm},
    texts::Texts,
};

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Basics,
    Containers,
    Volumes,
    Service,
    Labels,
    Nodes,
    Review,
}

impl Step {
    pub const ALL: [Self; 7] = [
        Self::Basics,
        Self::Containers,
        Self::Volumes,
        Self::Service,
        Self::Labels,
        Self::Nodes,
        Self::Review,
    ];

    /// As in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Containers => "containers",
            Self::Volumes => "volumes",
            Self::Service => "service",
            Self::Labels => "labels",
            Self::Nodes => "nodes",
            Self::Review => "review",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|s| s.name() == name)
            .unwrap_or(Self::Basics)
    }

    pub fn title(self, t: Texts) -> &'static str {
        match self {
            Self::Basics => t.create_basics(),
            Self::Containers => t.create_containers(),
            Self::Volumes => t.create_volumes(),
            Self::Service => t.create_service(),
            Self::Labels => t.create_labels(),
            Self::Nodes => t.create_nodes(),
            Self::Review => t.create_review(),
        }
    }

    /// The step that has a place. `set` is whether it is in a StatefulSet, this one or another.
    pub fn of(place: &Place, form: &StatefulSetForm, set: bool) -> Self {
        if form
            .service
            .as_ref()
            .is_some_and(|s| s.document == place.document)
        {
            return if place.path.to_string() == "spec.selector" {
                Self::Labels
            } else {
                Self::Service
            };
        }
        let path = place.path.to_string();
        let starts = |with: &str| path.starts_with(with);
        if starts("spec.volumeClaimTemplates") || path.contains("].volumeMounts") {
            Self::Volumes
        } else if !set && form.set.is_some() {
            // An access Service.
            Self::Service
        } else if starts("spec.template.spec.volumes") {
            Self::Volumes
        } else if ["containers", "initContainers", "imagePullSecrets"]
            .iter()
            .any(|list| path.starts_with(&format!("spec.template.spec.{list}")))
        {
            Self::Containers
        } else if starts("spec.template.spec.terminationGracePeriodSeconds") {
            Self::Basics
        } else if starts("spec.template.spec") {
            Self::Nodes
        } else if starts("spec.serviceName") {
            Self::Service
        } else if starts("spec.selector")
            || starts("spec.template.metadata")
            || starts("metadata.labels")
            || starts("metadata.annotations") && !path.contains(DESCRIPTION)
        {
            Self::Labels
        } else {
            Self::Basics
        }
    }
}

/// The ways to the text: all three write the same one, and end in the same review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Form,
    Import,
    Code,
}

impl Mode {
    /// As in the URL, in the place of a step.
    pub fn from_name(name: &str) -> Self {
        match name {
            "import" => Self::Import,
            "code" => Self::Code,
            _ => Self::Form,
        }
    }
}
