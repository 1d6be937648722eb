//! The claims of StatefulSets.
use super::{ApiError, codec::Json};
use crate::model::{
    claims::{ClaimsQuery, ClaimsView},
    delete::{Done, Target},
    fill::{Fill, Fills},
    live::Versioned,
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

/// How full the volumes of these claims are, and were, where a Prometheus keeps it.
///
/// # Errors
/// Invalid where a name is none. Why nothing is told is in the answer.
#[server(input = Json, output = Json, endpoint = "claims/fill")]
pub async fn get_fills(namespace: String, claims: Vec<String>) -> Result<Fills, ApiError> {
    crate::ports::cluster()?.fills(&namespace, &claims).await
}

/// Measures how full the volume of a claim is, by `df` in a container of this pod that mounts it.
///
/// # Errors
/// Forbidden; not found where no running container mounts it or the image has no `df`; unavailable.
#[server(input = Json, output = Json, endpoint = "claims/measure")]
pub async fn measure_fill(namespace: String, pod: String, claim: String) -> Result<Fill, ApiError> {
    crate::ports::cluster()?.measure(&namespace, &pod, &claim).await
}
