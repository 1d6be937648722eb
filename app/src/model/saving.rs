//! An object that is edited, and what saving it does.
use super::{
    create::Choices,
    edit::{Impact, Subject},
};
use crate::{
    api::ApiError,
    manifest::{Path, merge::Side},
};
use serde::{Deserialize, Serialize};

/// An object as it was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The object that is edited, and no other of the same name; empty for one that is to be created.
    pub uid: String,
    /// The object as YAML, without what the cluster itself writes: `status`, `managedFields`, `uid` and the like.
    pub text: String,
    /// The set of a Service, in the same form: what the rules see it beside. Empty for a set.
    pub beside: String,
    /// What the cluster offers to choose from.
    pub choices: Choices,
    /// The texts of pages with an editor (`Texts::with_lazy`).
    pub texts: Vec<String>,
}

/// A text to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    #[serde(default)]
    pub subject: Subject,
    pub namespace: String,
    pub name: String,
    /// See [`Opened::uid`].
    pub uid: String,
    /// [`Opened::text`].
    pub base: String,
    /// What the user made of it.
    pub text: String,
    /// The sides that the user took in conflicts.
    pub choices: Vec<(Path, Side)>,
}

/// Something that saving changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub path: Path,
    /// As YAML; empty where nothing was.
    pub before: String,
    /// As YAML; empty where it goes.
    pub after: String,
    pub impact: Impact,
}

/// Something that somebody else changed since the set was opened. It is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub path: Path,
    /// As YAML.
    pub after: String,
    /// The field manager that owns it now; empty where the cluster names none.
    pub manager: String,
}

/// A place that both changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    pub path: Path,
    /// As YAML, as are the two others; empty where nothing is.
    pub base: String,
    pub mine: String,
    pub theirs: String,
    /// See [`Other::manager`].
    pub manager: String,
}

/// How a save ended, or would end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saving {
    /// It is stored.
    pub saved: bool,
    /// What the user changed.
    pub changes: Vec<Changed>,
    /// What others changed meanwhile.
    pub others: Vec<Other>,
    /// Where a side is to be chosen. Nothing is stored then.
    pub clashes: Vec<Clash>,
    /// What the cluster said. Nothing is stored then.
    pub refused: Option<ApiError>,
    /// The object as the cluster has it now, in the form of [`Opened::text`].
    pub theirs: String,
}
