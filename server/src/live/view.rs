//! Pictures out of feeds: the same for a page's first paint and for its socket.
use super::{
    feed::{Facts, Feed, FeedState, Key},
    hub::Hub,
    now,
};
use crate::cluster::facts::EventFacts;
use app::{
    api::{ApiError, sets::Versioned},
    model::{
        detail::{self, DetailView, ServiceFacts, ServiceView},
        facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts, ordinal},
        list::{self, ListQuery, ListView, SetRow},
        live::{Freshness, Version},
        status, strip,
    },
};
use std::{collections::BTreeMap, ops::Bound, sync::Arc, time::Duration};

/// How long a page waits for a feed: it is drawn within 2 s, whatever the cluster does.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_100);
/// Events shown on a page.
const MAX_EVENTS: usize = 100;

/// The feeds of one namespace scope.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) namespace: Option<String>,
    pub(super) sets: Arc<Feed<SetFacts>>,
    pub(super) pods: Arc<Feed<PodFacts>>,
    pub(super) claims: Arc<Feed<ClaimFacts>>,
    nodes: Arc<Feed<NodeFacts>>,
}

/// The feeds of a detail page.
#[derive(Clone)]
pub(super) struct DetailScope {
    scope: Scope,
    name: String,
    services: Arc<Feed<ServiceFacts>>,
    events: Arc<Feed<EventFacts>>,
    may_scale: bool,
}

