//! The one place that says how a StatefulSet is doing, from the set and its pods.
mod judge;
mod look;
mod trouble;

pub use judge::judge;
pub use look::{Judged, Seen};
use serde::{Deserialize, Serialize};

/// What is true of a set: the word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum Status {
    Running,
    /// `done` of the `of` pods that the rollout reaches are available on the new revision.
    RollingOut {
        done: i32,
        of: i32,
    },
    /// Pods are being started to reach the asked-for number; no new revision.
    Scaling {
        ready: i32,
        of: i32,
    },
    /// There are more pods than are asked for.
    ScalingDown {
        pods: i32,
        to: i32,
    },
    /// A partition keeps the ordinals below it on the old revision, and the others are done.
    CanaryHeld {
        at: i64,
    },
    /// The partition is above every ordinal: a new revision reaches no pod.
    UpdateHeld,
    /// Kubernetes will not get past this pod by itself.
    Stuck {
        pod: String,
    },
    /// The API server does not take this pod: a quota, an admission, an account that is not there.
    Refused {
        pod: String,
    },
    /// This pod is told to go and does not.
    Held {
        pod: String,
    },
    Degraded {
        ready: i32,
        of: i32,
    },
    Stopped,
    Deleting,
}

/// Why: the line under the word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum Reason {
    None,
    WaitingForReady {
        pod: String,
    },
    WaitingForStart {
        pod: String,
    },
    WaitingForStop {
        pod: String,
    },
    /// Ready, and for less than `minReadySeconds`.
    WaitingForAvailable {
        pod: String,
        seconds: i64,
    },
    /// It has ended, and the controller makes it anew.
    Ended {
        pod: String,
        state: String,
    },
    /// `first` to `last` run the new revision.
    Partition {
        at: i64,
        first: String,
        last: String,
    },
    /// No ordinal is as high as the partition.
    PartitionAbove {
        at: i64,
    },
    /// `OnDelete`: pods change when somebody deletes them.
    OnDelete {
        left: i32,
    },
    /// A strategy whose rules are not known here.
    Strategy {
        name: String,
        left: i32,
    },
    /// The pod's state with the cluster's own words.
    Pod {
        state: String,
        message: String,
    },
    /// The pod is not ready, and a new one in its place would be of another revision: only deleting it helps.
    Outdated {
        pod: String,
        revision: String,
    },
    /// Two pods that are to go are not ready: the controller wants to stop the lower one first, and cannot.
    OutOfTurn {
        pod: String,
    },
    /// The newest warning of the cluster, in its words.
    Warning {
        reason: String,
        message: String,
    },
    NodeLost {
        node: String,
        pod: String,
    },
    /// Its node seems lost, as its own conditions say; the Node may not be read.
    SeemsLost {
        pod: String,
    },
    Terminating {
        pod: String,
    },
    /// The finalizer keeps this object.
    Finalizer {
        object: String,
        name: String,
    },
    /// `names` are the containers that run and are not ready, and the readiness gates that are not met.
    NotReady {
        pod: String,
        names: String,
    },
    /// Foreground deletion waits for so many pods.
    Foreground {
        pods: i32,
    },
    /// What a stopped set had, and how many claims it still has.
    Remains {
        replicas: i32,
        claims: i32,
    },
    /// The controller has not seen the newest spec yet.
    NotObserved,
    PodsHidden,
}

/// The filters above the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    Running,
    Rolling,
    NeedsYou,
    Stopped,
}

impl Group {
    /// As in the URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Rolling => "rolling",
            Self::NeedsYou => "needs-you",
            Self::Stopped => "stopped",
        }
    }

    /// The group of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Running, Self::Rolling, Self::NeedsYou, Self::Stopped]
            .into_iter()
            .find(|g| g.name() == name)
    }
}

impl Status {
    /// The filter that a status belongs to.
    pub fn group(&self) -> Group {
        match self {
            Self::Running => Group::Running,
            Self::RollingOut { .. }
            | Self::Scaling { .. }
            | Self::ScalingDown { .. }
            | Self::CanaryHeld { .. }
            | Self::UpdateHeld
            | Self::Deleting => Group::Rolling,
            Self::Stuck { .. } | Self::Refused { .. } | Self::Held { .. } | Self::Degraded { .. } => {
                Group::NeedsYou
            }
            Self::Stopped => Group::Stopped,
        }
    }

    /// The order by urgency: what needs somebody first.
    pub fn urgency(&self) -> u8 {
        match self {
            Self::Stuck { .. } | Self::Refused { .. } => 0,
            Self::Held { .. } => 1,
            Self::Degraded { .. } => 2,
            Self::RollingOut { .. } => 3,
            Self::Scaling { .. } | Self::ScalingDown { .. } => 4,
            Self::Deleting => 5,
            Self::CanaryHeld { .. } | Self::UpdateHeld => 6,
            Self::Running => 7,
            Self::Stopped => 8,
        }
    }
}

#[cfg(test)]
mod tests;
