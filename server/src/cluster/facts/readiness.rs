//! Whether a pod is ready, since when, and what keeps it from that.
use k8s_openapi::api::core::v1::{ContainerStatus, PodCondition, PodSpec, PodStatus};

/// See the fields of the same names in `app::model::facts::PodFacts`.
pub(super) struct Readiness {
    pub(super) ready: bool,
    /// None where the pod has no Ready condition yet.
    pub(super) since: Option<i64>,
    pub(super) dropped: bool,
    /// The node's controller calls the pod unready, while its kubelet last said that all of it is ready.
    pub(super) silent: bool,
    pub(super) unready: Vec<String>,
    /// Ready and in all, as kubectl counts them.
    pub(super) containers: (i32, i32),
}

/// Reads it from the pod's conditions; `watched` are the statuses of its containers and sidecars.
pub(super) fn of(spec: &PodSpec, status: &PodStatus, watched: &[ContainerStatus]) -> Readiness {
    let condition = |kind: &str| status.conditions.iter().flatten().find(|c| c.type_ == kind);
    let holds = |c: Option<&PodCondition>| c.is_some_and(|c| c.status == "True");
    let condition_ready = condition("Ready");
    let ready = holds(condition_ready);
    let since = condition_ready
        .and_then(|c| c.last_transition_time.as_ref())
        .map(|t| t.0.as_second());
    let gates = spec.readiness_gates.iter().flatten();
    let unmet = gates.filter(|g| !holds(condition(&g.condition_type)));
    let unmet: Vec<String> = unmet.map(|g| g.condition_type.clone()).collect();
    let runs = |c: &&ContainerStatus| c.state.as_ref().is_some_and(|s| s.running.is_some());
    let begun = watched
        .iter()
        .filter_map(|c| c.state.as_ref()?.running.as_ref()?.started_at.as_ref());
    let begun = begun.map(|t| t.0.as_second()).max();
    let lagging = watched.iter().filter(runs).filter(|c| !c.ready);
    let disrupted = condition("DisruptionTarget")
        .is_some_and(|c| c.status == "True" && c.reason.as_deref() == Some("DeletionByTaintManager"));
    let sidecars = spec.init_containers.iter().flatten();
    let sidecars = sidecars.filter(|c| c.restart_policy.as_deref() == Some("Always"));
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let contradicts = !ready && holds(condition("ContainersReady")) && unmet.is_empty();
    Readiness {
        ready,
        since,
        dropped: !ready && since.zip(begun).is_some_and(|(since, begun)| since > begun + 1),
        silent: status.phase.as_deref() == Some("Running") && (contradicts || disrupted),
        unready: lagging.map(|c| c.name.clone()).chain(unmet).collect(),
        containers: (
            count(watched.iter().filter(|c| c.ready).count()),
            count(spec.containers.len() + sidecars.count()),
        ),
    }
}
