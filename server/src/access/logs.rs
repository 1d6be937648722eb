//! The port of the pages of logs.
use super::Access;
use app::{
    model::log::{Nanos, Page, Reading, Scope},
    ports::{Answer, Logs},
};

impl Logs for Access {
    fn log_page(&self, scope: Scope, reading: Reading) -> Answer<'_, Page> {
        Box::pin(async move { self.read_page(scope, reading).await })
    }

    fn log_line(&self, pod: Scope, container: String, at: Nanos, begins: String) -> Answer<'_, String> {
        Box::pin(async move { self.read_line(pod, container, at, begins).await })
    }
}
