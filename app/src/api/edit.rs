//! Editing the text of an existing StatefulSet, or of a Service of one.
use super::{ApiError, codec::Json};
use crate::model::saving::{Edited, Opened, Saving};
use leptos::prelude::*;

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
