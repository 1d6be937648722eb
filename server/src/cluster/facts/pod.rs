//! A pod as the pages of sets see it.
use super::{asked::asked, created, readiness};
use app::model::{
    facts::{PodFacts, ordinal},
    said::calm,
};
use k8s_openapi::api::core::v1::{ContainerStatus, Pod, PodSpec, PodStatus};

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
    let started = status.start_time.as_ref().map_or(0, |t| t.0.as_second());
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
        started,
        asked: asked(&spec),
        restarts: watched.iter().map(|c| c.restart_count).sum(),
        node: spec.node_name.unwrap_or_default(),
        ip: status.pod_ip.unwrap_or_default(),
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
