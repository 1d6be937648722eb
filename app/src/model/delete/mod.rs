//! Deleting a StatefulSet: what goes, what stays, and what becomes of each object.
mod intent;
mod plan;

use super::{
    effect::{Course, Hold, Scene},
    many::{Many, ROWS},
};
use crate::api::ApiError;
pub use intent::Intent;
pub use plan::{Beside, Choice, DeletePlan, Effect, PlanClaim, PlanService, Share, Unlisted};
use serde::{Deserialize, Serialize};

/// The kinds that the console deletes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    StatefulSet,
    Service,
    PersistentVolumeClaim,
    Pod,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
}

impl Kind {
    /// As Kubernetes writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::StatefulSet => "StatefulSet",
            Self::Service => "Service",
            Self::PersistentVolumeClaim => "PersistentVolumeClaim",
            Self::Pod => "Pod",
            Self::HorizontalPodAutoscaler => "HorizontalPodAutoscaler",
            Self::PodDisruptionBudget => "PodDisruptionBudget",
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

/// What becomes of the pods of a set that is deleted (`propagationPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Propagation {
    /// The set stays, as being deleted, until its pods are gone.
    #[default]
    Foreground,
    /// The set goes at once, its pods after it.
    Background,
    /// The pods stay and run, and belong to nobody.
    Orphan,
}

impl Propagation {
    pub const ALL: [Self; 3] = [Self::Foreground, Self::Background, Self::Orphan];

    /// As Kubernetes writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Foreground => "Foreground",
            Self::Background => "Background",
            Self::Orphan => "Orphan",
        }
    }

    /// The one of that name, Foreground for any other.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|p| p.name() == name)
            .unwrap_or_default()
    }
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

/// What keeps scaling to 0 from ending by itself, and the pod.
pub fn blocked(scene: &Scene) -> Option<(String, Hold)> {
    let scaled = scene.scaled(0);
    let wait = Course::of(&scaled).waits().find(|w| w.hold.is_some())?;
    Some((scaled.pod(wait.ordinal), wait.hold?))
}

#[cfg(test)]
mod tests;
