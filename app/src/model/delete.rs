//! Deleting a StatefulSet: what goes, what stays, and what becomes of each object.
use super::detail::OrdinalRow;
use crate::api::ApiError;
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

/// The Service that the set names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanService {
    pub name: String,
    pub uid: String,
    pub headless: bool,
    /// Its selector finds the pods of the set.
    pub selects: bool,
    /// Other StatefulSets that name it.
    pub sets: Vec<String>,
    /// Pods of others that its selector finds; at most a few hundred are looked at.
    pub pods: Vec<String>,
}

impl PlanService {
    /// Somebody else loses something with it.
    pub fn is_shared(&self) -> bool {
        !self.sets.is_empty() || !self.pods.is_empty()
    }
}

/// A claim that was made from a template of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanClaim {
    pub name: String,
    pub uid: String,
    pub ordinal: i32,
    pub size: String,
    pub class: String,
    /// The reclaim policy of its volume, or of its class while it has none; empty where neither may be read.
    pub policy: String,
    /// The set owns it (`metadata.ownerReferences`), so the garbage collector takes it along.
    pub owned: bool,
}

/// What the dialog is drawn from, read when it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletePlan {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    pub replicas: i32,
    /// The lowest ordinal.
    pub start: i32,
    /// `terminationGracePeriodSeconds` of its pods.
    pub grace: i64,
    pub parallel: bool,
    /// `whenScaled: Delete`: scaling down takes the claims of the pods along.
    pub scaling_deletes: bool,
    /// `Kind name` of the controller that owns the set, and will make it again.
    pub owner: String,
    pub service: Option<PlanService>,
    /// Other Services whose selector finds its pods.
    pub others: Vec<String>,
    pub claims: Vec<PlanClaim>,
    /// What could not be read, so that nothing is said about it.
    pub hidden: Vec<(Kind, ApiError)>,
    /// What the cluster says to a dry run of the deletes, where it refuses one.
    pub refused: Vec<(Kind, ApiError)>,
}

/// What the user ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub service: bool,
    pub claims: bool,
    pub scale_first: bool,
}

/// What goes and what stays, beside the set and its pods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Claims that are deleted because the user says so.
    pub deleted: Vec<PlanClaim>,
    /// Claims that Kubernetes deletes with the set: `whenDeleted: Delete`.
    pub owned: Vec<PlanClaim>,
    /// Claims that Kubernetes deletes as their pods stop: `whenScaled: Delete`.
    pub scaled: Vec<PlanClaim>,
    pub stay: Vec<PlanClaim>,
}

impl DeletePlan {
    /// The words of the cluster about a kind, where it refuses to delete it.
    pub fn refusal(&self, kind: Kind) -> Option<&ApiError> {
        self.refused.iter().find(|(k, _)| *k == kind).map(|(_, e)| e)
    }

    /// The same, where it says more than that the set itself may not be deleted.
    pub fn own_refusal(&self, kind: Kind) -> Option<&ApiError> {
        let set = self.refusal(Kind::StatefulSet).is_some();
        self.refusal(kind).filter(|_| !set)
    }

    /// The claims that stay unless somebody deletes them.
    pub fn kept(&self) -> Vec<PlanClaim> {
        self.claims.iter().filter(|c| !c.owned).cloned().collect()
    }

    /// The names of its pods, the one that stops first first.
    pub fn pods(&self) -> Vec<String> {
        let ordinals = (self.start..self.start.saturating_add(self.replicas)).rev();
        ordinals.map(|o| format!("{}-{o}", self.name)).collect()
    }

    /// What is ticked when the dialog opens. The Service goes along where it serves nobody else. The claims stay.
    /// Scaling first is the gentle way, except where it would delete claims that otherwise stay, or never end.
    pub fn advised(&self, blocked: bool) -> Choice {
        let ours = |s: &PlanService| s.headless && s.selects && !s.is_shared();
        Choice {
            service: self.service.as_ref().is_some_and(ours) && self.refusal(Kind::Service).is_none(),
            claims: false,
            scale_first: self.replicas > 0
                && !blocked
                && (!self.scaling_deletes || self.claims.iter().all(|c| c.owned)),
        }
    }

    /// What a choice does to the claims.
    pub fn effect(&self, choice: Choice) -> Effect {
        let pods = self.start..self.start.saturating_add(self.replicas);
        let mut effect = Effect::default();
        for claim in &self.claims {
            let side = if claim.owned {
                &mut effect.owned
            } else if choice.claims {
                &mut effect.deleted
            } else if choice.scale_first && self.scaling_deletes && pods.contains(&claim.ordinal) {
                &mut effect.scaled
            } else {
                &mut effect.stay
            };
            side.push(claim.clone());
        }
        effect
    }

    /// The objects to delete, in order: the set before what it stands on.
    pub fn targets(&self, choice: Choice) -> Vec<Target> {
        let target = |kind: Kind, name: &str, uid: &str| Target {
            kind,
            namespace: self.namespace.clone(),
            name: name.to_owned(),
            uid: uid.to_owned(),
        };
        let service = self.service.iter().filter(|_| choice.service);
        let claims = self.effect(choice).deleted;
        [target(Kind::StatefulSet, &self.name, &self.uid)]
            .into_iter()
            .chain(service.map(|s| target(Kind::Service, &s.name, &s.uid)))
            .chain(
                claims
                    .iter()
                    .map(|c| target(Kind::PersistentVolumeClaim, &c.name, &c.uid)),
            )
            .collect()
    }
}

/// Why scaling to 0 would not end by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// It cannot be known to have stopped while its node does not answer.
    Lost { pod: String },
    /// An ordered set does not stop a pod that is not ready while one below it is not ready either.
    Waits { pod: String, below: String },
}

/// Whether scaling to 0 gets stuck. An ordered set stops its highest pod if that is ready, or if it is the lowest
/// of those that are not; and it waits for each to be gone (`processCondemned` in
/// `pkg/controller/statefulset/stateful_set_control.go`).
pub fn blocked(ordinals: &[OrdinalRow], parallel: bool) -> Option<Blocked> {
    let present = || ordinals.iter().filter(|o| o.present);
    if let Some(row) = present().find(|o| o.lost) {
        return Some(Blocked::Lost { pod: row.pod.clone() });
    }
    let lowest = present().find(|o| !o.ready).filter(|_| !parallel)?;
    let waits = present().rfind(|o| o.failing && o.ordinal > lowest.ordinal)?;
    lowest.failing.then(|| Blocked::Waits {
        pod: waits.pod.clone(),
        below: lowest.pod.clone(),
    })
}

#[cfg(test)]
#[path = "delete_tests.rs"]
mod tests;
