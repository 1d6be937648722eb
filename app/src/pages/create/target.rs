//! What the text of a wizard becomes.
use crate::{model::edit::Subject, paths};

/// What the text becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// New objects.
    New,
    /// A change of this set, by namespace and name.
    Existing(String, String),
    /// A Service of a set, by namespace, the set's name and its own; a new one where that is empty.
    Service(String, String, String),
}

impl Target {
    /// Whether nothing of it exists yet.
    pub fn is_new(&self) -> bool {
        match self {
            Self::New => true,
            Self::Existing(..) => false,
            Self::Service(.., name) => name.is_empty(),
        }
    }

    /// Whether it is a Service, with a set beside it.
    pub fn is_service(&self) -> bool {
        matches!(self, Self::Service(..))
    }

    /// Kind, namespace and name of what is changed.
    pub fn object(&self) -> (Subject, String, String) {
        let (subject, namespace, name) = match self {
            Self::New => (Subject::StatefulSet, "", ""),
            Self::Existing(namespace, name) => (Subject::StatefulSet, namespace.as_str(), name.as_str()),
            Self::Service(namespace, _, name) => (Subject::Service, namespace.as_str(), name.as_str()),
        };
        (subject, namespace.to_owned(), name.to_owned())
    }

    /// The page of a step, or of the text (`code`); `namespace` is that of a new text.
    pub fn page(&self, step: &str, namespace: &str) -> String {
        let form = if step == "code" { "" } else { step };
        match self {
            Self::New => paths::create(namespace, step),
            Self::Existing(namespace, name) if form.is_empty() => paths::set_edit(namespace, name),
            Self::Existing(namespace, name) => paths::set_edit_step(namespace, name, form),
            Self::Service(namespace, set, name) => paths::service_edit(namespace, set, name, form),
        }
    }

    /// The page that leads here, and to which one goes back.
    pub fn back(&self) -> String {
        match self {
            Self::New => paths::LIST.to_owned(),
            Self::Existing(namespace, name) => paths::set(namespace, name),
            Self::Service(namespace, set, _) => paths::set_tab(namespace, set, "network"),
        }
    }
}
