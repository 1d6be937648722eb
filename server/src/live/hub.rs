//! The hub: feeds by kind and scope, shared by all who look, and the history from which a lost socket resumes.
use super::feed::{Facts, Feed, Key};
use crate::cluster::{Kube, facts};
use app::model::{
    detail::ServiceFacts,
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    live::Version,
};
use k8s_openapi::{
    NamespaceResourceScope,
    api::{
        apps::v1::StatefulSet,
        core::v1::{Event, Node, PersistentVolume, PersistentVolumeClaim, Pod, Service},
        storage::v1::StorageClass,
    },
};
use kube::{Api, Resource};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::Duration,
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Changes that are remembered for those who come back.
const HISTORY: usize = 2_048;
/// How long a feed that nobody holds goes on: a reload, or the moment between a page and its socket.
const LINGER: Duration = Duration::from_secs(15);

/// What changed, in order.
pub struct Changes {
    epoch: u64,
    history: Mutex<VecDeque<(u64, Key)>>,
    seq: watch::Sender<u64>,
}

impl Changes {
    fn new() -> Self {
        Self {
            epoch: rand::random::<u64>() >> 12,
            history: Mutex::default(),
            seq: watch::Sender::new(0),
        }
    }

    /// A set changed, or anything of it; an empty name stands for every set of the namespace.
    pub fn touch(&self, key: Key) {
        let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let seq = *self.seq.borrow() + 1;
        history.push_back((seq, key));
        if history.len() > HISTORY {
            history.pop_front();
        }
        self.seq.send_replace(seq);
    }

    /// Everything may have changed.
    pub fn touch_all(&self) {
        self.touch((String::new(), String::new()));
    }

    /// Where the history stands.
    pub fn version(&self) -> Version {
        Version {
            epoch: self.epoch,
            seq: *self.seq.borrow(),
        }
    }

    /// A receiver that wakes at each change.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.seq.subscribe()
    }

    /// What changed after `since`; none where the history does not reach that far, or is another's.
    pub fn after(&self, since: Version) -> Option<Vec<Key>> {
        let history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = *self.seq.borrow();
        let oldest = history.front().map_or(newest + 1, |(seq, _)| *seq);
        if since.epoch != self.epoch || since.seq > newest || since.seq + 1 < oldest {
            return None;
        }
        Some(
            history
                .iter()
                .filter(|(seq, _)| *seq > since.seq)
                .map(|(_, key)| key.clone())
                .collect(),
        )
    }
}

/// The feeds of one kind by namespace; none stands for all.
type Shelf<T> = Mutex<HashMap<Option<String>, Weak<Feed<T>>>>;

/// Everything that is watched.
pub struct Hub {
    pub(super) kube: Arc<Kube>,
    pub(super) changes: Arc<Changes>,
    streaming: OnceLock<bool>,
    closing: CancellationToken,
    sets: Shelf<SetFacts>,
    pods: Shelf<PodFacts>,
    claims: Shelf<ClaimFacts>,
    services: Shelf<ServiceFacts>,
    events: Shelf<facts::EventFacts>,
    nodes: Shelf<NodeFacts>,
    volumes: Shelf<facts::VolumePolicy>,
    classes: Shelf<facts::ClassPolicy>,
}

macro_rules! feeds {
    ($($name:ident: $facts:ty),*) => { $(
        #[doc = concat!("The feed of ", stringify!($name), " in a namespace, or in all.")]
        pub(super) fn $name(&self, namespace: Option<&str>) -> Arc<Feed<$facts>> {
            self.take(&self.$name, namespace, |client| match namespace {
                Some(namespace) => Api::namespaced(client, namespace),
                None => Api::all(client),
            })
        }
    )* };
}

impl Hub {
    /// A hub that watches nothing yet.
    pub fn new(kube: Arc<Kube>) -> Arc<Self> {
        Arc::new(Self {
            kube,
            changes: Arc::new(Changes::new()),
            streaming: OnceLock::new(),
            closing: CancellationToken::new(),
            sets: Shelf::default(),
            pods: Shelf::default(),
            claims: Shelf::default(),
            services: Shelf::default(),
            events: Shelf::default(),
            nodes: Shelf::default(),
            volumes: Shelf::default(),
            classes: Shelf::default(),
        })
    }

    feeds!(sets: SetFacts, pods: PodFacts, claims: ClaimFacts, services: ServiceFacts, events: facts::EventFacts);

    /// The feed of nodes.
    pub(super) fn nodes(&self) -> Arc<Feed<NodeFacts>> {
        self.take(&self.nodes, None, Api::all)
    }

