//! Kubernetes objects → the facts that the console keeps of them.
mod around;
mod asked;
mod pod;
mod readiness;

use app::model::{
    facts::{ClaimFacts, NodeFacts, Owner, SetFacts, TemplateFacts},
    services::{ServiceFacts, ServicePort},
};
use k8s_openapi::{
    api::{
        apps::v1::StatefulSet,
        core::v1::{Node, PersistentVolume, PersistentVolumeClaim, Service},
        storage::v1::StorageClass,
    },
    apimachinery::pkg::{
        api::resource::Quantity,
        apis::meta::v1::{ObjectMeta, OwnerReference},
        util::intstr::IntOrString,
    },
};

use std::collections::BTreeMap;

pub use around::{EventFacts, HpaFacts, SliceFacts, event, hpa, slice, warning};
pub use pod::pod;

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

/// An access mode as kubectl writes it (`GetAccessModesAsString` in `pkg/apis/core/v1/helper`).
fn short(mode: &str) -> &str {
    match mode {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        other => other,
    }
}

/// A claim.
pub fn claim(object: &PersistentVolumeClaim) -> Option<ClaimFacts> {
    let spec = object.spec.clone().unwrap_or_default();
    let status = object.status.clone().unwrap_or_default();
    let storage = |map: Option<&BTreeMap<String, Quantity>>| map?.get("storage").map(|q| q.0.clone());
    let asked = storage(spec.resources.as_ref().and_then(|r| r.requests.as_ref()));
    let size = storage(status.capacity.as_ref()).or(asked.clone());
    let modes = status.access_modes.or(spec.access_modes).unwrap_or_default();
    Some(ClaimFacts {
        namespace: object.metadata.namespace.clone()?,
        name: object.metadata.name.clone()?,
        uid: object.metadata.uid.clone().unwrap_or_default(),
        created: created(&object.metadata),
        phase: status.phase.unwrap_or_else(|| "Pending".to_owned()),
        asked: asked
            .filter(|asked| size.as_ref() != Some(asked))
            .unwrap_or_default(),
        size: size.unwrap_or_default(),
        modes: modes.iter().map(|m| short(m)).collect::<Vec<_>>().join(","),
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
    let addresses = object.status.as_ref().and_then(|s| s.addresses.as_ref());
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
        address: addresses
            .into_iter()
            .flatten()
            .find(|a| a.type_ == "InternalIP")
            .map(|a| a.address.clone())
            .unwrap_or_default(),
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
        ServicePort {
            name: p.name.unwrap_or_default(),
            port: p.port,
            target,
            protocol: p.protocol.unwrap_or_else(|| "TCP".to_owned()),
            node_port: p.node_port.unwrap_or(0),
        }
    });
    let status = object.status.as_ref().and_then(|s| s.load_balancer.as_ref());
    let ingress = status.and_then(|b| b.ingress.as_ref()).into_iter().flatten();
    let balancers = ingress.filter_map(|i| i.ip.clone().or_else(|| i.hostname.clone()));
    let cluster_ip = spec.cluster_ip.unwrap_or_default();
    Some(ServiceFacts {
        namespace: object.metadata.namespace.clone()?,
        name: object.metadata.name.clone()?,
        headless: cluster_ip == "None",
        cluster_ip,
        kind: spec.type_.unwrap_or_else(|| "ClusterIP".to_owned()),
        ports: ports.collect(),
        balancers: balancers.collect(),
        selector: spec.selector.unwrap_or_default().into_iter().collect(),
        session_affinity: spec.session_affinity.unwrap_or_default(),
        selects: false,
    })
}
