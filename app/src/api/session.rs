//! Who is signed in.
use super::{ApiError, codec::Json};
use crate::model::session::Session;
use leptos::prelude::*;

/// The session as it is now: what the cluster had not answered when the page was drawn, and the server's version.
///
/// # Errors
/// Unauthorized where the session has ended.
#[server(input = Json, output = Json, endpoint = "session/get")]
pub async fn get_session() -> Result<Session, ApiError> {
    use_context().ok_or(ApiError::Unauthorized)
}
