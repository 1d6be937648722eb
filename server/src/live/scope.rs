//! The feeds of a namespace, or of all, and what they say of a set together: the same for a page's first paint and for
//! its socket.
use super::{
    changes::Changes,
    feed::{Facts, Feed, FeedState, Key},
    hub::Hub,
    now,
    rows::Rows,
};
use crate::held::held;
use app::{
    api::ApiError,
    model::{
        facts::{ClaimFacts, FIRST_READY, NodeFacts, PodFacts, SetFacts, ordinal},
        list::{self, SetRow},
        live::Freshness,
        many::whole,
        status::{Judged, Seen, judge},
        strip,
        warnings::WarningFacts,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, Weak},
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
    pub(super) warnings: Arc<Feed<WarningFacts>>,
    pub(super) rows: Mutex<Rows>,
}

impl Scope {
    /// The feeds of a scope, and a clock for its rows.
    pub(super) fn open(hub: &Hub, namespace: Option<&str>) -> Arc<Self> {
        let scope = Arc::new(Self {
            namespace: namespace.map(str::to_owned),
            sets: hub.sets(namespace),
            pods: hub.pods(namespace),
            claims: hub.claims(namespace),
            nodes: hub.nodes(),
            warnings: hub.warnings(namespace),
            rows: Mutex::default(),
        });
        tokio::spawn(tick(Arc::downgrade(&scope), Arc::clone(&hub.changes)));
        scope
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
                self.nodes.settled(),
                self.warnings.settled()
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

    /// The address of a node that is ready, the first by name; none where nodes may not be read.
    pub(super) fn some_node(&self) -> Option<String> {
        let items = self.nodes.items();
        let good = |node: &&NodeFacts| node.ready && !node.address.is_empty();
        items.values().find(good).map(|node| node.address.clone())
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

    /// The warnings about a set and its pods.
    fn warnings_of(&self, set: &SetFacts, pods: &[PodFacts]) -> Vec<WarningFacts> {
        let calm = |p: &PodFacts| p.ready && !p.terminating;
        if set.observed && i64::from(set.replicas) == whole(pods.len()) && pods.iter().all(calm) {
            return Vec::new();
        }
        let items = self.warnings.items();
        let from = Bound::Included((set.namespace.clone(), String::new()));
        let inside = items.range((from, Bound::Unbounded));
        let inside = inside.take_while(|((namespace, _), _)| *namespace == set.namespace);
        let about = |w: &WarningFacts| w.uid == set.uid || pods.iter().any(|p| p.uid == w.uid);
        inside.map(|(_, w)| w).filter(|w| about(w)).cloned().collect()
    }

    /// How a set is, and whether that can change by the clock alone.
    pub(super) fn judged(&self, set: &SetFacts) -> (Judged, SetRow, bool) {
        let (pods, claims, now) = (self.pods_of(set), self.claims_of(set), now());
        let warnings = self.warnings_of(set, pods.as_deref().unwrap_or_default());
        let pods: Option<Vec<&PodFacts>> = pods.as_ref().map(|p| p.iter().collect());
        let claims: Vec<&ClaimFacts> = claims.iter().collect();
        let judged = judge(&Seen {
            set,
            pods: pods.as_deref(),
            claims: &claims,
            warnings: &warnings.iter().collect::<Vec<_>>(),
            nodes: &|name| self.node(name),
            now,
        });
        let cells = strip::cells(set, pods.as_deref(), &claims);
        let row = list::row(set, judged.status.clone(), judged.reason.clone(), cells);
        // A pod that is told to go is overdue, one that is ready is available, a warning is told after a while.
        let starts = |p: &PodFacts| !p.ready && now <= p.since + FIRST_READY;
        let waits = |p: &&PodFacts| p.terminating || starts(p) || (p.ready && now <= set.available_at(p));
        let timed = !warnings.is_empty() || pods.iter().flatten().any(waits);
        (judged, row, timed)
    }

    /// The rows of all sets, as they are now.
    pub(super) fn rows(&self, changes: &Changes) -> MutexGuard<'_, Rows> {
        let mut rows = held(&self.rows);
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
