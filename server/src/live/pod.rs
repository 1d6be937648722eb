//! The picture of a pod's own page: the whole object from a watch of its own, the rest from the feeds of the namespace.
use super::{
    changes::{Changes, Missed},
    feed::{Facts, Feed, Key},
    hub::Hub,
    now,
    question::Picture,
    scope::{PATIENCE, Scope, fault, feed_freshness, older},
};
use crate::cluster::facts::{EventFacts, SliceFacts};
use app::{
    api::ApiError,
    model::{
        facts::SetFacts,
        live::Freshness,
        pod::{
            ClaimAround, Endpoint, NodeAround, Panel, PodBody, PodEvent, PodView, ServiceAround, SetAround,
            Source,
        },
        services::ServiceFacts,
    },
};
use k8s_openapi::api::core::v1::{Event, Pod};
use kube::Api;
use std::sync::{Arc, Weak};

/// Events shown on a page.
const MAX_EVENTS: usize = 100;
/// Where the events of what has no namespace are kept.
const NODE_EVENTS: &str = "default";

/// The feeds of a pod's page.
pub(super) struct PodPicture {
    hub: Weak<Hub>,
    namespace: String,
    name: String,
    pod: Feed<PodBody>,
    scope: Arc<Scope>,
    services: Arc<Feed<ServiceFacts>>,
    slices: Arc<Feed<SliceFacts>>,
    events: Arc<Feed<EventFacts>>,
    /// The node that it runs on, and the events about that.
    node: Option<(String, Feed<EventFacts>)>,
}

/// What a feed has; why not, where it may not be read or does not answer.
fn panel<T: Facts, V>(feed: &Feed<T>, value: impl FnOnce() -> V) -> Panel<V> {
    fault(feed).map_or_else(|| Ok(value()), Err)
}

impl PodPicture {
    fn key(&self, name: &str) -> Key {
        (self.namespace.clone(), name.to_owned())
    }

    fn view(&mut self) -> Result<PodView, ApiError> {
        if let Some(fault) = fault(&self.pod) {
            return Err(fault);
        }
        let found = self.pod.items().get(&self.key(&self.name)).cloned();
        let mut pod = found.ok_or_else(|| ApiError::NotFound(format!("pods \"{}\" not found", self.name)))?;
        self.follow_node(&pod.facts.node);
        let node = pod.facts.node.clone();
        pod.facts = pod.facts.at(now(), self.scope.node(&node).as_ref());
        Ok(PodView {
            set: self.set_of(&pod),
            node: panel(&self.scope.nodes, || (!node.is_empty()).then(|| self.node(&node))),
            claims: panel(&self.scope.claims, || self.claims_of(&pod)),
            services: panel(&self.services, || self.services_of(&pod)),
            events: panel(&self.events, || self.events_of(&pod)),
            pod,
        })
    }

    /// Events about the node that it runs on, from when it runs there.
    fn follow_node(&mut self, node: &str) {
        let followed = self.node.as_ref().map_or("", |(name, _)| name);
        if followed == node {
            return;
        }
        let Some(hub) = self.hub.upgrade() else { return };
        let api: Api<Event> = Api::namespaced(hub.kube.client(), NODE_EVENTS);
        let fields = format!("involvedObject.kind=Node,involvedObject.name={node}");
        let feed = || hub.open(api, Some(NODE_EVENTS), fields);
        self.node = (!node.is_empty()).then(|| (node.to_owned(), feed()));
    }

    fn node(&self, name: &str) -> NodeAround {
        let found = self.scope.node(name);
        NodeAround {
            exists: found.is_some(),
            ready: found.as_ref().is_some_and(|n| n.ready),
            zone: found.map(|n| n.zone).unwrap_or_default(),
        }
    }

    fn set_of(&self, pod: &PodBody) -> Panel<Option<SetAround>> {
        if pod.facts.owner.is_empty() {
            return Ok(None);
        }
        panel(&self.scope.sets, || {
            let set = self.scope.sets.items().get(&self.key(&pod.facts.owner)).cloned();
            let set = set.filter(|set| set.uid == pod.facts.owner_uid)?;
            Some(self.around(&set, pod))
        })
    }

    fn around(&self, set: &SetFacts, pod: &PodBody) -> SetAround {
        let (_, row, _) = self.scope.judged(set);
        let asked = set.ordinals();
        // A pod that is made anew below the partition gets the old revision (`newVersionedStatefulSetPod` in
        // `pkg/controller/statefulset/stateful_set_utils.go`).
        let held = !set.on_delete && pod.facts.ordinal < asked.start + i64::from(set.partition);
        let next = if held {
            &set.current_revision
        } else {
            &set.update_revision
        };
        SetAround {
            name: set.name.clone(),
            cells: row.cells,
            partition: row.partition,
            parallel: set.parallel,
            on_delete: set.on_delete,
            deleting: set.deleting,
            asked: (asked.start, asked.end),
            rolling: set.current_revision != set.update_revision,
            update_revision: set.update_revision.clone(),
            next_revision: next.clone(),
            service: set.service_name.clone(),
        }
    }

