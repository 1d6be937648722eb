//! StatefulSets: the list, one of them, its YAML, its scale.
use super::{ApiError, codec::Json};
use crate::model::{
    detail::DetailView,
    list::{ListQuery, ListView},
    live::Version,
    ops::Shown,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A picture for the first paint, with the version from which the socket goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned<T> {
    pub version: Version,
    pub picture: T,
}

/// A window of the list.
///
/// # Errors
/// Forbidden where none of the namespaces may be listed, unavailable where the cluster does not answer in time.
#[server(input = Json, output = Json, endpoint = "sets/list")]
pub async fn list_sets(query: ListQuery) -> Result<Versioned<ListView>, ApiError> {
    crate::ports::cluster()?.list(query).await
}

/// The detail page of one set, with the ordinals from there on.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "sets/get")]
pub async fn get_set(namespace: String, name: String, from: i64) -> Result<Versioned<DetailView>, ApiError> {
    crate::ports::cluster()?.detail(&namespace, &name, from).await
}

/// The object as YAML, without `managedFields`; `clean` without everything else that the cluster wrote, too.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "sets/yaml")]
pub async fn get_yaml(namespace: String, name: String, clean: bool) -> Result<String, ApiError> {
    crate::ports::cluster()?.yaml(&namespace, &name, clean).await
}

/// Asks for a number of replicas by the `scale` subresource, of exactly the object with this UID, while it asks for `from`.
/// Returns what the cluster now asks for.
///
/// # Errors
/// Conflict where the set was deleted and made again meanwhile, or asks for another number now; invalid where the number is none.
#[server(input = Json, output = Json, endpoint = "sets/scale")]
pub async fn scale_set(
    namespace: String,
    name: String,
    uid: String,
    from: Option<i32>,
    replicas: i32,
) -> Result<i32, ApiError> {
    let shown = Shown {
        namespace,
        name,
        uid,
        generation: None,
    };
    crate::ports::cluster()?.scale(&shown, from, replicas).await
}
