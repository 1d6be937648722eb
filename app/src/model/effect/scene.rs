//! What the StatefulSet controller looks at.
use crate::model::{
    facts::{ClaimFacts, PodFacts, SetFacts, ordinals},
    many::Runs,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// How a pod is, as far as the controller cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Health {
    /// Ready for at least `minReadySeconds`.
    #[default]
    Available,
    /// Ready, and not for long enough yet.
    Ready,
    /// It will be ready by itself, as far as anybody can tell.
    Starting,
    /// It runs and is not ready.
    Unready,
    /// It will not be ready by itself.
    Failing,
    /// `Failed` or `Succeeded`: the controller deletes it and makes it anew.
    Ended,
}

/// A pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Actor {
    pub revision: String,
    pub health: Health,
    /// Its deletion is asked for.
    pub going: bool,
    /// Once it is told to go it does not go by itself: a finalizer, or a node that does not answer, keeps it.
    pub held: bool,
}

impl Actor {
    /// A pod of a set, as it is at `now` (seconds since 1970).
    pub fn of(pod: &PodFacts, set: &SetFacts, now: i64) -> Self {
        let health = match pod {
            p if p.has_ended() => Health::Ended,
            p if p.ready && now >= set.available_at(p) => Health::Available,
            p if p.ready => Health::Ready,
            p if p.failing => Health::Failing,
            p if p.lost || p.is_unready(now) => Health::Unready,
            _ => Health::Starting,
        };
        Self {
            revision: pod.revision.clone(),
            health,
            going: pod.terminating,
            held: pod.is_held() || (pod.terminating && !pod.finalizers.is_empty()),
        }
    }

    /// The controller's `isUnavailable`.
    pub(super) fn is_unavailable(&self) -> bool {
        self.going || self.health != Health::Available
    }
}

/// A claim, as far as the controller and the garbage collector care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ClaimState {
    /// It has a volume.
    #[default]
    Bound,
    /// It has no volume yet, so no data.
    Unbound,
    /// Another controller than the set or its pod owns it: the retention policy is ignored.
    Foreign,
    /// It is being deleted.
    Going,
}

impl ClaimState {
    /// The state of a claim that has the name of one of the set's.
    pub fn of(claim: &ClaimFacts, set: &SetFacts) -> Self {
        // As `hasUnexpectedController` in `pkg/controller/statefulset/stateful_set_utils.go`.
        let foreign = claim.owners.iter().any(|o| match o.kind.as_str() {
            "StatefulSet" if o.name == set.name => o.uid != set.uid,
            "Pod" => false,
            _ => o.controller,
        });
        match claim.phase.as_str() {
            _ if claim.terminating => Self::Going,
            _ if foreign => Self::Foreign,
            "Bound" => Self::Bound,
            _ => Self::Unbound,
        }
    }
}

/// The claims of one template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub template: String,
    /// By what the controller and the garbage collector make of them.
    pub states: Vec<(ClaimState, Runs)>,
}

impl Claims {
    /// The state of the claim of an ordinal; none where there is no claim.
    pub fn of(&self, ordinal: i64) -> Option<ClaimState> {
        let found = self.states.iter().find(|(_, runs)| runs.contains(ordinal));
        found.map(|(state, _)| *state)
    }
}

/// A set with its pods and claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Scene {
    pub name: String,
    pub replicas: i32,
    pub start: i32,
    /// `spec.updateStrategy.rollingUpdate.partition`, counted from `start`.
    pub partition: i32,
    /// The strategy is `RollingUpdate`; under every other one the controller replaces no pod.
    pub rolls: bool,
    pub parallel: bool,
    /// See [`SetFacts::max_unavailable`].
    pub max_unavailable: Option<i32>,
    pub deletes_claims_when_scaled: bool,
    pub deleting: bool,
    pub current: String,
    pub update: String,
    pub pods: BTreeMap<i64, Actor>,
    /// For each template of the set in its order.
    pub claims: Vec<Claims>,
}

