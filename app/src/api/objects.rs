//! Objects beside a set that the wizard makes at once, not with the bundle: a namespace must be there before anything
//! can be asked about what it will hold, and a password does not belong into a text.
use super::{ApiError, codec::Json};
use leptos::prelude::*;

/// Creates a namespace, with a quota where one is given (`requests.cpu` and `4`, for example; never an empty value).
///
/// # Errors
/// What the cluster refuses. A namespace whose quota is refused is taken back.
#[server(input = Json, output = Json, endpoint = "create/namespace")]
pub async fn create_namespace(
    name: String,
    description: String,
    quota: Vec<(String, String)>,
) -> Result<(), ApiError> {
    crate::ports::cluster()?
        .create_namespace(&name, &description, quota)
        .await
}

/// Creates the Secret by which the nodes sign in to a registry. The password is neither kept nor logged.
///
/// # Errors
/// What the cluster refuses; invalid where a part is missing.
#[server(input = Json, output = Json, endpoint = "create/pull-secret")]
pub async fn create_pull_secret(
    namespace: String,
    name: String,
    registry: String,
    user: String,
    password: String,
) -> Result<(), ApiError> {
    crate::ports::cluster()?
        .create_pull_secret(
            &namespace,
            &name,
            crate::ports::Login {
                registry,
                user,
                password,
            },
        )
        .await
}
