//! Texts that travel only with the pages that draw them.
use super::{ApiError, codec::Json};
use crate::texts::Part;
use leptos::prelude::*;

/// A lazy part of the texts, in the language of the request.
///
/// # Errors
/// Only where the console does not answer.
#[server(input = Json, output = Json, endpoint = "texts")]
pub async fn get_texts(part: Part) -> Result<Vec<String>, ApiError> {
    Ok(crate::texts::use_texts().lazy(part))
}
