//! What the console keeps of a cluster's objects: a few hundred bytes each, never whole objects.
use super::{usage::Asked, warnings};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// A volume claim template, as far as a list or a strip needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFacts {
    /// Its name: the prefix of its claims' names.
    pub name: String,
    /// The requested storage as the user wrote it, such as `10Gi`.
    pub size: String,
    /// The named StorageClass; none where the cluster's default is meant.
    pub class: Option<String>,
}

/// A StatefulSet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetFacts {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    /// Seconds since 1970.
    pub created: i64,
    pub deleting: bool,
    /// Since when its deletion is asked for, seconds since 1970; 0 while it is not.
    pub deleted: i64,
    /// `metadata.finalizers`: what holds it once it is being deleted.
    pub finalizers: Vec<String>,
    /// The controller among its `metadata.ownerReferences`.
    pub owner: Option<Owner>,
    /// `spec.replicas`: what is asked for.
    pub replicas: i32,
    /// `spec.ordinals.start`: the lowest ordinal.
    pub start: i32,
    /// `spec.updateStrategy.rollingUpdate.partition`.
    pub partition: i32,
    /// `spec.updateStrategy.type` is `OnDelete`.
    pub on_delete: bool,
    /// Another type than `OnDelete` and `RollingUpdate`; empty where it is one of these.
    pub strategy: String,
    /// How many pods a rollout may take away at once: `maxUnavailable`, reckoned from the replicas as the controller does. None
    /// where the cluster stores none, which it does only with the feature `MaxUnavailableStatefulSet`.
    pub max_unavailable: Option<i32>,
    /// `spec.minReadySeconds`.
    pub min_ready: i32,
    /// `spec.podManagementPolicy` is `Parallel`.
    pub parallel: bool,
    /// `persistentVolumeClaimRetentionPolicy.whenScaled` is `Delete`: claims go when pods go.
    pub deletes_claims_when_scaled: bool,
    /// `whenDeleted` is `Delete`: claims go with the set.
    pub deletes_claims_when_deleted: bool,
    pub current_revision: String,
    pub update_revision: String,
    /// The controller has seen the newest spec.
    pub observed: bool,
    pub ready: i32,
    /// The images of the containers, in their order.
    pub images: Vec<String>,
    pub templates: Vec<TemplateFacts>,
    pub service_name: String,
    pub labels: BTreeMap<String, String>,
    /// Without `kubectl.kubernetes.io/last-applied-configuration`.
    pub annotations: BTreeMap<String, String>,
    /// `spec.selector.matchLabels`.
    pub selector: BTreeMap<String, String>,
    pub resource_version: String,
}

impl SetFacts {
    /// The ordinals that it asks for.
    pub fn ordinals(&self) -> Range<i64> {
        ordinals(self.start, self.replicas)
    }

    /// When a ready pod is available: it has been ready for `minReadySeconds` then.
    pub fn available_at(&self, pod: &PodFacts) -> i64 {
        pod.since + i64::from(self.min_ready)
    }
}

/// So many ordinals from the first on. Both numbers may be as high as 32 bits allow, so their sum needs more.
pub fn ordinals(start: i32, replicas: i32) -> Range<i64> {
    let start = i64::from(start);
    start..start + i64::from(replicas.max(0))
}

/// The annotation that remembers how many replicas a paused set had.
pub const REPLICAS_ANNOTATION: &str = "ordinal.dev/replicas";

/// A pod of a StatefulSet; or another one that mounts a claim, which then has no owner here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodFacts {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    /// The name and UID of the StatefulSet that controls it.
    pub owner: String,
    pub owner_uid: String,
    pub ordinal: i64,
    /// The label `controller-revision-hash`.
    pub revision: String,
    /// What kubectl would show under STATUS: `Running`, `ImagePullBackOff`, `Init:0/1`, `Terminating` …
    pub state: String,
    /// The message that belongs to `state`, in the cluster's words.
    pub message: String,
    pub phase: String,
    pub ready: bool,
    /// The state will not pass by itself: a failed pull, a crash loop, a wrong configuration, no node that fits.
    pub failing: bool,
    /// Its node does not answer, as the Node or the pod's own conditions say.
    pub lost: bool,
    /// A deletion is asked for and its grace period is long over.
    pub overdue: bool,
    /// `metadata.finalizers`.
    pub finalizers: Vec<String>,
    /// Since when its Ready condition is what it is, or the pod where there is none; seconds since 1970.
    pub since: i64,
    /// It was ready once, and is not any more.
    pub dropped: bool,
    /// Containers that run and are not ready, sidecars among them, and readiness gates that are not met.
    pub unready: Vec<String>,
    pub terminating: bool,
    /// When its deletion should have been done, seconds since 1970; 0 while none is asked for.
    pub deadline: i64,
    /// Containers ready and in all.
    pub containers: (i32, i32),
    pub restarts: i32,
    pub node: String,
    /// `status.podIP`.
    pub ip: String,
    /// `status.startTime`: the kubelet has seen it; seconds since 1970, 0 before.
    pub started: i64,
    /// What it asks for, as its spec says.
    pub asked: Asked,
    /// Seconds since 1970.
    pub created: i64,
    /// The claims that it mounts, by name; none once it has ended.
    pub mounts: Vec<String>,
}

