//! The picture of a set's own page.
use super::{
    changes::{Changes, Missed},
    feed::{Feed, FeedState},
    hub::Hub,
    now,
    question::Picture,
    scope::{PATIENCE, Scope, feed_freshness, older},
};
use crate::cluster::{
    Kube,
    facts::{EventFacts, HpaFacts, SliceFacts},
};
use app::{
    api::ApiError,
    model::{
        detail::{self, DetailView, ServiceView, SetHead},
        effect::{Course, Health, Hold, Hpa, Scene, writers},
        facts::{ClaimFacts, PodFacts, SetFacts, ordinal},
        live::Freshness,
        many::{ROWS, whole},
        ordinals::Ordinals,
        services::{ServiceFacts, SetService},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Events shown on a page.
const MAX_EVENTS: usize = 100;

/// The feeds of a detail page.
pub(super) struct DetailPicture {
    kube: Arc<Kube>,
    scope: Arc<Scope>,
    name: String,
    /// Where the window of the ordinals begins.
    from: i64,
    services: Arc<Feed<ServiceFacts>>,
    slices: Arc<Feed<SliceFacts>>,
    events: Arc<Feed<EventFacts>>,
    hpas: Arc<Feed<HpaFacts>>,
    may_scale: bool,
    /// Whether Services may be created, and updated.
    may_services: (bool, bool),
}

impl DetailPicture {
    /// The page's picture.
    fn view(&self) -> Result<DetailView, ApiError> {
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
        let (judged, row, _) = self.scope.judged(&set);
        let (pods, claims) = (self.scope.pods_of(&set), self.scope.claims_of(&set));
        let pods: Option<Vec<&PodFacts>> = pods.as_ref().map(|p| p.iter().collect());
        let ordinals = Ordinals::new(&set, pods.as_deref(), &claims.iter().collect::<Vec<_>>());
        let events = self.events.listed().then(|| self.events_of(&set, &claims));
        let scene = |p: &Vec<&PodFacts>| Scene::of(&set, p, &claims.iter().collect::<Vec<_>>(), now());
        let available = |s: &Scene| {
            let ready = s
                .pods
                .values()
                .filter(|p| !p.going && p.health == Health::Available);
            i32::try_from(ready.count()).unwrap_or(i32::MAX)
        };
        let scene = pods.as_ref().map(scene);
        let hold = scene
            .as_ref()
            .and_then(|s| Course::of(s).waits().find(|w| w.hold.is_some()));
        let hold = hold.filter(|w| w.hold.is_some_and(Hold::ends_by_delete));
        let held = |p: &&&PodFacts| hold.is_some_and(|w| w.ordinal == p.ordinal);
        let helps = pods.iter().flatten().find(held);
        Ok(DetailView {
            head: SetHead {
                since: judged.since,
                available: scene.as_ref().map(available),
                helps: helps.map(|p| (p.name.clone(), p.uid.clone())),
                writers: writers(&set, self.hpas_of(&set)),
                may_add_service: self.may_services.0,
                may_edit_service: self.may_services.1,
                ..detail::head(&set, row, self.may_scale)
            },
            scene,
            whole: ordinals.whole(self.from),
            ordinals: ordinals.table(self.from, &|n| self.scope.node(n)),
            service: self.service_of(&set),
            services: self.services_of(&set),
            events,
        })
    }

    fn hpas_of(&self, set: &SetFacts) -> Vec<Hpa> {
        let items = self.hpas.items();
        let ours = items
            .iter()
            .filter(|((ns, _), h)| *ns == set.namespace && h.target == set.name);
        ours.map(|(_, h)| h.hpa.clone()).collect()
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
                found.selects = found.finds(|key| set.selector.get(key).map(String::as_str));
                ServiceView::Found(found)
            }
        }
    }

    /// The Services that lead to its pods: by their selector, or by what is behind them.
    fn services_of(&self, set: &SetFacts) -> Vec<SetService> {
        let (items, slices) = (self.services.items(), self.slices.items());
        let node = self.scope.some_node();
        let pod_of_set = |pod: &String| ordinal(pod, &set.name).is_some();
        let one = |service: &ServiceFacts| {
            let behind: BTreeMap<&String, bool> = slices
                .iter()
                .filter(|((namespace, _), s)| *namespace == set.namespace && s.service == service.name)
                .flat_map(|(_, s)| s.pods.iter().map(|(pod, ready)| (pod, *ready)))
                .collect();
            let selected = service.finds(|key| set.selector.get(key).map(String::as_str));
            let leads = selected || behind.keys().any(|pod| pod_of_set(pod));
            leads.then(|| SetService {
                facts: service.clone(),
                endpoints: self.slices.listed().then(|| {
                    (
                        whole(behind.values().filter(|ready| **ready).count()),
                        whole(behind.len()),
                    )
                }),
                node: node
                    .clone()
                    .filter(|_| service.ports.iter().any(|p| p.node_port != 0)),
            })
        };
        let here = items.values().filter(|s| s.namespace == set.namespace);
        here.filter_map(one).take(ROWS).collect()
    }

    fn events_of(&self, set: &SetFacts, claims: &[ClaimFacts]) -> Vec<detail::EventRow> {
        let claims: BTreeSet<&str> = claims.iter().map(|c| c.name.as_str()).collect();
        let about = |e: &&EventFacts| match e.kind.as_str() {
            "StatefulSet" => e.object == set.name,
            "Pod" => ordinal(&e.object, &set.name).is_some(),
            "PersistentVolumeClaim" => claims.contains(e.object.as_str()),
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

impl Picture for DetailPicture {
    type View = DetailView;

    async fn settled(&mut self) {
        let namespace = self.scope.namespace.as_deref();
        let may_scale = self.kube.may("patch", "statefulsets", "scale", namespace);
        let may_scale = tokio::time::timeout(PATIENCE, may_scale);
        let may_services = tokio::time::timeout(PATIENCE, self.kube.may_write_services(namespace));
        let services = tokio::time::timeout(PATIENCE, self.services.settled());
        let slices = tokio::time::timeout(PATIENCE, self.slices.settled());
        let events = tokio::time::timeout(PATIENCE, self.events.settled());
        let hpas = tokio::time::timeout(PATIENCE, self.hpas.settled());
        let feeds = async { tokio::join!(self.scope.settled(), services, slices, events, hpas) };
        let (_, may_scale, may_services) = tokio::join!(feeds, may_scale, may_services);
        // Without an answer it is offered: the cluster decides.
        self.may_scale = may_scale.unwrap_or(true);
        self.may_services = may_services.unwrap_or((true, true));
    }

    fn look(&mut self, missed: &Missed, _: &Changes) -> Option<Result<DetailView, ApiError>> {
        let namespace = self.scope.namespace.as_deref().unwrap_or_default();
        missed.concerns(namespace, &self.name).then(|| self.view())
    }

    fn freshness(&self) -> Freshness {
        older([
            self.scope.freshness(),
            feed_freshness(&self.services),
            feed_freshness(&self.events),
        ])
    }
}

impl Hub {
    /// The feeds of a detail page.
    pub(super) fn detail(&self, namespace: &str, name: &str, from: i64) -> DetailPicture {
        DetailPicture {
            kube: Arc::clone(&self.kube),
            scope: self.scope(Some(namespace)),
            name: name.to_owned(),
            from,
            services: self.services(Some(namespace)),
            slices: self.slices(Some(namespace)),
            events: self.events(Some(namespace)),
            hpas: self.hpas(Some(namespace)),
            may_scale: false,
            may_services: (false, false),
        }
    }
}
