//! Kubernetes objects → the facts that the console keeps of them.
mod readiness;

use app::model::{
    detail::{EventRow, ServiceFacts},
    effect::Hpa,
    facts::{ClaimFacts, NodeFacts, Owner, PodFacts, SetFacts, TemplateFacts, WarningFacts, ordinal},
    said::calm,
    warnings,
};
use k8s_openapi::{
    api::{
        apps::v1::StatefulSet,
        autoscaling::v2::HorizontalPodAutoscaler,
        core::v1::{
            ContainerStatus, Event, Node, PersistentVolume, PersistentVolumeClaim, Pod, PodSpec, PodStatus,
            Service,
        },
        discovery::v1::EndpointSlice,
        storage::v1::StorageClass,
    },
    apimachinery::pkg::{
        apis::meta::v1::{ObjectMeta, OwnerReference},
        util::intstr::IntOrString,
    },
};

use std::collections::BTreeMap;

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn created(meta: &ObjectMeta) -> i64 {
    meta.creation_timestamp.as_ref().map_or(0, |t| t.0.as_second())
}

/// The update strategies whose rules the console knows.
const KNOWN: [&str; 2] = ["RollingUpdate", "OnDelete"];

/// A number, or a percentage of the replicas rounded up, and never 0 (`getStatefulSetMaxUnavailable`).
fn part_of(most: &IntOrString, replicas: i32) -> Option<i32> {
    let number = match most {
        IntOrString::Int(number) => *number,
        IntOrString::String(text) => {
            let percent: i64 = text.strip_suffix('%')?.parse().ok()?;
            i32::try_from((i64::from(replicas) * percent + 99) / 100).ok()?
        }
    };
    Some(number.max(1))
}

/// A StatefulSet.
pub fn set(object: &StatefulSet) -> Option<SetFacts> {
    let meta = &object.metadata;
    let spec = object.spec.clone().unwrap_or_default();
    let status = object.status.clone().unwrap_or_default();
    let strategy = spec.update_strategy.unwrap_or_default();
    let rolling = strategy.rolling_update.clone().unwrap_or_default();
    let replicas = spec.replicas.unwrap_or(1);
    let retention = spec.persistent_volume_claim_retention_policy.unwrap_or_default();
    let mut annotations = meta.annotations.clone().unwrap_or_default();
    annotations.remove(LAST_APPLIED);
    let template = |claim: &PersistentVolumeClaim| {
        let spec = claim.spec.as_ref();
        let requests = spec
            .and_then(|s| s.resources.as_ref())
            .and_then(|r| r.requests.as_ref());
        TemplateFacts {
            name: claim.metadata.name.clone().unwrap_or_default(),
            size: requests
                .and_then(|r| r.get("storage"))
                .map(|q| q.0.clone())
                .unwrap_or_default(),
            class: spec.and_then(|s| s.storage_class_name.clone()),
        }
    };
    let containers = spec.template.spec.iter().flat_map(|s| &s.containers);
    Some(SetFacts {
        namespace: meta.namespace.clone()?,
        name: meta.name.clone()?,
        uid: meta.uid.clone().unwrap_or_default(),
        created: created(meta),
        deleting: meta.deletion_timestamp.is_some(),
        deleted: meta.deletion_timestamp.as_ref().map_or(0, |t| t.0.as_second()),
        finalizers: meta.finalizers.clone().unwrap_or_default(),
        owner: owners(meta).into_iter().find(|o| o.controller),
        replicas,
        start: spec.ordinals.and_then(|o| o.start).unwrap_or(0),
        partition: rolling.partition.unwrap_or(0),
        on_delete: strategy.type_.as_deref() == Some("OnDelete"),
        strategy: strategy
            .type_
            .filter(|t| !KNOWN.contains(&t.as_str()))
            .unwrap_or_default(),
        max_unavailable: rolling
            .max_unavailable
            .as_ref()
            .and_then(|most| part_of(most, replicas)),
        min_ready: spec.min_ready_seconds.unwrap_or(0),
        parallel: spec.pod_management_policy.as_deref() == Some("Parallel"),
        deletes_claims_when_scaled: retention.when_scaled.as_deref() == Some("Delete"),
        deletes_claims_when_deleted: retention.when_deleted.as_deref() == Some("Delete"),
        current_revision: status.current_revision.unwrap_or_default(),
        update_revision: status.update_revision.unwrap_or_default(),
        observed: status.observed_generation >= meta.generation,
        ready: status.ready_replicas.unwrap_or(0),
        // Not out of the containers themselves: the list would keep their memory, 2.5 KB for a name.
        images: containers.filter_map(|c| c.image.clone()).collect(),
        templates: spec
            .volume_claim_templates
            .unwrap_or_default()
            .iter()
            .map(template)
            .collect(),
        service_name: spec.service_name.unwrap_or_default(),
        labels: meta.labels.clone().unwrap_or_default(),
        annotations,
        selector: spec.selector.match_labels.unwrap_or_default(),
        resource_version: meta.resource_version.clone().unwrap_or_default(),
    })
}

