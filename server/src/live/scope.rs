//! The feeds of a namespace, or of all, and what they say of a set together: the same for a page's first paint and for
//! its socket.
use super::{
    changes::Changes,
    feed::{Facts, Feed, FeedState, Key},
    hub::Hub,
    now,
    rows::Rows,
};
use app::{
    api::ApiError,
    model::{
        facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts, ordinal},
        list::{self, SetRow},
        live::Freshness,
        status, strip,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

/// How long a page waits for a feed: it is drawn within 2 s, whatever the cluster does.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_100);
/// How often rows are looked at that the clock alone can change.
const TICK: Duration = Duration::from_secs(1);

/// The feeds of one namespace scope, and the rows that were made of them.
pub(super) struct Scope {
    pub(super) namespace: Option<String>,
    pub(super) sets: Arc<Feed<SetFacts>>,
    pub(super) pods: Arc<Feed<PodFacts>>,
    pub(super) claims: Arc<Feed<ClaimFacts>>,
    pub(super) nodes: Arc<Feed<NodeFacts>>,
    pub(super) rows: Mutex<Rows>,
}

impl Scope {
    /// The feeds of a scope, and a clock for its rows.
    pub(super) fn open(hub: &Hub, namespace: Option<&str>) -> Arc<Self> {
        let (sets, pods, claims) = (hub.sets(namespace), hub.pods(namespace), hub.claims(namespace));
        let scope = Arc::new(Self::of(namespace, sets, pods, claims, hub.nodes()));
        tokio::spawn(tick(Arc::downgrade(&scope), Arc::clone(&hub.changes)));
        scope
    }

    /// A scope of these feeds.
    pub(super) fn of(
        namespace: Option<&str>,
        sets: Arc<Feed<SetFacts>>,
        pods: Arc<Feed<PodFacts>>,
        claims: Arc<Feed<ClaimFacts>>,
        nodes: Arc<Feed<NodeFacts>>,
    ) -> Self {
        Self {
            namespace: namespace.map(str::to_owned),
            sets,
            pods,
            claims,
            nodes,
            rows: Mutex::default(),
        }
    }

    /// Whether an object is in its namespace.
    pub(super) fn covers(&self, (namespace, _): &Key) -> bool {
        self.namespace.as_ref().is_none_or(|own| own == namespace)
    }

    /// The sets whose pods are on one of these nodes.
    pub(super) fn sets_on(&self, nodes: &BTreeSet<String>) -> Vec<Key> {
        if nodes.is_empty() {
            return Vec::new();
        }
        let pods = self.pods.items();
        let there = pods
            .values()
            .filter(|p| !p.owner.is_empty() && nodes.contains(&p.node));
        let sets: BTreeSet<Key> = there.map(|p| (p.namespace.clone(), p.owner.clone())).collect();
        sets.into_iter().filter(|key| self.covers(key)).collect()
    }

    pub(super) async fn settled(&self) -> FeedState {
        let all = async {
            tokio::join!(
                self.sets.settled(),
                self.pods.settled(),
                self.claims.settled(),
                self.nodes.settled()
            )
        };
        match tokio::time::timeout(PATIENCE, all).await {
            Ok((sets, ..)) => sets,
            Err(_) => self.sets.state(),
        }
    }

    pub(super) fn fault(&self) -> Option<ApiError> {
        fault(&self.sets)
    }

    /// How fresh its oldest feed is.
    pub(super) fn freshness(&self) -> Freshness {
        older([
            feed_freshness(&self.sets),
            feed_freshness(&self.pods),
            feed_freshness(&self.claims),
        ])
    }

    pub(super) fn node(&self, name: &str) -> Option<NodeFacts> {
        self.nodes.items().get(&(String::new(), name.to_owned())).cloned()
    }

    /// The pods of a set in natural order; none where they may not be read.
    pub(super) fn pods_of(&self, set: &SetFacts) -> Option<Vec<PodFacts>> {
        if !self.pods.listed() {
            return None;
        }
        let items = self.pods.items();
        let now = now();
        let of_set = prefixed(&items, &set.namespace, &set.name)
            .filter(|p| p.owner_uid == set.uid)
            .cloned();
        let mut pods: Vec<_> = of_set
            .map(|p| {
                let node = self.node(&p.node);
                p.at(now, node.as_ref())
            })
            .collect();
        pods.sort_by_key(|p| p.ordinal);
        Some(pods)
    }

    pub(super) fn claims_of(&self, set: &SetFacts) -> Vec<ClaimFacts> {
        let items = self.claims.items();
        let of = |template: &str| {
            let prefix = format!("{template}-{}", set.name);
            prefixed(&items, &set.namespace, &prefix)
                .filter(|c| ordinal(&c.name, &prefix).is_some())
                .cloned()
                .collect::<Vec<_>>()
        };
        set.templates.iter().flat_map(|t| of(&t.name)).collect()
    }

    /// The row of a set, and whether it can become another one by the clock alone.
    pub(super) fn row(&self, set: &SetFacts) -> (SetRow, bool) {
        let (pods, claims) = (self.pods_of(set), self.claims_of(set));
        let pods: Option<Vec<&PodFacts>> = pods.as_ref().map(|p| p.iter().collect());
        let claims: Vec<&ClaimFacts> = claims.iter().collect();
        let (status, reason) = status::judge(set, pods.as_deref(), &claims, &|n| self.node(n));
        let row = list::row(set, status, reason, strip::cells(set, pods.as_deref(), &claims));
        // A pod that is told to go counts as lost when it is overdue.
        (row, pods.iter().flatten().any(|p| p.terminating))
    }

    /// The rows of all sets, as they are now.
    pub(super) fn rows(&self, changes: &Changes) -> MutexGuard<'_, Rows> {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.refresh(self, changes);
        rows
    }
}

