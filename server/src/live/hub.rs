//! The hub: feeds by kind and scope, and questions about them, shared by all who look.
use super::{
    changes::Changes,
    feed::{Facts, Feed, FeedState, Key},
    now,
    question::{Picture, Question},
    scope::Scope,
    usage::Usage,
    watch::{Review, Upstream},
};
use crate::{
    cluster::{Kube, facts},
    held::held,
};
use app::model::{
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    live::Topic,
    services::ServiceFacts,
    warnings::WarningFacts,
};
use futures::FutureExt;
use kube::{Api, Resource};
use std::{
    any::Any,
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, Weak, atomic::AtomicBool},
    time::Duration,
};
use tokio::time::Instant;

/// How long feeds go on that nobody looks at: to list ten thousand objects again costs more than to follow them.
pub(super) const KEPT: Duration = Duration::from_secs(300);
/// How often it is looked which of them that is.
const SWEEP: Duration = Duration::from_secs(10);
/// How long a question is answered on when nobody asks it: a reload, or the moment between a page and its socket.
const LINGER: Duration = Duration::from_secs(15);

/// The feeds of one kind by namespace; none stands for all.
type Shelf<T> = Mutex<HashMap<Option<String>, Weak<Feed<T>>>>;
/// What is shared, whatever it is.
type Shared = Arc<dyn Any + Send + Sync>;

/// Everything that is watched, as one identity sees it.
pub struct Hub {
    pub(super) kube: Arc<Kube>,
    pub(super) changes: Arc<Changes>,
    streams: Arc<AtomicBool>,
    sets: Shelf<SetFacts>,
    pods: Shelf<PodFacts>,
    claims: Shelf<ClaimFacts>,
    services: Shelf<ServiceFacts>,
    events: Shelf<facts::EventFacts>,
    slices: Shelf<facts::SliceFacts>,
    warnings: Shelf<WarningFacts>,
    hpas: Shelf<facts::HpaFacts>,
    nodes: Shelf<NodeFacts>,
    volumes: Shelf<facts::VolumePolicy>,
    classes: Shelf<facts::ClassPolicy>,
    scopes: Mutex<HashMap<Option<String>, Weak<Scope>>>,
    pub(super) usages: Mutex<HashMap<Key, Weak<Usage>>>,
    questions: Mutex<HashMap<Topic, Weak<dyn Any + Send + Sync>>>,
    kept: Mutex<Vec<Kept>>,
}

