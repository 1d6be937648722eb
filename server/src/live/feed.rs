//! One upstream watch, and the facts of what it saw.
use super::{changes::Changes, now};
use crate::error::Error;
use app::api::ApiError;
use futures::TryStreamExt;
use kube::{
    Api, Resource, ResourceExt,
    runtime::watcher::{self, Event},
};
use rand::Rng;
use serde::de::DeserializeOwned;
use std::{
    collections::BTreeMap,
    fmt::Debug,
    pin::pin,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
    time::Duration,
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

/// What a kind's objects become, and which set a change of one concerns.
pub trait Facts: Clone + PartialEq + Send + Sync + 'static {
    /// The Kubernetes kind.
    type Object: Resource<DynamicType = ()> + Clone + DeserializeOwned + Debug + Send + Sync + 'static;
    /// The facts of an object; none where the console has no interest in it.
    fn of(object: &Self::Object) -> Option<Self>;
    /// The namespace and the name of the set that this concerns; an empty name stands for all of the namespace.
    fn concerns(&self, key: &Key) -> Key;
    /// Whether a row of the list can look different after a change of it.
    fn in_rows(&self) -> bool;
}

/// A watch that lives as long as somebody holds it.
pub struct Feed<T> {
    items: Arc<RwLock<BTreeMap<Key, T>>>,
    state: watch::Receiver<FeedState>,
    _task: AbortOnDropHandle<()>,
}

impl<T: Facts> Feed<T> {
    /// Starts watching.
    pub fn start(api: Api<T::Object>, streaming: bool, changes: Arc<Changes>) -> Self {
        Self::written(streaming, changes, |writer| writer.run(api))
    }

    fn written<F>(streaming: bool, changes: Arc<Changes>, write: impl FnOnce(Writer<T>) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let items = Arc::new(RwLock::new(BTreeMap::new()));
        let (sender, state) = watch::channel(FeedState::Loading);
        let writer = Writer {
            items: Arc::clone(&items),
            state: sender,
            changes,
            streaming,
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
        let feed = Self::written(false, Arc::clone(changes), |writer| {
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

pub(super) struct Writer<T> {
    items: Arc<RwLock<BTreeMap<Key, T>>>,
    state: watch::Sender<FeedState>,
    changes: Arc<Changes>,
    streaming: bool,
}

impl<T: Facts> Writer<T> {
    /// Watches until dropped. A broken watch is begun anew with a new list: only so is it certain that nothing is
    /// missed, and that the page knows when it is whole again.
    async fn run(self, api: Api<T::Object>) {
        metrics::gauge!("ordinal_upstream_watches").increment(1.0);
        let _open = OnDrop(|| metrics::gauge!("ordinal_upstream_watches").decrement(1.0));
        let mut pause = 0.5_f64;
        loop {
            let config = watcher::Config::default();
            let config = if self.streaming {
                config.streaming_lists()
            } else {
                config
            };
            let mut events = pin!(watcher::watcher(api.clone(), config));
            let mut staged = BTreeMap::new();
            let error = loop {
                match events.try_next().await {
                    Ok(Some(event)) => {
                        if self.take(event, &mut staged) {
                            pause = 0.5;
                        }
                    }
                    Ok(None) => break None,
                    Err(error) => break Some(error),
                }
            };
            if let Some(error) = error {
                self.broken(error);
            }
            let jitter = rand::rng().random_range(0.5..1.5);
            tokio::time::sleep(Duration::from_secs_f64(pause * jitter)).await;
            pause = (pause * 2.0).min(15.0);
        }
    }

    fn broken(&self, error: watcher::Error) {
        let error = api_error(error);
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

    /// Takes one event; true where a list is complete.
    fn take(&self, event: Event<T::Object>, staged: &mut BTreeMap<Key, T>) -> bool {
        match event {
            Event::Init => staged.clear(),
            Event::InitApply(object) => {
                if let Some(facts) = T::of(&object) {
                    staged.insert(key(&object), facts);
                }
            }
            Event::InitDone => {
                *self.write() = std::mem::take(staged);
                self.state.send_replace(FeedState::Live);
                self.changes.touch_all();
                return true;
            }
            Event::Apply(object) => self.put(key(&object), T::of(&object)),
            Event::Delete(object) => self.put(key(&object), None),
        }
        false
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
            self.changes.touch(facts.concerns(&key), facts.in_rows());
        }
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, BTreeMap<Key, T>> {
        self.items.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key<K: Resource>(object: &K) -> Key {
    (object.namespace().unwrap_or_default(), object.name_any())
}

fn api_error(error: watcher::Error) -> ApiError {
    match error {
        watcher::Error::InitialListFailed(e)
        | watcher::Error::WatchStartFailed(e)
        | watcher::Error::WatchFailed(e) => Error::from(e).into(),
        watcher::Error::WatchError(status) => crate::error::from_status(&status),
        watcher::Error::NoResourceVersion => {
            ApiError::Unavailable("the list had no resourceVersion".to_owned())
        }
    }
}

struct OnDrop<F: Fn()>(F);

impl<F: Fn()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