/// The claims that a pod mounts. One that has ended keeps none from being deleted.
fn mounts(pod: &Pod) -> Vec<String> {
    let phase = pod.status.as_ref().and_then(|s| s.phase.as_deref());
    if matches!(phase, Some("Succeeded" | "Failed")) {
        return Vec::new();
    }
    let volumes = pod.spec.iter().flat_map(|s| s.volumes.iter().flatten());
    let claims = volumes.filter_map(|v| v.persistent_volume_claim.as_ref());
    claims.map(|c| c.claim_name.clone()).collect()
}

/// A pod that a StatefulSet controls. Of others only those that mount claims are of interest, and of them only that.
pub fn pod(object: &Pod) -> Option<PodFacts> {
    let meta = &object.metadata;
    let owners = meta.owner_references.iter().flatten();
    let mut sets = owners.filter(|o| o.controller == Some(true) && o.kind == "StatefulSet");
    let Some(owner) = sets.next() else {
        let other = PodFacts {
            namespace: meta.namespace.clone()?,
            name: meta.name.clone()?,
            ordinal: -1,
            mounts: mounts(object),
            ..PodFacts::default()
        };
        return Some(other).filter(|p| !p.mounts.is_empty());
    };
    let name = meta.name.clone()?;
    let status = object.status.clone().unwrap_or_default();
    let spec = object.spec.clone().unwrap_or_default();
    let deadline = meta.deletion_timestamp.as_ref().map(|t| t.0.as_second());
    let watched = watched(&spec, &status);
    let readiness = readiness::of(&spec, &status, &watched);
    let (state, message, failing) = state(object, status.container_statuses.as_deref().unwrap_or_default());
    Some(PodFacts {
        namespace: meta.namespace.clone()?,
        uid: meta.uid.clone().unwrap_or_default(),
        ordinal: ordinal(&name, &owner.name)?,
        owner: owner.name.clone(),
        owner_uid: owner.uid.clone(),
        revision: meta
            .labels
            .as_ref()
            .and_then(|l| l.get("controller-revision-hash"))
            .cloned()
            .unwrap_or_default(),
        state: if deadline.is_some() {
            "Terminating".to_owned()
        } else {
            state
        },
        message: calm(&message),
        phase: status.phase.unwrap_or_default(),
        ready: readiness.ready,
        failing: failing && deadline.is_none(),
        lost: readiness.silent,
        overdue: false,
        finalizers: meta.finalizers.clone().unwrap_or_default(),
        since: readiness.since.unwrap_or_else(|| created(meta)),
        dropped: readiness.dropped,
        unready: readiness.unready,
        terminating: deadline.is_some(),
        deadline: deadline.unwrap_or(0),
        containers: readiness.containers,
        restarts: watched.iter().map(|c| c.restart_count).sum(),
        node: spec.node_name.unwrap_or_default(),
        created: created(meta),
        mounts: mounts(object),
        name,
    })
}

