//! What a namespace has that a manifest can name.
use super::{ApiError, codec::Json};
use crate::model::offers::Offers;
use leptos::prelude::*;

/// What a namespace offers. A namespace that is not there yet offers nothing.
///
/// # Errors
/// Unauthorized. What is no name of a namespace is not asked for.
#[server(input = Json, output = Json, endpoint = "create/offers")]
pub async fn offers_of(namespace: String) -> Result<Offers, ApiError> {
    crate::ports::cluster()?.offers(&namespace).await
}