/// An entry of `metadata.ownerReferences`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub kind: String,
    pub name: String,
    pub uid: String,
    /// `controller: true`.
    #[serde(default)]
    pub controller: bool,
}

/// A claim that a StatefulSet made from a template, or that has the name of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFacts {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    /// Seconds since 1970.
    pub created: i64,
    /// `Pending`, `Bound` or `Lost`.
    pub phase: String,
    /// What it has, or what it asks for while it has nothing.
    pub size: String,
    /// What it asks for, where that is not what it has.
    pub asked: String,
    /// Its access modes in kubectl's words, such as `RWO`.
    pub modes: String,
    pub class: String,
    /// The PersistentVolume that it is bound to.
    pub volume: String,
    pub labels: BTreeMap<String, String>,
    pub owners: Vec<Owner>,
    pub terminating: bool,
}

/// A node: where a pod runs and whether it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeFacts {
    pub name: String,
    /// The label `topology.kubernetes.io/zone`.
    pub zone: String,
    pub ready: bool,
    /// Its address inside the cluster's network; empty where it has none.
    pub address: String,
}

/// How long after its grace period a pod that still terminates counts as overdue, in seconds: a kubelet that answers
/// confirms within a few.
const PATIENCE: i64 = 15;
/// The state of a pod for which there is no node.
pub const UNSCHEDULABLE: &str = "Unschedulable";
/// How long a pod that runs may take to be ready for the first time before somebody is told, in seconds.
pub const FIRST_READY: i64 = 60;

impl PodFacts {
    /// The facts as they stand at `now`: some of them come true without an event.
    pub fn at(mut self, now: i64, node: Option<&NodeFacts>) -> Self {
        self.overdue = self.terminating && now > self.deadline + PATIENCE;
        self.lost |= node.is_some_and(|n| !n.ready);
        // A cluster that makes its nodes on demand needs a moment for one that fits.
        self.failing &=
            self.state != UNSCHEDULABLE || now >= self.since + warnings::patience("FailedScheduling");
        self
    }

    /// It will not go, or come back, by itself.
    pub fn is_held(&self) -> bool {
        self.lost || self.overdue
    }

    /// `Failed` or `Succeeded`: the controller makes it anew.
    pub fn has_ended(&self) -> bool {
        matches!(self.phase.as_str(), "Failed" | "Succeeded")
    }

    /// It runs, is not ready, and that is no ordinary start (any more).
    pub fn is_unready(&self, now: i64) -> bool {
        let runs = self.phase == "Running" && !self.ready && !self.terminating;
        runs && (self.dropped || now >= self.since + FIRST_READY)
    }
}

impl ClaimFacts {
    /// The ordinal that this claim belongs to, if it is one of `template` for `set`
    /// (the StatefulSet controller names claims `TEMPLATE-SET-ORDINAL`).
    pub fn ordinal_of(&self, template: &str, set: &str) -> Option<i64> {
        let rest = self.name.strip_prefix(template)?.strip_prefix('-')?;
        ordinal(rest, set)
    }
}

/// The ordinal in `NAME-N`, if `whole` is a pod name of the set `name`. `web-01` is none: the controller writes no
/// leading zeros, and reads no more than 32 bits (`getParentNameAndOrdinal` in
/// `pkg/controller/statefulset/stateful_set_utils.go`).
pub fn ordinal(whole: &str, name: &str) -> Option<i64> {
    let digits = whole.strip_prefix(name)?.strip_prefix('-')?;
    let canonical = digits == "0" || (!digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()));
    let read = || digits.parse::<i32>().ok().map(i64::from);
    if canonical { read() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_replicas_is_too_high_to_reckon_with() {
        let end = 2 * i64::from(i32::MAX);
        assert_eq!(ordinals(i32::MAX, i32::MAX), i64::from(i32::MAX)..end);
        assert_eq!(ordinals(3, -1), 3..3);
    }

    #[test]
    fn ordinals_are_read_as_the_controller_writes_them() {
        assert_eq!(ordinal("web-0", "web"), Some(0));
        assert_eq!(ordinal("web-12", "web"), Some(12));
        assert_eq!(ordinal("web-01", "web"), None);
        assert_eq!(ordinal("web-a-1", "web"), None);
        assert_eq!(ordinal("web-", "web"), None);
        assert_eq!(ordinal("web-2147483647", "web"), Some(2_147_483_647));
        assert_eq!(ordinal("web-2147483648", "web"), None);
        let claim = ClaimFacts {
            name: "data-web-3".into(),
            ..ClaimFacts::default()
        };
        assert_eq!(claim.ordinal_of("data", "web"), Some(3));
        assert_eq!(claim.ordinal_of("data", "eb"), None);
    }
}