/// The statuses of what kubectl counts under READY and RESTARTS: the containers, and before them the sidecars, which are init
/// containers that are always restarted.
fn watched(spec: &PodSpec, status: &PodStatus) -> Vec<ContainerStatus> {
    let sidecar = |c: &&ContainerStatus| {
        let mut init = spec.init_containers.iter().flatten();
        init.any(|i| i.name == c.name && i.restart_policy.as_deref() == Some("Always"))
    };
    let sidecars = status.init_container_statuses.iter().flatten().filter(sidecar);
    sidecars
        .chain(status.container_statuses.iter().flatten())
        .cloned()
        .collect()
}

/// Waiting reasons that pass by themselves; every other one needs somebody.
const PASSING: [&str; 2] = ["ContainerCreating", "PodInitializing"];

/// What kubectl shows under STATUS, the message that belongs to it, and whether it will not pass by itself.
fn state(pod: &Pod, statuses: &[ContainerStatus]) -> (String, String, bool) {
    let status = pod.status.as_ref();
    let phase = status
        .and_then(|s| s.phase.clone())
        .unwrap_or_else(|| "Pending".to_owned());
    let said = || {
        let reason = status
            .and_then(|s| s.reason.clone())
            .unwrap_or_else(|| phase.clone());
        (reason, status.and_then(|s| s.message.clone()).unwrap_or_default())
    };
    // The controller makes it anew, whatever its containers say: evicted, ended, killed with its node.
    if matches!(phase.as_str(), "Failed" | "Succeeded") {
        let (reason, message) = said();
        return (reason, message, false);
    }
    let scheduled = status
        .and_then(|s| s.conditions.as_ref())
        .into_iter()
        .flatten()
        .find(|c| c.type_ == "PodScheduled");
    if let Some(condition) =
        scheduled.filter(|c| c.status == "False" && c.reason.as_deref() == Some("Unschedulable"))
    {
        return (
            "Unschedulable".to_owned(),
            condition.message.clone().unwrap_or_default(),
            true,
        );
    }
    let init = status
        .and_then(|s| s.init_container_statuses.clone())
        .unwrap_or_default();
    for (index, container) in init.iter().enumerate() {
        if let Some((reason, message, failing)) = trouble(container) {
            return (format!("Init:{reason}"), message, failing);
        }
        let done = container
            .state
            .as_ref()
            .and_then(|s| s.terminated.as_ref())
            .is_some_and(|t| t.exit_code == 0);
        if !done && container.started != Some(true) {
            return (format!("Init:{index}/{}", init.len()), String::new(), false);
        }
    }
    if let Some(found) = statuses.iter().find_map(trouble) {
        return found;
    }
    let (reason, message) = said();
    (reason, message, false)
}

/// Why a container does not run, if it does not.
fn trouble(container: &ContainerStatus) -> Option<(String, String, bool)> {
    let state = container.state.as_ref()?;
    if let Some(waiting) = &state.waiting {
        let reason = waiting.reason.clone().unwrap_or_else(|| "Waiting".to_owned());
        let failing = !PASSING.contains(&reason.as_str());
        let mut message = waiting.message.clone().unwrap_or_default();
        if let Some(last) = container
            .last_state
            .as_ref()
            .and_then(|l| l.terminated.as_ref())
            .filter(|_| failing)
        {
            message = format!(
                "{message} (exit code {}, {} restarts)",
                last.exit_code, container.restart_count
            );
        }
        return Some((reason, message.trim().to_owned(), failing));
    }
    let ended = state.terminated.as_ref().filter(|t| t.exit_code != 0)?;
    let reason = ended
        .reason
        .clone()
        .unwrap_or_else(|| format!("ExitCode:{}", ended.exit_code));
    Some((reason, ended.message.clone().unwrap_or_default(), true))
}

