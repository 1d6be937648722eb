//! The controller's decisions played to their end.
use super::{
    claims::ClaimFate,
    controller::{Act, Next, Until, next},
    scene::{Actor, Health, Scene},
};
use crate::model::many::ROWS;
use std::collections::BTreeSet;

/// Decisions in all: each step has a few, and a course of more steps than a page shows is only counted.
const DECISIONS: usize = ROWS * 8;

/// Why a wait does not end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The pod runs and is not ready.
    Unready,
    /// The pod fails.
    Failing,
    /// The pod is not ready, and a new one in its place would be of another revision: deleting it helps, changing the template
    /// does not (the "forced rollback" of the documentation).
    Outdated,
    /// The pod is to go and is not ready, nor is one below it, which the controller wants to stop first: deleting it helps.
    OutOfTurn,
    /// The pod is told to go, and a finalizer or its node keeps it.
    Kept,
}

impl Hold {
    /// Deleting this one pod lets the controller go on.
    pub fn ends_by_delete(self) -> bool {
        matches!(self, Self::Outdated | Self::OutOfTurn)
    }
}

/// Something that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub ordinal: i64,
    pub until: Until,
    /// None where it ends by itself.
    pub hold: Option<Hold>,
}

/// Something that the controller does to a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub ordinal: i64,
    pub act: Act,
    /// The revision of the pod that starts, also in the place of another.
    pub revision: String,
    /// What is waited for since the step before, in this order.
    pub waits: Vec<Wait>,
    /// The claims of the pod, and what becomes of them.
    pub claims: Vec<ClaimFate>,
}

/// What happens to a set until everything is as asked for, if somebody helps at each hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    pub steps: Vec<Step>,
    /// What is waited for after the last step. Without steps: what keeps the set from being as asked for.
    pub rest: Vec<Wait>,
    /// There are more steps than are told.
    pub cut: bool,
}

impl Course {
    /// Plays a scene.
    pub fn of(scene: &Scene) -> Self {
        Play {
            scene: scene.clone(),
            course: Self::default(),
            waits: Vec::new(),
            replaced: BTreeSet::new(),
        }
        .run()
    }

    /// Everything that is waited for, in order.
    pub fn waits(&self) -> impl Iterator<Item = Wait> {
        self.steps
            .iter()
            .flat_map(|s| &s.waits)
            .chain(&self.rest)
            .copied()
    }

    /// The first wait that does not end by itself and keeps a step from happening.
    pub fn blocked(&self) -> Option<Wait> {
        let waits = self.steps.iter().flat_map(|s| &s.waits);
        waits.copied().find(|w| w.hold.is_some())
    }

    /// The steps that happen before somebody has to help.
    pub fn unaided(&self) -> usize {
        let held = |s: &Step| s.waits.iter().any(|w| w.hold.is_some());
        self.steps.iter().position(held).unwrap_or(self.steps.len())
    }

    /// The ordinals of the steps of a kind, in their order.
    pub fn ordinals(&self, act: Act) -> impl Iterator<Item = i64> {
        self.steps.iter().filter(move |s| s.act == act).map(|s| s.ordinal)
    }
}

/// A course that is being played.
struct Play {
    scene: Scene,
    course: Course,
    waits: Vec<Wait>,
    /// Pods that go to be made anew: that is one step.
    replaced: BTreeSet<i64>,
}

impl Play {
    fn run(mut self) -> Course {
        for _ in 0..DECISIONS {
            if self.course.steps.len() >= ROWS {
                self.course.cut = true;
                break;
            }
            match next(&self.scene) {
                Next::Nothing => break,
                Next::Does(acts) => acts.into_iter().for_each(|(ordinal, act)| self.act(ordinal, act)),
                Next::Waits { ordinal, until } => self.wait(ordinal, until),
            }
        }
        self.course.rest = self.waits;
        self.course
    }

    fn act(&mut self, ordinal: i64, act: Act) {
        let anew = act == Act::Start && self.replaced.remove(&ordinal);
        if !anew {
            self.course.steps.push(Step {
                ordinal,
                act,
                revision: self.scene.revision_of(ordinal).to_owned(),
                waits: std::mem::take(&mut self.waits),
                claims: self.scene.claims_of(ordinal, act),
            });
        }
        if matches!(act, Act::Replace | Act::Remake) {
            self.replaced.insert(ordinal);
        }
        if act == Act::Start {
            let started = Actor {
                revision: self.scene.revision_of(ordinal).to_owned(),
                health: Health::Starting,
                ..Actor::default()
            };
            self.scene.pods.insert(ordinal, started);
        } else if let Some(pod) = self.scene.pods.get_mut(&ordinal) {
            pod.going = true;
        }
    }

    /// Lets a wait end: by itself, or because somebody helped.
    fn wait(&mut self, ordinal: i64, until: Until) {
        let hold = self.hold(ordinal);
        // Under `Parallel` nothing waits for the others: what goes is gone, and made anew, meanwhile.
        let goes = |(o, pod): (&i64, &Actor)| (pod.going && !pod.held).then_some(*o);
        let gone = self.scene.pods.iter().find_map(goes);
        if let Some(gone) = gone.filter(|_| hold.is_some() && self.scene.parallel) {
            self.scene.pods.remove(&gone);
            return;
        }
        // That a pod is gone before its successor starts is part of the step.
        if !self.replaced.contains(&ordinal) || hold.is_some() {
            self.note(Wait { ordinal, until, hold });
        }
        let deleted = hold.is_some_and(Hold::ends_by_delete);
        match self.scene.pods.get_mut(&ordinal) {
            Some(pod) if !pod.going && !deleted => pod.health = Health::Available,
            _ => drop(self.scene.pods.remove(&ordinal)),
        }
        if deleted && self.scene.wanted().contains(&ordinal) {
            self.replaced.insert(ordinal);
        }
    }

    /// A pod that is waited for several times in a row is waited for once, for the last thing.
    fn note(&mut self, wait: Wait) {
        self.waits
            .retain(|w| w.ordinal != wait.ordinal || w.hold.is_some());
        self.waits.push(wait);
    }

    fn hold(&self, ordinal: i64) -> Option<Hold> {
        let pod = self.scene.pods.get(&ordinal)?;
        match pod.health {
            _ if pod.going => pod.held.then_some(Hold::Kept),
            Health::Unready | Health::Failing if !self.scene.wanted().contains(&ordinal) => {
                Some(Hold::OutOfTurn)
            }
            Health::Unready | Health::Failing if self.scene.is_outdated(ordinal) => Some(Hold::Outdated),
            Health::Unready => Some(Hold::Unready),
            Health::Failing => Some(Hold::Failing),
            _ => None,
        }
    }
}
