//! StatefulSets: the list, one of them, its YAML, its scale.
use super::{ApiError, codec::Json};
use crate::model::{
    detail::DetailView,
    information::Information,
    list::{ListQuery, ListView},
    live::Versioned,
    pod::Template,
};
use leptos::prelude::*;

/// A window of the list.
///
/// # Errors
/// Forbidden where none of the namespaces may be listed, unavailable where the cluster does not answer in time.
#[server(input = Json, output = Json, endpoint = "sets/list")]
pub async fn list_sets(query: ListQuery) -> Result<Versioned<ListView>, ApiError> {
    crate::ports::page(crate::ports::cluster()?.list(query)).await
}

/// The detail page of one set, with the ordinals from there on.
///
/// # Errors
/// Not found, forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "sets/get")]
pub async fn get_set(namespace: String, name: String, from: i64) -> Result<Versioned<DetailView>, ApiError> {
    crate::ports::page(crate::ports::cluster()?.detail(&namespace, &name, from)).await
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
    let shown = crate::model::ops::Shown {
        namespace,
        name,
        uid,
        generation: None,
    };
    crate::ports::cluster()?.scale(&shown, from, replicas).await
}

/// The template of a set, with the environment of each container. No value of a Secret is in it.
///
/// # Errors
/// Not found, forbidden, or unavailable; what a single variable refers to and may not be read is told there.
#[server(input = Json, output = Json, endpoint = "sets/template")]
pub async fn get_template(namespace: String, name: String) -> Result<Template, ApiError> {
    crate::ports::cluster()?.template(&namespace, &name).await
}

/// The text of the headless Service that the set names: its selector, the ports of its containers.
///
/// # Errors
/// Not found, forbidden, or unavailable; invalid where the set names none.
#[server(input = Json, output = Json, endpoint = "sets/service")]
pub async fn governing_service(namespace: String, name: String) -> Result<String, ApiError> {
    crate::ports::cluster()?
        .governing_service(&namespace, &name)
        .await
}

/// Changes labels and annotations of exactly the set with this UID; no pod is touched.
///
/// # Errors
/// Conflict where a key is no longer what was shown, or the set was made anew; invalid as the cluster says.
#[server(input = Json, output = Json, endpoint = "sets/information")]
pub async fn inform(
    namespace: String,
    name: String,
    uid: String,
    information: Information,
) -> Result<(), ApiError> {
    crate::ports::cluster()?
        .inform(&namespace, &name, &uid, information)
        .await
}
