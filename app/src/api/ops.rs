//! Everyday operations on a set: restart, stop, start, other images, earlier revisions.
use super::{ApiError, codec::Json};
use crate::model::ops::{Change, Ended, Op, OpsPlan, Picked, Revision, RolledBack, Shown, Verb};
use leptos::prelude::*;

/// What the dialogs are drawn from, read from the cluster now; and what the cluster says to dry runs.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "ops/plan")]
pub async fn plan_ops(namespace: String, name: String) -> Result<OpsPlan, ApiError> {
    crate::ports::cluster()?.ops_plan(&namespace, &name).await
}

/// Does it to the set that was shown.
///
/// # Errors
/// Conflict where it was changed, or made anew, since it was shown. Nothing is written then.
#[server(input = Json, output = Json, endpoint = "ops/operate")]
pub async fn operate(shown: Shown, op: Op) -> Result<Ended, ApiError> {
    crate::ports::cluster()?.operate(&shown, &op).await
}

/// Does it to one of several sets: exactly the object with this UID, whatever its state is now.
///
/// # Errors
/// Conflict where it was made anew; invalid where a stop has noted no number to start with, or a restart starts nothing.
#[server(input = Json, output = Json, endpoint = "ops/each")]
pub async fn operate_each(verb: Verb, picked: Picked) -> Result<Ended, ApiError> {
    crate::ports::cluster()?.operate_each(verb, &picked).await
}

/// Other images, requests and limits.
///
/// # Errors
/// Conflict where a field is no longer what was shown; invalid where the cluster refuses a value.
#[server(input = Json, output = Json, endpoint = "ops/containers")]
pub async fn change_containers(shown: Shown, changes: Vec<Change>) -> Result<(), ApiError> {
    crate::ports::cluster()?.change_containers(&shown, &changes).await
}

/// The revisions of a set that are kept, the newest first.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "ops/revisions")]
pub async fn get_revisions(namespace: String, name: String) -> Result<Vec<Revision>, ApiError> {
    crate::ports::cluster()?.revisions(&namespace, &name).await
}

/// Puts the template of a revision into the set, or asks whether the cluster would take it (`dry_run`).
///
/// # Errors
/// Conflict where the set was changed since it was shown; not found where the revision is gone.
#[server(input = Json, output = Json, endpoint = "ops/rollback")]
pub async fn roll_back(shown: Shown, revision: String, dry_run: bool) -> Result<RolledBack, ApiError> {
    crate::ports::cluster()?
        .roll_back(&shown, &revision, dry_run)
        .await
}
