//! One upstream watch, and the facts of what it saw.
use super::{
    changes::{Changes, Concern},
    now,
    watch::Upstream,
};
use app::api::ApiError;
use kube::{Resource, ResourceExt};
use serde::de::DeserializeOwned;
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

/// `(namespace, name)`; the namespace is empty for cluster-scoped objects.
pub type Key = (String, String);

/// How a watch is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedState {
    Loading,
    Live,
    Broken { since: i64, error: ApiError },
}

/// What a kind's objects become, and what a change of one concerns.
pub trait Facts: Clone + PartialEq + Send + Sync + 'static {
    /// The Kubernetes kind.
    type Object: Resource<DynamicType = ()> + Clone + DeserializeOwned + Debug + Send + Sync + 'static;
    /// Which objects are of interest at all, as a field selector; all where there is none.
    const FIELDS: &'static str = "";
    /// The facts of an object; none where the console has no interest in it.
    fn of(object: &Self::Object) -> Option<Self>;
    /// What a change of this object concerns.
    fn concerns(&self, key: &Key) -> Concern;
}

/// A watch that lives as long as somebody holds it.
pub struct Feed<T> {
    items: Arc<RwLock<BTreeMap<Key, T>>>,
    state: watch::Receiver<FeedState>,
    _task: AbortOnDropHandle<()>,
}

impl<T: Facts> Feed<T> {
    /// Starts watching.
    pub fn start(upstream: Upstream<T::Object>, changes: Arc<Changes>) -> Self {
        Self::written(changes, |writer| upstream.run(writer))
    }

    fn written<F>(changes: Arc<Changes>, write: impl FnOnce(Writer<T>) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let items = Arc::new(RwLock::new(BTreeMap::new()));
        let (sender, state) = watch::channel(FeedState::Loading);
        let writer = Writer {
            items: Arc::clone(&items),
            staged: BTreeMap::new(),
            state: sender,
            changes,
        };
        Self {
            items,
            state,
            _task: AbortOnDropHandle::new(tokio::spawn(write(writer))),
        }
    }

    /// A live feed without a cluster, and what writes it.
    #[cfg(test)]
    pub(super) fn scripted(changes: &Arc<Changes>) -> (Self, Writer<T>) {
        let mut kept = None;
        let feed = Self::written(Arc::clone(changes), |writer| {
            writer.state.send_replace(FeedState::Live);
            kept = Some(writer);
            std::future::ready(())
        });
        (feed, kept.expect("written calls it"))
    }

    /// What is there now.
    pub fn items(&self) -> RwLockReadGuard<'_, BTreeMap<Key, T>> {
        self.items.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the watch is doing.
    pub fn state(&self) -> FeedState {
        self.state.borrow().clone()
    }

    /// Waits until the first list is here, or failed.
    pub async fn settled(&self) -> FeedState {
        let mut state = self.state.clone();
        state
            .wait_for(|s| *s != FeedState::Loading)
            .await
            .map_or(FeedState::Loading, |s| s.clone())
    }

    /// The items, where the watch has ever listed them.
    pub fn listed(&self) -> bool {
        self.state() == FeedState::Live || !self.items().is_empty()
    }
}

/// What writes a feed.
pub(super) struct Writer<T> {
    items: Arc<RwLock<BTreeMap<Key, T>>>,
    /// A list that is not whole yet.
    staged: BTreeMap<Key, T>,
    state: watch::Sender<FeedState>,
    changes: Arc<Changes>,
}

impl<T: Facts> Writer<T> {
    /// A new list begins.
    pub fn begin(&mut self) {
        self.staged.clear();
    }

    /// An object of the new list.
    pub fn stage(&mut self, object: &T::Object) {
        if let Some(facts) = T::of(object) {
            self.staged.insert(key(object), facts);
        }
    }

    /// The new list is whole, and takes the place of what was there.
    pub fn whole(&mut self) {
        *self.write() = std::mem::take(&mut self.staged);
        self.state.send_replace(FeedState::Live);
        self.changes.touch_all();
    }

    /// The watch works again, and nothing was missed.
    pub fn alive(&self) {
        if self.state.send_replace(FeedState::Live) != FeedState::Live {
            self.changes.touch_all();
        }
    }

    /// The watch does not work. What may not be seen is forgotten.
    pub fn broken(&self, error: ApiError) {
        if matches!(error, ApiError::Forbidden { .. } | ApiError::Unauthorized) {
            self.write().clear();
        }
        self.state.send_modify(|state| {
            let since = if let FeedState::Broken { since, .. } = state {
                *since
            } else {
                now()
            };
            *state = FeedState::Broken { since, error };
        });
        self.changes.touch_all();
    }

    /// An object is there, as it is now.
    pub fn there(&self, object: &T::Object) {
        self.put(key(object), T::of(object));
    }

    /// An object is gone.
    pub fn gone(&self, object: &T::Object) {
        self.put(key(object), None);
    }

    /// Heartbeats of nodes and the like change no fact and are no change.
    pub(super) fn put(&self, key: Key, facts: Option<T>) {
        let mut items = self.write();
        if items.get(&key) == facts.as_ref() {
            return;
        }
        let old = match facts.clone() {
            Some(facts) => items.insert(key.clone(), facts),
            None => items.remove(&key),
        };
        drop(items);
        if let Some(facts) = facts.or(old) {
            self.changes.touch(facts.concerns(&key));
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<Key, T>> {
        self.items.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key<K: Resource>(object: &K) -> Key {
    (object.namespace().unwrap_or_default(), object.name_any())
}
