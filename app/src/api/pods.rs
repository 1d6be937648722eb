//! Pods: one of them, its YAML and its environment, and how it is ended.
use super::{ApiError, codec::Json};
use crate::model::{
    files::{At, Listing},
    live::Versioned,
    pod::{
        PodView,
        act::{Deed, PodPlan},
        debug::{DebugPlan, Wanted},
        env::Environment,
    },
    usage::{UsageQuery, UsageView},
};
use leptos::prelude::*;

/// The page of one pod.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "pods/get")]
pub async fn get_pod(namespace: String, name: String) -> Result<Versioned<PodView>, ApiError> {
    crate::ports::page(crate::ports::cluster()?.pod(&namespace, &name)).await
}

/// What the pods of a set use.
///
/// # Errors
/// There is no such set, it may not be read, or the cluster does not answer. Why there are no numbers is in the answer.
#[server(input = Json, output = Json, endpoint = "pods/usage")]
pub async fn get_usage(query: UsageQuery) -> Result<Versioned<UsageView>, ApiError> {
    crate::ports::cluster()?.usage(&query).await
}

/// The object as YAML, without `managedFields`.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "pods/yaml")]
pub async fn get_pod_yaml(namespace: String, name: String) -> Result<String, ApiError> {
    crate::ports::cluster()?.pod_yaml(&namespace, &name).await
}

/// The environment of each container. No value of a Secret is in it.
///
/// # Errors
/// Not found, forbidden, or unavailable; what a single variable refers to and may not be read is told there.
#[server(input = Json, output = Json, endpoint = "pods/environment")]
pub async fn get_environment(namespace: String, name: String) -> Result<Vec<Environment>, ApiError> {
    crate::ports::cluster()?.environment(&namespace, &name).await
}

/// The value of one key of a Secret.
///
/// # Errors
/// Forbidden; not found where there is no such Secret or key; invalid where the value is no text.
#[server(input = Json, output = Json, endpoint = "pods/reveal")]
pub async fn reveal(namespace: String, secret: String, key: String) -> Result<String, ApiError> {
    crate::ports::cluster()?.reveal(&namespace, &secret, &key).await
}

/// What ending this pod would meet: what the cluster says to dry runs, and the disruption budgets that find it.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "pods/plan")]
pub async fn plan_pod(namespace: String, name: String) -> Result<PodPlan, ApiError> {
    crate::ports::cluster()?.pod_plan(&namespace, &name).await
}

/// Deletes, evicts or force deletes exactly the pod with this UID.
///
/// # Errors
/// Conflict where it was made anew meanwhile or a budget does not allow it; invalid where force is asked for and its
/// node answers.
#[server(input = Json, output = Json, endpoint = "pods/end")]
pub async fn end_pod(deed: Deed, namespace: String, name: String, uid: String) -> Result<(), ApiError> {
    crate::ports::cluster()?
        .end_pod(deed, &namespace, &name, &uid)
        .await
}

/// What adding a debug container would meet: what the cluster says to a dry run of each profile. Without an image the
/// console's own is asked about.
///
/// # Errors
/// Not found, forbidden, or unavailable; invalid where the image is none.
#[server(input = Json, output = Json, endpoint = "pods/debug-plan")]
pub async fn plan_debug(wanted: Wanted) -> Result<DebugPlan, ApiError> {
    let mut wanted = wanted;
    if wanted.image.is_empty()
        && let Some(own) = use_context::<crate::ports::DebugImage>()
    {
        own.0.as_ref().clone_into(&mut wanted.image);
    }
    crate::ports::cluster()?.debug_plan(&wanted).await
}

/// Adds a debug container to exactly the pod with this UID; the container's name.
///
/// # Errors
/// Conflict where the pod was made anew meanwhile; invalid where the image is none; else what the cluster says.
#[server(input = Json, output = Json, endpoint = "pods/debug")]
pub async fn add_debug(wanted: Wanted, uid: String) -> Result<String, ApiError> {
    crate::ports::cluster()?.debug(&wanted, &uid).await
}

/// What a folder of a container holds.
///
/// # Errors
/// Forbidden; not found where the image has no shell; invalid in the container's words, or where the path is none.
#[server(input = Json, output = Json, endpoint = "pods/files")]
pub async fn list_files(at: At) -> Result<Listing, ApiError> {
    crate::ports::cluster()?.files(&at).await
}
