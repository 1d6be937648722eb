//! Deleting a StatefulSet with what belongs to it.
use super::{ApiError, codec::Json};
use crate::model::delete::{DeletePlan, Done, Propagation, Target};
use leptos::prelude::*;

/// What deleting this set would do, read from the cluster now; and what the cluster says to a dry run.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "delete/plan")]
pub async fn plan_delete(namespace: String, name: String) -> Result<DeletePlan, ApiError> {
    crate::ports::cluster()?.delete_plan(&namespace, &name).await
}

/// Deletes exactly the objects with these UIDs, the StatefulSet first and as `propagation` says; where that fails, the others
/// are left alone.
/// Tells of each what became of it.
///
/// # Errors
/// Invalid where something has no name or UID; nothing was sent then. What the cluster says is in the answer.
#[server(input = Json, output = Json, endpoint = "delete/delete")]
pub async fn delete_objects(targets: Vec<Target>, propagation: Propagation) -> Result<Vec<Done>, ApiError> {
    crate::ports::cluster()?.delete(targets, propagation).await
}