impl Scene {
    /// A set with the pods and claims that really exist.
    pub fn of(set: &SetFacts, pods: &[&PodFacts], claims: &[&ClaimFacts], now: i64) -> Self {
        let actor = |p: &&PodFacts| (p.ordinal, Actor::of(p, set, now));
        let of_template = |template: &str| {
            let mut states: BTreeMap<ClaimState, Vec<i64>> = BTreeMap::new();
            let mut ours: Vec<_> = claims
                .iter()
                .filter_map(|c| Some((c.ordinal_of(template, &set.name)?, c)))
                .collect();
            ours.sort_by_key(|(ordinal, _)| *ordinal);
            for (ordinal, claim) in ours {
                states
                    .entry(ClaimState::of(claim, set))
                    .or_default()
                    .push(ordinal);
            }
            let states = states
                .into_iter()
                .map(|(state, ordinals)| (state, Runs::of(ordinals)));
            Claims {
                template: template.to_owned(),
                states: states.collect(),
            }
        };
        Self {
            name: set.name.clone(),
            replicas: set.replicas,
            start: set.start,
            partition: set.partition,
            rolls: !set.on_delete && set.strategy.is_empty(),
            parallel: set.parallel,
            max_unavailable: set.max_unavailable,
            deletes_claims_when_scaled: set.deletes_claims_when_scaled,
            deleting: set.deleting,
            current: set.current_revision.clone(),
            update: set.update_revision.clone(),
            pods: pods.iter().filter(|p| p.ordinal >= 0).map(actor).collect(),
            claims: set.templates.iter().map(|t| of_template(&t.name)).collect(),
        }
    }

    /// The ordinals that it asks for.
    pub fn wanted(&self) -> Range<i64> {
        ordinals(self.start, self.replicas)
    }

    /// The lowest ordinal that a rollout reaches: `spec.ordinals.start` and the partition together.
    pub fn boundary(&self) -> i64 {
        i64::from(self.start) + i64::from(self.partition.max(0))
    }

    /// The name of the pod of an ordinal.
    pub fn pod(&self, ordinal: i64) -> String {
        format!("{}-{ordinal}", self.name)
    }

    /// The revision that a new pod gets (`newVersionedStatefulSetPod`): below the boundary the current one.
    pub fn revision_of(&self, ordinal: i64) -> &str {
        if self.rolls && ordinal < self.boundary() {
            &self.current
        } else {
            &self.update
        }
    }

    /// The pod runs another revision than a new one in its place would.
    pub fn is_outdated(&self, ordinal: i64) -> bool {
        let pod = self.pods.get(&ordinal);
        pod.is_some_and(|pod| pod.revision != self.revision_of(ordinal))
    }

    /// The asked-for ordinals from the boundary up whose pods a rollout has still to replace, the highest first.
    pub fn outdated(&self) -> impl Iterator<Item = i64> {
        let wanted = self.wanted();
        let from = self.boundary().clamp(wanted.start, wanted.end);
        let reached = if self.rolls { from..wanted.end } else { 0..0 };
        let pods = self.pods.range(reached).rev();
        pods.filter(|(_, p)| p.revision != self.update)
            .map(|(ordinal, _)| *ordinal)
    }
}

/// How a scene travels: pods in the same state together, for there may be thousands.
#[derive(Clone, Serialize, Deserialize)]
struct Packed {
    set: (String, i32, i32, i32, Option<i32>),
    /// Rolls, parallel, deletes claims when scaled, is being deleted.
    flags: [bool; 4],
    revisions: (String, String),
    pods: Vec<(Actor, Runs)>,
    claims: Vec<Claims>,
}

impl From<Packed> for Scene {
    fn from(packed: Packed) -> Self {
        let (name, replicas, start, partition, max_unavailable) = packed.set;
        let [rolls, parallel, deletes_claims_when_scaled, deleting] = packed.flags;
        let each =
            |(actor, runs): &(Actor, Runs)| runs.ordinals().map(|o| (o, actor.clone())).collect::<Vec<_>>();
        Self {
            name,
            replicas,
            start,
            partition,
            rolls,
            parallel,
            max_unavailable,
            deletes_claims_when_scaled,
            deleting,
            current: packed.revisions.0,
            update: packed.revisions.1,
            pods: packed.pods.iter().flat_map(each).collect(),
            claims: packed.claims,
        }
    }
}

impl From<Scene> for Packed {
    fn from(scene: Scene) -> Self {
        let mut pods: BTreeMap<Actor, Vec<i64>> = BTreeMap::new();
        for (ordinal, actor) in scene.pods {
            pods.entry(actor).or_default().push(ordinal);
        }
        Self {
            set: (
                scene.name,
                scene.replicas,
                scene.start,
                scene.partition,
                scene.max_unavailable,
            ),
            flags: [
                scene.rolls,
                scene.parallel,
                scene.deletes_claims_when_scaled,
                scene.deleting,
            ],
            revisions: (scene.current, scene.update),
            pods: pods.into_iter().map(|(a, o)| (a, Runs::of(o))).collect(),
            claims: scene.claims,
        }
    }
}
