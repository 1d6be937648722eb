//! The hub: feeds by kind and scope, shared by all who look.
use super::{
    changes::Changes,
    feed::{Facts, Feed, FeedState, Key},
    now,
    scope::Scope,
};
use crate::cluster::{Kube, facts};
use app::model::{
    detail::ServiceFacts,
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    list::ListQuery,
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
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// How long a feed that nobody holds goes on: a reload, or the moment between a page and its socket.
const LINGER: Duration = Duration::from_secs(15);
/// How long the feeds of the first page wait for somebody to open the printed link.
const WARM: Duration = Duration::from_secs(60);

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
    scopes: Mutex<HashMap<Option<String>, Weak<Scope>>>,
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
            scopes: Mutex::default(),
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
            .filter(|f| f.state() == FeedState::Live);
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

    /// The feeds and the rows of a namespace, or of all, shared by all who look.
    pub(super) fn scope(&self, namespace: Option<&str>) -> Arc<Scope> {
        let mut scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.retain(|_, scope| scope.strong_count() > 0);
        let key = namespace.map(str::to_owned);
        if let Some(scope) = scopes.get(&key).and_then(Weak::upgrade) {
            return scope;
        }
        let scope = Arc::new(Scope::open(self, namespace));
        scopes.insert(key, Arc::downgrade(&scope));
        scope
    }

    /// The scopes that a list needs, each once and always in the same order: their rows are locked together.
    pub(super) async fn scopes(&self, query: &ListQuery) -> Vec<Arc<Scope>> {
        self.learn_version().await;
        if query.namespaces.is_empty() {
            return vec![self.scope(None)];
        }
        let names: BTreeSet<&String> = query.namespaces.iter().collect();
        names.into_iter().map(|n| self.scope(Some(n))).collect()
    }

    /// Keeps something alive a little longer.
    pub(super) fn linger<T: Send + 'static>(&self, held: T) {
        tokio::spawn(async move {
            tokio::time::sleep(LINGER).await;
            drop(held);
        });
    }

    /// Begins to watch what the first page shows, before anybody waits for it.
    pub async fn warm_up(self: Arc<Self>) {
        let session = self.kube.session(now()).await;
        let query = ListQuery {
            namespaces: session.namespaces.unnamed(),
            ..ListQuery::default()
        };
        let _held = self.scopes(&query).await;
        tokio::time::sleep(WARM).await;
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
    fn in_rows(&self) -> bool {
        true
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
    fn in_rows(&self) -> bool {
        !self.owner.is_empty()
    }
}

macro_rules! concerns_namespace {
    ($($facts:ty: $object:ty = $of:path, $in_rows:literal);*) => { $(
        impl Facts for $facts {
            type Object = $object;
            fn of(object: &$object) -> Option<Self> {
                $of(object)
            }
            fn concerns(&self, key: &Key) -> Key {
                (key.0.clone(), String::new())
            }
            fn in_rows(&self) -> bool {
                $in_rows
            }
        }
    )* };
}

concerns_namespace!(
    ClaimFacts: PersistentVolumeClaim = facts::claim, true;
    NodeFacts: Node = facts::node, true;
    ServiceFacts: Service = facts::service, false;
    facts::EventFacts: Event = facts::event, false;
    facts::VolumePolicy: PersistentVolume = facts::volume, false;
    facts::ClassPolicy: StorageClass = facts::class, false
);

/// Only namespaced kinds have feeds by namespace.
const _: fn() = || {
    fn namespaced<K: Resource<Scope = NamespaceResourceScope>>() {}
    namespaced::<StatefulSet>();
};
