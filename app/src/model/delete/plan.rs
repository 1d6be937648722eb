//! What a delete would do: read by the server, drawn by the dialog.
use super::{Kind, Propagation, Target};
use crate::{
    api::ApiError,
    model::{
        claims::sum,
        facts::ordinals,
        many::{Many, NAMES, whole},
    },
};
use serde::{Deserialize, Serialize};

/// The Service that the set names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanService {
    pub name: String,
    pub uid: String,
    pub headless: bool,
    /// Its selector finds the pods of the set.
    pub selects: bool,
    /// Other StatefulSets that name it.
    pub sets: Many<String>,
    /// Pods of others that its selector finds; at most a few hundred are looked at.
    pub pods: Many<String>,
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
    pub ordinal: i64,
    pub size: String,
    pub class: String,
    /// The reclaim policy of its volume, or of its class while it has none; empty where neither may be read.
    pub policy: String,
    /// The set owns it (`metadata.ownerReferences`), so the garbage collector takes it along.
    pub owned: bool,
    /// Pods of others that mount it.
    pub used: Many<String>,
}

/// An object that is there for the set alone, or for others too: an access Service, an autoscaler, a disruption budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    pub kind: Kind,
    pub name: String,
    pub uid: String,
    /// Pods of others that it finds.
    pub used: Many<String>,
}

/// Claims that a plan counts and does not list, all of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlisted {
    /// See [`PlanClaim::owned`].
    pub owned: bool,
    /// Their ordinals are among those that the set asks for.
    pub asked_for: bool,
    pub count: i64,
    /// Summed.
    pub size: String,
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
    /// What stands beside it and can go along: other Services whose selector finds its pods, autoscalers, budgets.
    pub beside: Vec<Beside>,
    /// `metadata.finalizers` of the set and of the claims that are listed, by object: what holds them once they are deleted.
    pub finalizers: Vec<(String, String)>,
    /// Other Services whose selector finds its pods, beyond those that are listed.
    pub others: Many<String>,
    /// The claims of the lowest ordinals, as many as one delete takes (`many::CLAIMS`).
    pub claims: Vec<PlanClaim>,
    /// The other claims. They stay, unless Kubernetes deletes them.
    pub unlisted: Vec<Unlisted>,
    /// What could not be read, so that nothing is said about it.
    pub hidden: Vec<(Kind, ApiError)>,
    /// What the cluster says to a dry run of the deletes, where it refuses one.
    pub refused: Vec<(Kind, ApiError)>,
}

/// What the user ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub service: bool,
    /// The claims, but for those that are spared.
    pub claims: bool,
    /// UIDs of claims that stay.
    pub spared: Vec<String>,
    /// UIDs of what goes along of [`DeletePlan::beside`].
    pub beside: Vec<String>,
    pub propagation: Propagation,
    pub scale_first: bool,
}

/// Claims that share a fate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub listed: Vec<PlanClaim>,
    pub unlisted: Vec<Unlisted>,
}

impl Share {
    /// How many there are.
    pub fn count(&self) -> i64 {
        whole(self.listed.len()) + self.unlisted.iter().map(|u| u.count).sum::<i64>()
    }

    /// Their sizes, summed.
    pub fn size(&self) -> String {
        let unlisted = self.unlisted.iter().map(|u| u.size.as_str());
        let sizes: Vec<&str> = self
            .listed
            .iter()
            .map(|c| c.size.as_str())
            .chain(unlisted)
            .collect();
        sum(&sizes)
    }

    /// Their names, as far as a sentence tells them.
    pub fn names(&self) -> Many<String> {
        Many::counted(self.listed.iter().map(|c| c.name.clone()), NAMES, self.count())
    }
}

/// What goes and what stays, beside the set and its pods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Claims that are deleted because the user says so.
    pub deleted: Share,
    /// Claims that Kubernetes deletes with the set: `whenDeleted: Delete`.
    pub owned: Share,
    /// Claims that Kubernetes deletes as their pods stop: `whenScaled: Delete`.
    pub scaled: Share,
    pub stay: Share,
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
    pub fn kept(&self) -> Share {
        Share {
            listed: self.claims.iter().filter(|c| !c.owned).cloned().collect(),
            unlisted: self.unlisted.iter().filter(|u| !u.owned).cloned().collect(),
        }
    }

    /// All claims are the set's own: Kubernetes deletes them with it.
    fn owns_all(&self) -> bool {
        self.claims.iter().all(|c| c.owned) && self.unlisted.iter().all(|u| u.owned)
    }

    /// What is ticked when the dialog opens. The Service goes along where it serves nobody else. The claims stay.
    /// Scaling first is the gentle way, except where it would delete claims that otherwise stay, or never end.
    pub fn advised(&self, blocked: bool) -> Choice {
        let ours = |s: &PlanService| s.headless && s.selects && !s.is_shared();
        Choice {
            service: self.service.as_ref().is_some_and(ours) && self.refusal(Kind::Service).is_none(),
            claims: false,
            spared: Vec::new(),
            beside: Vec::new(),
            propagation: Propagation::default(),
            scale_first: self.replicas > 0 && !blocked && (!self.scaling_deletes || self.owns_all()),
        }
    }

    /// What a choice does to the claims.
    pub fn effect(&self, choice: &Choice) -> Effect {
        let pods = ordinals(self.start, self.replicas);
        let by_scaling = choice.scale_first && self.scaling_deletes;
        let mut effect = Effect::default();
        for claim in &self.claims {
            let side = if claim.owned {
                &mut effect.owned
            } else if choice.claims && !choice.spared.contains(&claim.uid) {
                &mut effect.deleted
            } else if by_scaling && pods.contains(&claim.ordinal) {
                &mut effect.scaled
            } else {
                &mut effect.stay
            };
            side.listed.push(claim.clone());
        }
        for claims in &self.unlisted {
            let side = if claims.owned {
                &mut effect.owned
            } else if by_scaling && claims.asked_for {
                &mut effect.scaled
            } else {
                &mut effect.stay
            };
            side.unlisted.push(claims.clone());
        }
        effect
    }

    /// The objects to delete, in order: the set before what it stands on.
    pub fn targets(&self, choice: &Choice) -> Vec<Target> {
        let target = |kind: Kind, name: &str, uid: &str| Target {
            kind,
            namespace: self.namespace.clone(),
            name: name.to_owned(),
            uid: uid.to_owned(),
        };
        let service = self.service.iter().filter(|_| choice.service);
        let claims = self.effect(choice).deleted;
        let beside = self.beside.iter().filter(|b| choice.beside.contains(&b.uid));
        [target(Kind::StatefulSet, &self.name, &self.uid)]
            .into_iter()
            .chain(service.map(|s| target(Kind::Service, &s.name, &s.uid)))
            .chain(beside.map(|b| target(b.kind, &b.name, &b.uid)))
            .chain(
                claims
                    .listed
                    .iter()
                    .map(|c| target(Kind::PersistentVolumeClaim, &c.name, &c.uid)),
            )
            .collect()
    }
}