    /// The feeds of what happens to the data of deleted claims: by volume, and by class.
    pub(super) fn policies(&self) -> (Arc<Feed<facts::VolumePolicy>>, Arc<Feed<facts::ClassPolicy>>) {
        let volumes = self.take(&self.volumes, None, Api::all);
        (volumes, self.take(&self.classes, None, Api::all))
    }

    /// A feed that covers the scope: the one of all namespaces where that runs, else its own, new or shared.
    fn take<T: Facts>(
        &self,
        shelf: &Shelf<T>,
        namespace: Option<&str>,
        api: impl FnOnce(kube::Client) -> Api<T::Object>,
    ) -> Arc<Feed<T>> {
        let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.retain(|_, feed| feed.strong_count() > 0);
        let all = shelf
            .get(&None)
            .and_then(Weak::upgrade)
            .filter(|f| f.state() == super::feed::FeedState::Live);
        let own = || shelf.get(&namespace.map(str::to_owned)).and_then(Weak::upgrade);
        let feed = all.or_else(own).unwrap_or_else(|| {
            let streaming = *self.streaming.get().unwrap_or(&true);
            Arc::new(Feed::start(
                api(self.kube.client()),
                streaming,
                Arc::clone(&self.changes),
            ))
        });
        shelf
            .entry(namespace.map(str::to_owned))
            .or_insert_with(|| Arc::downgrade(&feed));
        feed
    }

    /// Keeps something alive a little longer.
    pub(super) fn linger<T: Send + 'static>(&self, held: T) {
        tokio::spawn(async move {
            tokio::time::sleep(LINGER).await;
            drop(held);
        });
    }

    /// Streaming lists cost half the memory; API servers before 1.34 may not have them.
    pub async fn learn_version(&self) {
        if self.streaming.get().is_none()
            && let Ok(version) = self.kube.answer(self.kube.client().apiserver_version()).await
        {
            let minor = version.minor.trim_end_matches('+').parse::<u32>().unwrap_or(0);
            let _ = self.streaming.set(minor >= 34);
        }
    }

    /// Ends every socket.
    pub fn close(&self) {
        self.closing.cancel();
    }

    /// Waits until the hub is closed.
    pub async fn closed(&self) {
        self.closing.cancelled().await;
    }
}

impl Facts for SetFacts {
    type Object = StatefulSet;
    fn of(object: &StatefulSet) -> Option<Self> {
        facts::set(object)
    }
    fn concerns(&self, key: &Key) -> Key {
        key.clone()
    }
}

impl Facts for PodFacts {
    type Object = Pod;
    fn of(object: &Pod) -> Option<Self> {
        facts::pod(object)
    }
    fn concerns(&self, _: &Key) -> Key {
        (self.namespace.clone(), self.owner.clone())
    }
}

macro_rules! concerns_namespace {
    ($($facts:ty: $object:ty = $of:path),*) => { $(
        impl Facts for $facts {
            type Object = $object;
            fn of(object: &$object) -> Option<Self> {
                $of(object)
            }
            fn concerns(&self, key: &Key) -> Key {
                (key.0.clone(), String::new())
            }
        }
    )* };
}

concerns_namespace!(
    ClaimFacts: PersistentVolumeClaim = facts::claim,
    ServiceFacts: Service = facts::service,
    facts::EventFacts: Event = facts::event,
    NodeFacts: Node = facts::node,
    facts::VolumePolicy: PersistentVolume = facts::volume,
    facts::ClassPolicy: StorageClass = facts::class
);

/// Only namespaced kinds have feeds by namespace.
const _: fn() = || {
    fn namespaced<K: Resource<Scope = NamespaceResourceScope>>() {}
    namespaced::<StatefulSet>();
};

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        ("ns".to_owned(), name.to_owned())
    }

    #[test]
    fn the_history_tells_what_was_missed() {
        let changes = Changes::new();
        changes.touch(key("a"));
        let seen = changes.version();
        changes.touch(key("b"));
        assert_eq!(changes.after(seen), Some(vec![key("b")]));
        assert_eq!(changes.after(changes.version()), Some(vec![]));
    }

    #[test]
    fn a_history_of_another_life_or_too_far_back_is_none() {
        let changes = Changes::new();
        let start = changes.version();
        assert_eq!(
            changes.after(Version {
                epoch: start.epoch + 1,
                seq: 0
            }),
            None
        );
        assert_eq!(
            changes.after(Version {
                epoch: start.epoch,
                seq: 5
            }),
            None
        );
        (0..=HISTORY).for_each(|n| changes.touch(key(&n.to_string())));
        assert_eq!(changes.after(start), None);
    }
}
