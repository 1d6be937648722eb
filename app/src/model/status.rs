//! The one place that says how a StatefulSet is doing, from the set and its pods.
use super::facts::{ClaimFacts, NodeFacts, PodFacts, REPLICAS_ANNOTATION, SetFacts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is true of a set: the word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum Status {
    Running,
    /// `done` of `of` pods are ready on the new revision.
    RollingOut {
        done: i32,
        of: i32,
    },
    /// Pods are being started or stopped to reach the asked-for number; no new revision.
    Scaling {
        ready: i32,
        of: i32,
    },
    /// A partition keeps the ordinals below it on the old revision, and the others are done.
    CanaryHeld {
        at: i32,
    },
    /// Kubernetes will not get past this pod by itself.
    Stuck {
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
    /// `first` to `last` run the new revision.
    Partition {
        at: i32,
        first: String,
        last: String,
    },
    /// `OnDelete`: pods change when somebody deletes them.
    OnDelete {
        left: i32,
    },
    /// The pod's state with the cluster's own words.
    Pod {
        state: String,
        message: String,
    },
    NodeLost {
        node: String,
        pod: String,
    },
    Terminating {
        pod: String,
    },
    NotReady {
        pod: String,
        state: String,
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
            Self::RollingOut { .. } | Self::Scaling { .. } | Self::CanaryHeld { .. } | Self::Deleting => {
                Group::Rolling
            }
            Self::Stuck { .. } | Self::Degraded { .. } => Group::NeedsYou,
            Self::Stopped => Group::Stopped,
        }
    }

    /// The order by urgency: what needs somebody first.
    pub fn urgency(&self) -> u8 {
        match self {
            Self::Stuck { .. } => 0,
            Self::Degraded { .. } => 1,
            Self::RollingOut { .. } => 2,
            Self::Scaling { .. } => 3,
            Self::Deleting => 4,
            Self::CanaryHeld { .. } => 5,
            Self::Running => 6,
            Self::Stopped => 7,
        }
    }
}

/// Judges a set. `pods` is none where they may not be read; `nodes` is empty where nodes may not be read.
pub fn judge(
    set: &SetFacts,
    pods: Option<&[&PodFacts]>,
    claims: &[&ClaimFacts],
    nodes: &dyn Fn(&str) -> Option<NodeFacts>,
) -> (Status, Reason) {
    if set.deleting {
        return (Status::Deleting, Reason::None);
    }
    let Some(pods) = pods else { return judge_blind(set) };
    if set.replicas == 0 && pods.is_empty() {
        return (Status::Stopped, remains(set, claims));
    }
    let ordinals = set.ordinals();
    let wanted = |p: &&&PodFacts| ordinals.contains(&p.ordinal);
    let ready = count(pods.iter().filter(wanted).filter(|p| p.ready && !p.terminating));

    let of = set.replicas;
    let scaling = |reason| (Status::Scaling { ready, of }, reason);
    let degraded = |reason| (Status::Degraded { ready, of }, reason);

    // A lost node is worse than a failing container: nothing can be done from inside the set.
    if let Some(pod) = pods.iter().find(|p| p.lost) {
        let node_lost = nodes(&pod.node).is_some_and(|n| !n.ready);
        let (node, name) = (pod.node.clone(), pod.name.clone());
        return degraded(if node_lost {
            Reason::NodeLost { node, pod: name }
        } else {
            Reason::Terminating { pod: name }
        });
    }
    if let Some(pod) = pods.iter().filter(wanted).find(|p| p.failing && !p.terminating) {
        let reason = Reason::Pod {
            state: pod.state.clone(),
            message: pod.message.clone(),
        };
        return (
            Status::Stuck {
                pod: pod.name.clone(),
            },
            reason,
        );
    }
    if !set.observed {
        return scaling(Reason::NotObserved);
    }
    if let Some(found) = rollout(set, pods) {
        return found;
    }
    if let Some(pod) = pods.iter().rev().find(|p| !wanted(p)) {
        return scaling(Reason::WaitingForStop {
            pod: pod.name.clone(),
        });
    }
    if ready == set.replicas {
        return (Status::Running, Reason::None);
    }
    match pods.iter().filter(wanted).find(|p| !p.ready || p.terminating) {
        // A pod that runs and is not ready after having been asked to is what operators call degraded.
        Some(pod) if pod.phase == "Running" && !pod.terminating => degraded(Reason::NotReady {
            pod: pod.name.clone(),
            state: pod.state.clone(),
        }),
        Some(pod) => scaling(Reason::WaitingForReady {
            pod: pod.name.clone(),
        }),
        None => {
            let there: BTreeSet<i64> = pods.iter().map(|p| p.ordinal).collect();
            let mut all = ordinals.clone();
            let missing = all.find(|o| !there.contains(o)).unwrap_or(ordinals.start);
            let pod = format!("{}-{missing}", set.name);
            scaling(Reason::WaitingForStart { pod })
        }
    }
}

/// Without the pods only the set's own counts are known.
fn judge_blind(set: &SetFacts) -> (Status, Reason) {
    match (set.replicas, set.ready) {
        (0, 0) => (Status::Stopped, Reason::PodsHidden),
        (of, ready) if of == ready => (Status::Running, Reason::PodsHidden),
        (of, ready) => (Status::Degraded { ready, of }, Reason::PodsHidden),
    }
}

fn remains(set: &SetFacts, claims: &[&ClaimFacts]) -> Reason {
    let replicas = set
        .annotations
        .get(REPLICAS_ANNOTATION)
        .and_then(|v| v.parse().ok())
        .unwrap_or(0);
    Reason::Remains {
        replicas,
        claims: i32::try_from(claims.len()).unwrap_or(i32::MAX),
    }
}

/// A new revision that has not reached every pod it may reach.
fn rollout(set: &SetFacts, pods: &[&PodFacts]) -> Option<(Status, Reason)> {
    if set.update_revision.is_empty() || set.current_revision == set.update_revision {
        return None;
    }
    let updated = |p: &&PodFacts| p.revision == set.update_revision && !p.terminating;
    let done = count(pods.iter().filter(|p| updated(p) && p.ready));
    let status = Status::RollingOut {
        done,
        of: set.replicas,
    };
    if set.on_delete {
        let left = count(pods.iter().filter(|p| !updated(p)));
        return (left > 0).then_some((status, Reason::OnDelete { left }));
    }
    let held = set.partition.max(set.start);
    let end = set.ordinals().end;
    let ready: BTreeSet<i64> = pods
        .iter()
        .filter(|p| updated(p) && p.ready)
        .map(|p| p.ordinal)
        .collect();
    // Updates run from the highest ordinal down; the first that is not done is what everybody waits for.
    let open = (i64::from(held)..end).rev().find(|o| !ready.contains(o));
    let name = |ordinal: i64| format!("{}-{ordinal}", set.name);
    match open {
        Some(ordinal) => Some((status, Reason::WaitingForReady { pod: name(ordinal) })),
        None if held > set.start => {
            let reason = Reason::Partition {
                at: held,
                first: name(held.into()),
                last: name(end - 1),
            };
            Some((Status::CanaryHeld { at: held }, reason))
        }
        None => None,
    }
}

fn count<'a>(pods: impl Iterator<Item = &'a &'a PodFacts>) -> i32 {
    i32::try_from(pods.count()).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
