//! What the pages of logs need of a cluster.
use super::Answer;
use crate::model::log::{Nanos, Page, Reading, Scope};

/// The logs of a cluster's pods as one person sees them.
pub trait Logs {
    /// The end of the log as it is now.
    fn log_page(&self, scope: Scope, reading: Reading) -> Answer<'_, Page>;
    /// One line as a whole.
    fn log_line(&self, pod: Scope, container: String, at: Nanos, begins: String) -> Answer<'_, String>;
}
