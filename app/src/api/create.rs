//! Creating a StatefulSet from the text of its manifest.
use super::{ApiError, codec::Json};
use crate::model::create::{Created, Draft, Order, Outcome};
use leptos::prelude::*;

/// The starting text for a namespace, with what the cluster offers.
///
/// # Errors
/// Unauthorized. A cluster that does not answer offers nothing; the fields are typed then.
#[server(input = Json, output = Json, endpoint = "create/draft")]
pub async fn new_draft(namespace: String) -> Result<Draft, ApiError> {
    let cluster = crate::ports::cluster()?;
    let choices = cluster.choices().await?;
    let random = cluster.random_suffix();
    Ok(Draft {
        text: crate::manifest::default::text(&namespace, &random),
        choices,
        texts: crate::texts::use_texts().lazy(crate::texts::Part::Editor),
    })
}

/// Asks the cluster whether it would take every document (dry run, strict field validation). Nothing is stored.
///
/// # Errors
/// Invalid where the text cannot be read; what the cluster says is in the outcome.
#[server(input = Json, output = Json, endpoint = "create/check")]
pub async fn check_bundle(order: Order) -> Result<Outcome, ApiError> {
    crate::ports::cluster()?.create(order, true).await
}

/// Creates every document, what others need first and the sets last, after a dry run of all. What exists is never
/// overwritten.
///
/// # Errors
/// As [`check_bundle`].
#[server(input = Json, output = Json, endpoint = "create/create")]
pub async fn create_bundle(order: Order) -> Result<Outcome, ApiError> {
    crate::ports::cluster()?.create(order, false).await
}

/// Deletes what a create has made: exactly the objects with these UIDs.
///
/// # Errors
/// Conflict where the object was made anew meanwhile.
#[server(input = Json, output = Json, endpoint = "create/undo")]
pub async fn undo_create(created: Vec<Created>) -> Result<(), ApiError> {
    crate::ports::cluster()?.undo(created).await
}