impl Scope {
    pub(super) fn open(hub: &Hub, namespace: Option<&str>) -> Self {
        Self {
            namespace: namespace.map(str::to_owned),
            sets: hub.sets(namespace),
            pods: hub.pods(namespace),
            claims: hub.claims(namespace),
            nodes: hub.nodes(),
        }
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

    fn fault(&self) -> Option<ApiError> {
        fault(&self.sets)
    }

    /// Watches that work, or since when one does not. A kind that may not be read is no fault of the watch.
    pub(super) fn freshness(&self) -> Freshness {
        let states = [self.sets.state(), self.pods.state(), self.claims.state()];
        let since = states.iter().filter_map(|s| match s {
            FeedState::Broken {
                error: ApiError::Forbidden { .. },
                ..
            } => None,
            FeedState::Broken { since, .. } => Some(*since),
            _ => None,
        });
        since
            .min()
            .map_or(Freshness::Live, |since| Freshness::Stale { since })
    }

    fn node(&self, name: &str) -> Option<NodeFacts> {
        self.nodes.items().get(&(String::new(), name.to_owned())).cloned()
    }

    /// The pods of a set in natural order; none where they may not be read.
    fn pods_of(&self, set: &SetFacts) -> Option<Vec<PodFacts>> {
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

    fn claims_of(&self, set: &SetFacts) -> Vec<ClaimFacts> {
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

    fn row(&self, set: &SetFacts) -> SetRow {
        let (pods, claims) = (self.pods_of(set), self.claims_of(set));
        let pods: Option<Vec<&PodFacts>> = pods.as_ref().map(|p| p.iter().collect());
        let claims: Vec<&ClaimFacts> = claims.iter().collect();
        let (status, reason) = status::judge(set, pods.as_deref(), &claims, &|n| self.node(n));
        list::row(set, status, reason, strip::cells(set, pods.as_deref(), &claims))
    }

    fn rows(&self) -> Vec<SetRow> {
        let inside = |s: &&SetFacts| self.namespace.as_ref().is_none_or(|n| *n == s.namespace);
        self.sets
            .items()
            .values()
            .filter(inside)
            .map(|s| self.row(s))
            .collect()
    }
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

/// A window of the list out of its scopes; an error only where none of them has anything to show.
pub(super) fn list(scopes: &[Scope], query: &ListQuery) -> Result<ListView, ApiError> {
    let faults: Vec<ApiError> = scopes.iter().filter_map(Scope::fault).collect();
    if faults.len() == scopes.len()
        && let Some(fault) = faults.into_iter().next()
    {
        return Err(fault);
    }
    Ok(ListView::of(scopes.iter().flat_map(Scope::rows).collect(), query))
}

impl DetailScope {
    pub(super) fn freshness(&self) -> Freshness {
        self.scope.freshness()
    }

    /// The page's picture.
    pub(super) fn view(&self) -> Result<DetailView, ApiError> {
        if let Some(fault) = self.scope.fault() {
            return Err(fault);
        }
        let namespace = self.scope.namespace.clone().unwrap_or_default();
        let set = self
            .scope
            .sets
            .items()
            .get(&(namespace, self.name.clone()))
            .cloned();
        let set =
            set.ok_or_else(|| ApiError::NotFound(format!("statefulsets.apps \"{}\" not found", self.name)))?;
        let row = self.scope.row(&set);
        let pods = self.scope.pods_of(&set).unwrap_or_default();
        let claims = self.scope.claims_of(&set);
        let (pods, claim_refs): (Vec<_>, Vec<_>) = (pods.iter().collect(), claims.iter().collect());
        let ordinals = detail::ordinals(&set, &pods, &claim_refs, &|n| self.scope.node(n));
        let events = self.events.listed().then(|| self.events_of(&set, &claims));
        Ok(DetailView {
            head: detail::head(&set, row, self.may_scale),
            ordinals,
            service: self.service_of(&set),
            events,
        })
    }

    fn service_of(&self, set: &SetFacts) -> ServiceView {
        let name = set.service_name.clone();
        if name.is_empty() {
            return ServiceView::Unnamed;
        }
        if !self.services.listed() && !matches!(self.services.state(), FeedState::Live) {
            return ServiceView::Hidden;
        }
        match self
            .services
            .items()
            .get(&(set.namespace.clone(), name.clone()))
            .cloned()
        {
            None => ServiceView::Missing { name },
            Some(mut found) => {
                let selects = |(k, v): &(String, String)| set.selector.get(k) == Some(v);
                found.selects = !found.selector.is_empty() && found.selector.iter().all(selects);
                ServiceView::Found(found)
            }
        }
    }

    fn events_of(&self, set: &SetFacts, claims: &[ClaimFacts]) -> Vec<detail::EventRow> {
        let about = |e: &&EventFacts| match e.kind.as_str() {
            "StatefulSet" => e.object == set.name,
            "Pod" => ordinal(&e.object, &set.name).is_some(),
            "PersistentVolumeClaim" => claims.iter().any(|c| c.name == e.object),
            _ => false,
        };
        let items = self.events.items();
        let inside = items
            .values()
            .filter(|e| e.namespace == set.namespace)
            .filter(about);
        let mut rows: Vec<_> = inside.map(|e| e.row.clone()).collect();
        rows.sort_by(|a, b| (b.last, &b.uid).cmp(&(a.last, &a.uid)));
        rows.truncate(MAX_EVENTS);
        rows
    }
}

impl Hub {
    /// The scopes that a list needs. Several namespaces are one scope where the user may see all.
    pub(super) async fn scopes(&self, query: &ListQuery) -> Vec<Scope> {
        self.learn_version().await;
        if query.namespaces.is_empty() {
            return vec![Scope::open(self, None)];
        }
        query
            .namespaces
            .iter()
            .map(|n| Scope::open(self, Some(n)))
            .collect()
    }

    /// The feeds of a detail page.
    pub(super) async fn detail_scope(&self, namespace: &str, name: &str) -> DetailScope {
        self.learn_version().await;
        DetailScope {
            scope: Scope::open(self, Some(namespace)),
            name: name.to_owned(),
            services: self.services(Some(namespace)),
            events: self.events(Some(namespace)),
            may_scale: self
                .kube
                .may("patch", "statefulsets", "scale", Some(namespace))
                .await,
        }
    }

    /// The list for a first paint.
    ///
    /// # Errors
    /// None of the namespaces may be listed, or the cluster does not answer.
    pub async fn list_once(&self, query: &ListQuery) -> Result<Versioned<ListView>, ApiError> {
        let version = self.changes.version();
        let open = async {
            let scopes = self.scopes(query).await;
            futures::future::join_all(scopes.iter().map(Scope::settled)).await;
            scopes
        };
        let scopes = soon(open).await?;
        self.linger(scopes.clone());
        list(&scopes, query).map(|picture| Versioned { version, picture })
    }

    /// The detail page for a first paint.
    ///
    /// # Errors
    /// It does not exist, may not be read, or the cluster does not answer.
    pub async fn detail_once(&self, namespace: &str, name: &str) -> Result<Versioned<DetailView>, ApiError> {
        let version: Version = self.changes.version();
        let open = async {
            let scope = self.detail_scope(namespace, name).await;
            tokio::join!(
                scope.scope.settled(),
                scope.services.settled(),
                scope.events.settled()
            );
            scope
        };
        let scope = soon(open).await?;
        self.linger(scope.clone());
        scope.view().map(|picture| Versioned { version, picture })
    }
}

pub(super) async fn soon<T>(work: impl Future<Output = T>) -> Result<T, ApiError> {
    let late = |_| ApiError::Unavailable("no answer within 1.1 s".to_owned());
    tokio::time::timeout(PATIENCE + Duration::from_millis(100), work)
        .await
        .map_err(late)
}
