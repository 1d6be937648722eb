//! Logs: the end of one as a page, and one line as a whole.
use super::{ApiError, codec::Json};
use crate::model::log::{Nanos, Page, Reading, Scope};
use leptos::prelude::*;

/// The end of the logs of a set or a pod.
///
/// # Errors
/// Not found, forbidden, or unavailable; what is the matter with a single container is told there.
#[server(input = Json, output = Json, endpoint = "logs/page")]
pub async fn get_logs(scope: Scope, reading: Reading) -> Result<Page, ApiError> {
    crate::ports::cluster()?.log_page(scope, reading).await
}

/// One line of a container as a whole, up to a mebibyte: that of this time which begins so.
///
/// # Errors
/// Not found where it is not there any more; forbidden, or unavailable.
#[server(input = Json, output = Json, endpoint = "logs/line")]
pub async fn get_line(pod: Scope, container: String, at: Nanos, begins: String) -> Result<String, ApiError> {
    crate::ports::cluster()?
        .log_line(pod, container, at, begins)
        .await
}
