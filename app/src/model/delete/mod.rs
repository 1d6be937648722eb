//! Deleting a StatefulSet: what goes, what stays, and what becomes of each object.
mod plan;

use super::{
    facts::PodFacts,
    many::{Many, ROWS},
};
use crate::api::ApiError;
pub use plan::{Choice, DeletePlan, Effect, PlanClaim, PlanService, Share, Unlisted};
use serde::{Deserialize, Serialize};

/// The kinds that the console deletes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    StatefulSet,
    Service,
    PersistentVolumeClaim,
}

impl Kind {
    /// As Kubernetes writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::StatefulSet => "StatefulSet",
            Self::Service => "Service",
            Self::PersistentVolumeClaim => "PersistentVolumeClaim",
        }
    }
}

/// An object that was shown, and that alone is deleted: another one of its name has another UID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub kind: Kind,
    pub namespace: String,
    pub name: String,
    pub uid: String,
}

/// What became of an object that was to be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// The cluster took the delete; finalizers may still keep it for a while.
    Deleted,
    /// Somebody else was faster.
    Gone,
    /// It was made anew since it was shown: this one has another UID and stays.
    Anew,
    /// It is no longer left behind: a pod or a set uses it.
    Used,
    /// The cluster, or the way to it.
    Refused(ApiError),
    /// Not asked, because the StatefulSet itself could not be deleted.
    Untried,
}

/// An object and its fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub target: Target,
    pub fate: Fate,
}

impl Done {
    /// It is not there any more, or will not be soon.
    pub fn is_gone(&self) -> bool {
        matches!(self.fate, Fate::Deleted | Fate::Gone)
    }
}

/// What is worth another try. What was made anew, or is in use, is not: somebody wants it.
pub fn rest(report: &[Done]) -> Vec<Target> {
    let again = |d: &&Done| matches!(d.fate, Fate::Refused(_) | Fate::Untried);
    report.iter().filter(again).map(|d| d.target.clone()).collect()
}

/// A report with the outcome of another try in it.
pub fn merged(report: &[Done], again: &[Done]) -> Vec<Done> {
    let newer = |d: &Done| again.iter().find(|a| a.target == d.target).unwrap_or(d).clone();
    report.iter().map(newer).collect()
}

/// What a report shows: what is still there comes first.
pub fn shown(report: &[Done]) -> Many<Done> {
    let (gone, there): (Vec<_>, Vec<_>) = report.iter().partition(|d| d.is_gone());
    Many::of(there.into_iter().chain(gone).cloned(), ROWS)
}

/// Why scaling to 0 would not end by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blocked {
    /// It cannot be known to have stopped while its node does not answer.
    Lost { pod: String },
    /// An ordered set does not stop a pod that is not ready while one below it is not ready either.
    Waits { pod: String, below: String },
}

/// Whether scaling to 0 gets stuck on one of these pods, the lowest ordinal first. An ordered set stops its highest pod if that is ready, or if it is the lowest
/// of those that are not; and it waits for each to be gone (`processCondemned` in
/// `pkg/controller/statefulset/stateful_set_control.go`).
pub fn blocked(pods: &[&PodFacts], parallel: bool) -> Option<Blocked> {
    if let Some(pod) = pods.iter().find(|p| p.is_held()) {
        return Some(Blocked::Lost {
            pod: pod.name.clone(),
        });
    }
    let lowest = pods.iter().find(|p| !p.ready || p.terminating);
    let lowest = lowest.filter(|_| !parallel)?;
    let waits = pods.iter().rfind(|p| p.failing && p.ordinal > lowest.ordinal)?;
    lowest.failing.then(|| Blocked::Waits {
        pod: waits.name.clone(),
        below: lowest.name.clone(),
    })
}

#[cfg(test)]
mod tests;
