//! The StatefulSet controller's decision, as `updateStatefulSet` in `pkg/controller/statefulset/stateful_set_control.go` of
//! Kubernetes 1.36 makes it: first every asked-for pod, then those that are no longer asked for, then the rollout.
use super::scene::{Actor, Health, Scene};
use crate::model::many::ROWS;
use std::ops::ControlFlow::{self, Break, Continue};

/// What the controller does to a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Makes one that is missing.
    Start,
    /// Deletes one that is no longer asked for.
    Stop,
    /// Deletes one of an earlier revision, to make it anew.
    Replace,
    /// Deletes one that has ended, to make it anew.
    Remake,
}

/// What a pod is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    Gone,
    Ready,
    /// Ready for `minReadySeconds`.
    Available,
}

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// All of this at once: a single thing under `OrderedReady`.
    Does(Vec<(i64, Act)>),
    Waits {
        ordinal: i64,
        until: Until,
    },
    /// Everything is as asked for.
    Nothing,
}

/// A look at some of the pods: it goes on to the others, or ends with what happens.
type Look = ControlFlow<Next>;

/// The controller's decision about a scene.
pub fn next(scene: &Scene) -> Next {
    if scene.deleting {
        return Next::Nothing;
    }
    let look = || {
        if scene.parallel {
            at_once(scene)?;
        } else {
            replicas(scene)?;
            condemned(scene)?;
        }
        rollout(scene)
    };
    match look() {
        Break(next) => next,
        Continue(()) => Next::Nothing,
    }
}

/// The first asked-for ordinal without a pod.
fn missing(scene: &Scene) -> Option<i64> {
    let wanted = scene.wanted();
    let mut expected = wanted.clone();
    let there = scene.pods.range(wanted).map(|(ordinal, _)| *ordinal);
    // Both go up: the first that differ are the gap.
    let gap = there
        .zip(expected.by_ref())
        .find_map(|(is, should)| (is != should).then_some(should));
    gap.or_else(|| expected.next())
}

/// What a pod is waited for, where something is.
fn lacks(pod: &Actor) -> Option<Until> {
    match pod.health {
        _ if pod.going => Some(Until::Gone),
        Health::Available => None,
        Health::Ready => Some(Until::Available),
        _ => Some(Until::Ready),
    }
}

fn wait(ordinal: i64, pod: &Actor) -> Look {
    match lacks(pod) {
        Some(until) => Break(Next::Waits { ordinal, until }),
        None => Continue(()),
    }
}

fn does(ordinal: i64, act: Act) -> Look {
    Break(Next::Does(vec![(ordinal, act)]))
}

/// `OrderedReady`: the asked-for pods from the lowest up, each before the next (`processReplica`).
fn replicas(scene: &Scene) -> Look {
    let gap = missing(scene);
    let below = scene.wanted().start..gap.unwrap_or(scene.wanted().end);
    for (ordinal, pod) in scene.pods.range(below) {
        if pod.health == Health::Ended && !pod.going {
            return does(*ordinal, Act::Remake);
        }
        wait(*ordinal, pod)?;
    }
    match gap {
        Some(ordinal) => does(ordinal, Act::Start),
        None => Continue(()),
    }
}

/// `OrderedReady`: those that are no longer asked for, from the highest down. One that is not available goes only where it is
/// the first such pod of all, those that are asked for before it (`processCondemned`).
fn condemned(scene: &Scene) -> Look {
    let mut outside = scene
        .pods
        .iter()
        .filter(|(ordinal, _)| !scene.wanted().contains(ordinal));
    let Some((ordinal, pod)) = outside.next_back() else {
        return Continue(());
    };
    let lower = outside.any(|(_, pod)| pod.is_unavailable());
    if pod.going || lower {
        wait(*ordinal, pod)?;
    }
    does(*ordinal, Act::Stop)
}

/// `Parallel`: all that is missing, has ended or is no longer asked for, without waiting.
fn at_once(scene: &Scene) -> Look {
    let wanted = scene.wanted();
    let stays = scene.pods.iter().filter(|(_, pod)| !pod.going);
    let mut acts: Vec<(i64, Act)> = stays
        .filter_map(|(ordinal, pod)| match wanted.contains(ordinal) {
            false => Some((*ordinal, Act::Stop)),
            true if pod.health == Health::Ended => Some((*ordinal, Act::Remake)),
            true => None,
        })
        .collect();
    let starts = wanted.filter(|ordinal| !scene.pods.contains_key(ordinal));
    // Somebody may have asked for a million: the controller makes them in batches, too.
    acts.extend(starts.take(ROWS).map(|ordinal| (ordinal, Act::Start)));
    acts.sort_unstable();
    if acts.is_empty() {
        Continue(())
    } else {
        Break(Next::Does(acts))
    }
}

/// The rollout, from the highest ordinal down to the boundary.
fn rollout(scene: &Scene) -> Look {
    if let Some(most) = scene.max_unavailable.filter(|_| scene.rolls) {
        return several(scene, usize::try_from(most).unwrap_or(1));
    }
    let Some(highest) = scene.outdated().find(|o| !scene.pods[o].going) else {
        return unfinished(scene);
    };
    for (ordinal, pod) in scene.pods.range(highest + 1..scene.wanted().end) {
        wait(*ordinal, pod)?;
    }
    does(highest, Act::Replace)
}

/// Nothing is left to replace; the rest only has to come up.
fn unfinished(scene: &Scene) -> Look {
    let pods = scene.pods.iter().rev();
    pods.map(|(ordinal, pod)| wait(*ordinal, pod))
        .find(ControlFlow::is_break)
        .unwrap_or(Continue(()))
}

/// With `maxUnavailable`: as many at once as are not unavailable already, wherever those are.
fn several(scene: &Scene, most: usize) -> Look {
    let wanted = scene.wanted();
    let away = || {
        scene
            .pods
            .range(wanted.clone())
            .filter(|(_, pod)| pod.is_unavailable())
    };
    let acts = scene.outdated().filter(|o| !scene.pods[o].going);
    let mut acts = acts.map(|ordinal| (ordinal, Act::Replace)).peekable();
    if acts.peek().is_none() {
        return unfinished(scene);
    }
    let room = most.max(1).saturating_sub(away().count());
    if room > 0 {
        return Break(Next::Does(acts.take(room).collect()));
    }
    away()
        .map(|(ordinal, pod)| wait(*ordinal, pod))
        .find(ControlFlow::is_break)
        .unwrap_or(Continue(()))
}