/// A claim.
pub fn claim(object: &PersistentVolumeClaim) -> Option<ClaimFacts> {
    let spec = object.spec.clone().unwrap_or_default();
    let status = object.status.clone().unwrap_or_default();
    let requested = spec.resources.and_then(|r| r.requests);
    let size = status
        .capacity
        .or(requested)
        .and_then(|r| r.get("storage").map(|q| q.0.clone()));
    Some(ClaimFacts {
        namespace: object.metadata.namespace.clone()?,
        name: object.metadata.name.clone()?,
        uid: object.metadata.uid.clone().unwrap_or_default(),
        created: created(&object.metadata),
        phase: status.phase.unwrap_or_else(|| "Pending".to_owned()),
        size: size.unwrap_or_default(),
        class: spec.storage_class_name.unwrap_or_default(),
        volume: spec.volume_name.unwrap_or_default(),
        labels: object.metadata.labels.clone().unwrap_or_default(),
        owners: owners(&object.metadata),
        terminating: object.metadata.deletion_timestamp.is_some(),
    })
}

/// Its `metadata.ownerReferences`.
pub(super) fn owners(meta: &ObjectMeta) -> Vec<Owner> {
    let owner = |o: &OwnerReference| Owner {
        kind: o.kind.clone(),
        name: o.name.clone(),
        uid: o.uid.clone(),
        controller: o.controller == Some(true),
    };
    meta.owner_references.iter().flatten().map(owner).collect()
}

/// What happens to the data when a claim is deleted: `Delete`, `Retain` …; of a volume, or of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumePolicy(pub String);

/// See [`VolumePolicy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassPolicy(pub String);

/// A volume's, which decides.
pub fn volume(object: &PersistentVolume) -> Option<VolumePolicy> {
    let policy = object.spec.as_ref()?.persistent_volume_reclaim_policy.clone()?;
    Some(VolumePolicy(policy))
}

/// A class's, which its volumes take over when they are made. One that names none deletes.
pub fn class(object: &StorageClass) -> Option<ClassPolicy> {
    let policy = object.reclaim_policy.clone();
    Some(ClassPolicy(policy.unwrap_or_else(|| "Delete".to_owned())))
}

/// A node.
pub fn node(object: &Node) -> Option<NodeFacts> {
    let labels = object.metadata.labels.clone().unwrap_or_default();
    let conditions = object.status.as_ref().and_then(|s| s.conditions.as_ref());
    Some(NodeFacts {
        name: object.metadata.name.clone()?,
        zone: labels
            .get("topology.kubernetes.io/zone")
            .cloned()
            .unwrap_or_default(),
        ready: conditions
            .into_iter()
            .flatten()
            .any(|c| c.type_ == "Ready" && c.status == "True"),
    })
}

/// A Service; whether it selects a set's pods is found where both are known.
pub fn service(object: &Service) -> Option<ServiceFacts> {
    let spec = object.spec.clone().unwrap_or_default();
    let ports = spec.ports.unwrap_or_default().into_iter().map(|p| {
        let target = match p.target_port {
            Some(IntOrString::Int(n)) => n.to_string(),
            Some(IntOrString::String(s)) => s,
            None => p.port.to_string(),
        };
        (
            p.name.unwrap_or_default(),
            p.port,
            target,
            p.protocol.unwrap_or_else(|| "TCP".to_owned()),
        )
    });
    let cluster_ip = spec.cluster_ip.unwrap_or_default();
    Some(ServiceFacts {
        namespace: object.metadata.namespace.clone()?,
        name: object.metadata.name.clone()?,
        headless: cluster_ip == "None",
        cluster_ip,
        kind: spec.type_.unwrap_or_else(|| "ClusterIP".to_owned()),
        ports: ports.collect(),
        selector: spec.selector.unwrap_or_default().into_iter().collect(),
        session_affinity: spec.session_affinity.unwrap_or_default(),
        selects: false,
    })
}

/// An event with the namespace and name of what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFacts {
    pub namespace: String,
    pub kind: String,
    pub object: String,
    /// The container that it is about, if it is about one.
    pub container: String,
    pub row: EventRow,
}