    fn claims_of(&self, pod: &PodBody) -> Vec<ClaimAround> {
        let items = self.scope.claims.items();
        let names = pod.volumes.iter().filter_map(|v| match &v.source {
            Source::Claim(name) => Some(name),
            _ => None,
        });
        let around = |name: &String| {
            let Some(claim) = items.get(&self.key(name)) else {
                let name = name.clone();
                return ClaimAround {
                    name,
                    ..ClaimAround::default()
                };
            };
            ClaimAround {
                name: claim.name.clone(),
                phase: claim.phase.clone(),
                size: claim.size.clone(),
                class: claim.class.clone(),
                volume: claim.volume.clone(),
            }
        };
        names.map(around).collect()
    }

    fn services_of(&self, pod: &PodBody) -> Vec<ServiceAround> {
        let items = self.services.items();
        let label = |key: &str| {
            let found = pod.labels.iter().find(|(k, _)| k == key);
            found.map(|(_, value)| value.as_str())
        };
        let found = items.values().filter(|s| s.namespace == self.namespace);
        let found = found.filter(|s| s.finds(label));
        let around = |service: &ServiceFacts| ServiceAround {
            name: service.name.clone(),
            headless: service.headless,
            address: service.cluster_ip.clone(),
            ports: service
                .ports
                .iter()
                .map(|p| format!("{} {}", p.name, p.port).trim().to_owned())
                .collect(),
            endpoint: self.endpoint(&service.name),
        };
        found.map(around).collect()
    }

    fn endpoint(&self, service: &str) -> Endpoint {
        if fault(&self.slices).is_some() {
            return Endpoint::Hidden;
        }
        let items = self.slices.items();
        let slices = items
            .iter()
            .filter(|((ns, _), s)| *ns == self.namespace && s.service == service);
        let mut ready = slices.filter_map(|(_, s)| s.pods.get(&self.name));
        match ready.next() {
            None => Endpoint::Missing,
            Some(true) => Endpoint::Ready,
            Some(false) => Endpoint::NotReady,
        }
    }

    fn events_of(&self, pod: &PodBody) -> Vec<PodEvent> {
        let claims = |name: &str| {
            pod.volumes
                .iter()
                .any(|v| v.source == Source::Claim(name.to_owned()))
        };
        let about = |e: &&EventFacts| match e.kind.as_str() {
            "Pod" => e.object == self.name,
            "PersistentVolumeClaim" => claims(&e.object),
            _ => false,
        };
        let items = self.events.items();
        let inside = items
            .values()
            .filter(|e| e.namespace == self.namespace)
            .filter(about);
        let node = self.node.as_ref().map(|(_, feed)| feed.items());
        let node = node.iter().flat_map(|items| items.values());
        let told = |e: &EventFacts| PodEvent {
            row: e.row.clone(),
            container: e.container.clone(),
        };
        let mut rows: Vec<_> = inside.chain(node).map(told).collect();
        rows.sort_by(|a, b| (b.row.last, &b.row.uid).cmp(&(a.row.last, &a.row.uid)));
        rows.truncate(MAX_EVENTS);
        rows
    }
}

impl Picture for PodPicture {
    type View = PodView;

    async fn settled(&mut self) {
        let rest = async {
            tokio::join!(
                self.pod.settled(),
                self.services.settled(),
                self.slices.settled(),
                self.events.settled()
            )
        };
        let _ = tokio::join!(self.scope.settled(), tokio::time::timeout(PATIENCE, rest));
    }

    fn look(&mut self, missed: &Missed, _: &Changes) -> Option<Result<PodView, ApiError>> {
        let shown = |(namespace, _): &Key| *namespace == self.namespace || namespace == NODE_EVENTS;
        missed.any(shown).then(|| self.view())
    }

    fn freshness(&self) -> Freshness {
        older([
            feed_freshness(&self.pod),
            self.scope.freshness(),
            feed_freshness(&self.services),
            feed_freshness(&self.events),
        ])
    }
}

impl Hub {
    /// The feeds of a pod's page.
    pub(super) fn pod(self: &Arc<Self>, namespace: &str, name: &str) -> PodPicture {
        let api: Api<Pod> = Api::namespaced(self.kube.client(), namespace);
        PodPicture {
            hub: Arc::downgrade(self),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            pod: self.open(api, Some(namespace), format!("metadata.name={name}")),
            scope: self.scope(Some(namespace)),
            services: self.services(Some(namespace)),
            slices: self.slices(Some(namespace)),
            events: self.events(Some(namespace)),
            node: None,
        }
    }
}