/// Looks at the rows of a scope now and then, as long as somebody holds it.
async fn tick(scope: Weak<Scope>, changes: Arc<Changes>) {
    loop {
        tokio::time::sleep(TICK).await;
        let Some(scope) = scope.upgrade() else { return };
        scope.rows(&changes).tick(&scope, &changes);
    }
}

/// A watch that works, or since when it does not. A kind that may not be read is no fault of the watch.
pub(super) fn feed_freshness<T: Facts>(feed: &Feed<T>) -> Freshness {
    match feed.state() {
        FeedState::Broken {
            error: ApiError::Forbidden { .. },
            ..
        } => Freshness::Live,
        FeedState::Broken { since, .. } => Freshness::Stale { since },
        _ => Freshness::Live,
    }
}

/// The oldest of them.
pub(super) fn older(all: impl IntoIterator<Item = Freshness>) -> Freshness {
    let since = all.into_iter().filter_map(|f| match f {
        Freshness::Live => None,
        Freshness::Stale { since } => Some(since),
    });
    since
        .min()
        .map_or(Freshness::Live, |since| Freshness::Stale { since })
}

/// Why there is nothing to show, if so.
pub(super) fn fault<T: Facts>(feed: &Feed<T>) -> Option<ApiError> {
    match feed.state() {
        FeedState::Broken {
            error: error @ (ApiError::Forbidden { .. } | ApiError::Unauthorized),
            ..
        } => Some(error),
        _ if feed.listed() => None,
        FeedState::Broken { error, .. } => Some(error),
        FeedState::Loading => Some(ApiError::Unavailable("no answer within 1.1 s".to_owned())),
        FeedState::Live => None,
    }
}

/// The objects of a namespace whose names begin with `name-`.
fn prefixed<'a, T>(
    items: &'a BTreeMap<Key, T>,
    namespace: &'a str,
    name: &str,
) -> impl Iterator<Item = &'a T> {
    let start = format!("{name}-");
    let from = Bound::Included((namespace.to_owned(), start.clone()));
    let near = items.range((from, Bound::Unbounded));
    near.take_while(move |((ns, n), _)| ns == namespace && n.starts_with(&start))
        .map(|(_, item)| item)
}