/// The name in `spec.containers{NAME}`, or in one of the other lists of containers.
fn container(path: &str) -> String {
    let inside = path.split_once('{').and_then(|(_, rest)| rest.strip_suffix('}'));
    inside.unwrap_or_default().to_owned()
}

/// The pods behind a Service, and whether each gets traffic: one slice of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SliceFacts {
    /// The Service: the label `kubernetes.io/service-name`.
    pub service: String,
    /// Pods by name, and whether they are ready.
    pub pods: BTreeMap<String, bool>,
}

/// An EndpointSlice of a Service.
pub fn slice(object: &EndpointSlice) -> Option<SliceFacts> {
    let service = object
        .metadata
        .labels
        .as_ref()?
        .get("kubernetes.io/service-name")?;
    let pods = object.endpoints.iter().flatten().filter_map(|endpoint| {
        let target = endpoint
            .target_ref
            .as_ref()
            .filter(|t| t.kind.as_deref() == Some("Pod"))?;
        // Unknown is to be taken for ready (`EndpointConditions` in the API).
        let ready = endpoint.conditions.as_ref().and_then(|c| c.ready) != Some(false);
        Some((target.name.clone()?, ready))
    });
    Some(SliceFacts {
        service: service.clone(),
        pods: pods.collect(),
    })
}

/// A warning that can reach the status of a set.
pub fn warning(object: &Event) -> Option<WarningFacts> {
    let regarding = &object.involved_object;
    let told = event(object).filter(|e| e.row.kind == "Warning" && warnings::is_known(&e.row.reason))?;
    let first = object.first_timestamp.as_ref().map(|t| t.0.as_second());
    let first = first.or(object.event_time.as_ref().map(|t| t.0.as_second()));
    Some(WarningFacts {
        namespace: told.namespace,
        kind: told.kind,
        object: told.object,
        uid: regarding.uid.clone().unwrap_or_default(),
        reason: told.row.reason,
        message: told.row.message,
        count: told.row.count,
        first: first.unwrap_or(told.row.last),
        last: told.row.last,
    })
}

/// A HorizontalPodAutoscaler, and the StatefulSet that it scales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HpaFacts {
    pub target: String,
    pub hpa: Hpa,
}

/// A HorizontalPodAutoscaler of a StatefulSet.
pub fn hpa(object: &HorizontalPodAutoscaler) -> Option<HpaFacts> {
    let spec = &object.spec;
    let target = &spec.scale_target_ref;
    (target.kind == "StatefulSet").then(|| HpaFacts {
        target: target.name.clone(),
        hpa: Hpa {
            name: object.metadata.name.clone().unwrap_or_default(),
            min: spec.min_replicas.unwrap_or(1),
            max: spec.max_replicas,
        },
    })
}

/// An event.
pub fn event(object: &Event) -> Option<EventFacts> {
    let regarding = &object.involved_object;
    let (kind, name) = (
        regarding.kind.clone().unwrap_or_default(),
        regarding.name.clone().unwrap_or_default(),
    );
    let series = object.series.as_ref();
    let last = series.and_then(|s| s.last_observed_time.as_ref().map(|t| t.0.as_second()));
    let last = last.or(object.last_timestamp.as_ref().map(|t| t.0.as_second()));
    let last = last.or(object.event_time.as_ref().map(|t| t.0.as_second()));
    Some(EventFacts {
        namespace: object.metadata.namespace.clone()?,
        row: EventRow {
            uid: object.metadata.uid.clone().unwrap_or_default(),
            kind: object.type_.clone().unwrap_or_else(|| "Normal".to_owned()),
            reason: object.reason.clone().unwrap_or_default(),
            object: format!("{kind}/{name}"),
            message: calm(object.message.as_deref().unwrap_or_default()),
            count: series.and_then(|s| s.count).or(object.count).unwrap_or(1),
            last: last.unwrap_or_else(|| created(&object.metadata)),
        },
        container: container(regarding.field_path.as_deref().unwrap_or_default()),
        kind,
        object: name,
    })
}
