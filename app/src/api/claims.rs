//! The claims of StatefulSets.
use super::{ApiError, codec::Json, sets::Versioned};
use crate::model::{
    claims::{ClaimsQuery, ClaimsView},
    delete::{Done, Target},
};
use leptos::prelude::*;

/// A window of the claims that templates of StatefulSets made.
///
/// # Errors
/// Forbidden where in none of the namespaces claims and StatefulSets may be listed; unavailable.
#[server(input = Json, output = Json, endpoint = "claims/list")]
pub async fn list_claims(query: ClaimsQuery) -> Result<Versioned<ClaimsView>, ApiError> {
    crate::ports::page(crate::ports::cluster()?.claims(query)).await
}

/// Deletes exactly these claims, where the cluster still knows of nothing that uses them. Tells of each.
///
/// # Errors
/// Invalid where something is no claim with a name and a UID; nothing was sent then.
#[server(input = Json, output = Json, endpoint = "claims/delete")]
pub async fn delete_claims(targets: Vec<Target>) -> Result<Vec<Done>, ApiError> {
    crate::ports::cluster()?.delete_left(targets).await
}
