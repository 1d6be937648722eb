//! Editing the text of an existing StatefulSet, or of a Service of one.
use super::{ApiError, codec::Json, create::Choices};
use crate::{
    manifest::{Path, merge::Side},
    model::edit::{Impact, Subject},
};
use leptos::prelude::*;
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

/// A set as text.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "edit/open")]
pub async fn open_set(namespace: String, name: String) -> Result<Opened, ApiError> {
    let cluster = crate::ports::cluster()?;
    let mut opened = crate::ports::page(cluster.open(&namespace, &name)).await?;
    opened.choices = cluster.choices().await?;
    opened.texts = crate::texts::use_texts().lazy(crate::texts::Part::Editor);
    Ok(opened)
}

/// A Service of a set as text: the one of this name, or for an empty name a new one, with a name that is free, the
/// labels of the set's pods for a selector and the ports of their containers.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "edit/service")]
pub async fn open_service(namespace: String, set: String, name: String) -> Result<Opened, ApiError> {
    let cluster = crate::ports::cluster()?;
    let mut opened = crate::ports::page(cluster.open_service(&namespace, &set, &name)).await?;
    opened.choices = cluster.choices().await?;
    opened.texts = crate::texts::use_texts().lazy(crate::texts::Part::Editor);
    Ok(opened)
}

/// Asks what saving would do (dry run, strict field validation). Nothing is stored.
///
/// # Errors
/// Not found or conflict where the object was deleted, or made anew, meanwhile; invalid where the text is none of that
/// kind and name. What the cluster says to the object itself is in the answer.
#[server(input = Json, output = Json, endpoint = "edit/check")]
pub async fn check_edit(edited: Edited) -> Result<Saving, ApiError> {
    crate::ports::cluster()?.save(edited, true).await
}

/// Saves: what the user changed is put onto the newest object and sent with its `resourceVersion`.
///
/// # Errors
/// As [`check_edit`].
#[server(input = Json, output = Json, endpoint = "edit/save")]
pub async fn save_edit(edited: Edited) -> Result<Saving, ApiError> {
    crate::ports::cluster()?.save(edited, false).await
}

/// Where the editor's files are; they are loaded only when an editor is opened.
///
/// # Errors
/// Not found where this build has none.
#[server(input = Json, output = Json, endpoint = "editor")]
pub async fn editor_url() -> Result<String, ApiError> {
    crate::ports::cluster()?;
    use_context::<crate::ports::EditorUrl>()
        .map(|url| url.0.to_string())
        .filter(|url| !url.is_empty())
        .ok_or_else(|| ApiError::NotFound("this build has no editor".to_owned()))
}
