//! Which pods there are, for who follows their logs.
use super::{
    feed::Feed,
    hub::Hub,
    scope::{PATIENCE, fault},
};
use app::{api::ApiError, model::facts::PodFacts};
use std::sync::Arc;
use tokio::sync::watch;

/// The pods of a namespace, as they come and go.
pub struct PodsThere {
    namespace: String,
    feed: Arc<Feed<PodFacts>>,
    changed: watch::Receiver<u64>,
}

impl Hub {
    /// The pods of a namespace.
    pub fn pods_there(&self, namespace: &str) -> PodsThere {
        PodsThere {
            namespace: namespace.to_owned(),
            feed: self.pods(Some(namespace)),
            changed: self.changes.subscribe(false),
        }
    }
}

impl PodsThere {
    /// Waits until they are known, but not for ever.
    pub async fn settled(&self) {
        let _ = tokio::time::timeout(PATIENCE, self.feed.settled()).await;
    }

    /// The pods of a set, from the lowest ordinal up.
    ///
    /// # Errors
    /// They may not be listed, or are not known.
    pub fn of_set(&self, set: &str) -> Result<Vec<PodFacts>, ApiError> {
        if let Some(fault) = fault(&self.feed) {
            return Err(fault);
        }
        let items = self.feed.items();
        let ours = items
            .values()
            .filter(|p| p.namespace == self.namespace && p.owner == set);
        let mut ours: Vec<PodFacts> = ours.cloned().collect();
        ours.sort_by_key(|p| p.ordinal);
        Ok(ours)
    }

    /// A pod, where it is known.
    pub fn get(&self, name: &str) -> Option<PodFacts> {
        let key = (self.namespace.clone(), name.to_owned());
        self.feed.items().get(&key).cloned()
    }

    /// Waits until something changed.
    pub async fn changed(&mut self) {
        if self.changed.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