/// Something that was opened.
struct Kept {
    shared: Shared,
    /// The last moment at which somebody else held it.
    looked: Instant,
    /// How long it stays after that.
    stays: Duration,
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
        let hub = Arc::new(Self {
            kube,
            changes: Arc::new(Changes::new()),
            streams: Arc::new(AtomicBool::new(true)),
            sets: Shelf::default(),
            pods: Shelf::default(),
            claims: Shelf::default(),
            services: Shelf::default(),
            events: Shelf::default(),
            slices: Shelf::default(),
            warnings: Shelf::default(),
            hpas: Shelf::default(),
            nodes: Shelf::default(),
            volumes: Shelf::default(),
            classes: Shelf::default(),
            scopes: Mutex::default(),
            usages: Mutex::default(),
            questions: Mutex::default(),
            kept: Mutex::default(),
        });
        tokio::spawn(sweep(Arc::downgrade(&hub)));
        hub
    }

    feeds!(
        sets: SetFacts,
        pods: PodFacts,
        claims: ClaimFacts,
        services: ServiceFacts,
        events: facts::EventFacts,
        warnings: WarningFacts,
        hpas: facts::HpaFacts,
        slices: facts::SliceFacts
    );

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
        let mut shelf = held(shelf);
        shelf.retain(|_, feed| feed.strong_count() > 0);
        let all = shelf.get(&None).and_then(Weak::upgrade);
        let all = all.filter(|f| f.state() == FeedState::Live);
        let own = || shelf.get(&namespace.map(str::to_owned)).and_then(Weak::upgrade);
        if let Some(feed) = all.or_else(own) {
            return feed;
        }
        let feed = Arc::new(self.open(api(self.kube.client()), namespace, T::FIELDS.to_owned()));
        shelf.insert(namespace.map(str::to_owned), Arc::downgrade(&feed));
        drop(shelf);
        self.keep(feed.clone(), KEPT);
        feed
    }

    /// A feed of the objects that a field selector finds, which nobody else shares.
    pub(super) fn open<T: Facts>(
        &self,
        api: Api<T::Object>,
        namespace: Option<&str>,
        fields: String,
    ) -> Feed<T> {
        let upstream = Upstream {
            api,
            fields,
            streams: Arc::clone(&self.streams),
            review: self.review::<T::Object>(namespace),
        };
        Feed::start(upstream, Arc::clone(&self.changes))
    }

    fn review<K: Resource<DynamicType = ()>>(&self, namespace: Option<&str>) -> Review {
        let (kube, namespace) = (Arc::clone(&self.kube), namespace.map(str::to_owned));
        Arc::new(move || {
            let (kube, namespace) = (Arc::clone(&kube), namespace.clone());
            let may = async move {
                let (group, plural) = (K::group(&()), K::plural(&()));
                kube.still_may("list", &group, &plural, namespace.as_deref())
                    .await
            };
            may.boxed()
        })
    }

    /// Keeps what was opened as long as somebody holds it, and a while longer.
    pub(super) fn keep(&self, shared: Shared, stays: Duration) {
        held(&self.kept).push(Kept {
            shared,
            looked: Instant::now(),
            stays,
        });
    }

    /// The feeds and the rows of a namespace, or of all, shared by all who look.
    pub(super) fn scope(&self, namespace: Option<&str>) -> Arc<Scope> {
        let mut scopes = held(&self.scopes);
        scopes.retain(|_, scope| scope.strong_count() > 0);
        let key = namespace.map(str::to_owned);
        if let Some(scope) = scopes.get(&key).and_then(Weak::upgrade) {
            return scope;
        }
        let scope = Scope::open(self, namespace);
        scopes.insert(key, Arc::downgrade(&scope));
        drop(scopes);
        self.keep(scope.clone(), KEPT);
        scope
    }

    /// The scopes of some namespaces, each once; of all where none is named.
    pub(super) fn scopes(&self, namespaces: &[String]) -> Vec<Arc<Scope>> {
        if namespaces.is_empty() {
            return vec![self.scope(None)];
        }
        let names: BTreeSet<&String> = namespaces.iter().collect();
        names.into_iter().map(|n| self.scope(Some(n))).collect()
    }

    /// The question of a topic: the one that is being answered, or a new one. It goes on for a moment when nobody asks
    /// any more.
    pub(super) fn question<P: Picture>(
        &self,
        topic: &Topic,
        open: impl FnOnce() -> P,
    ) -> Arc<Question<P::View>> {
        let mut questions = held(&self.questions);
        questions.retain(|_, question| question.strong_count() > 0);
        let asked = questions.get(topic).and_then(Weak::upgrade);
        let asked = asked.and_then(|q| q.downcast::<Question<P::View>>().ok());
        asked.unwrap_or_else(|| {
            let question = Arc::new(Question::ask(Arc::clone(&self.changes), open()));
            let shared: Shared = question.clone();
            questions.insert(topic.clone(), Arc::downgrade(&shared));
            self.keep(shared, LINGER);
            question
        })
    }

    /// Begins to watch what the first page shows, before anybody waits for it.
    pub async fn warm_up(self: Arc<Self>) {
        let session = self.kube.session(now()).await;
        self.scopes(&session.namespaces.unnamed());
    }

    /// Takes out what nobody has looked at for longer than it stays.
    fn let_go(&self) -> Vec<Kept> {
        let now = Instant::now();
        let mut kept = held(&self.kept);
        for one in kept.iter_mut().filter(|one| Arc::strong_count(&one.shared) > 1) {
            one.looked = now;
        }
        kept.extract_if(.., |one| now - one.looked >= one.stays).collect()
    }
}

/// Lets go of what nobody has looked at for long, until the hub itself is gone.
async fn sweep(hub: Weak<Hub>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let Some(hub) = hub.upgrade() else { return };
        let gone = hub.let_go();
        // It may be much, and nobody need wait for it.
        drop(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kube::client::Body;

    #[tokio::test(start_paused = true)]
    async fn what_nobody_looks_at_goes_after_a_while() {
        let silent = tower::service_fn(|_: http::Request<Body>| {
            std::future::pending::<Result<http::Response<Body>, std::io::Error>>()
        });
        let hub = Hub::new(Arc::new(Kube::scripted(kube::Client::new(silent, "default"))));
        let looked_at: Shared = Arc::new(());
        let there = Arc::downgrade(&looked_at);
        hub.keep(Arc::clone(&looked_at), LINGER);
        tokio::time::sleep(LINGER * 10).await;
        drop(looked_at);
        tokio::time::sleep(LINGER - SWEEP).await;
        assert!(there.upgrade().is_some(), "a reload finds it");
        tokio::time::sleep(SWEEP * 3).await;
        assert!(there.upgrade().is_none());
    }
}
