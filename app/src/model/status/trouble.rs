//! What will not pass by itself.
use super::{
    Reason, Status,
    look::{Judged, Look, stays},
};
use crate::model::{
    effect::{Act, Course, Health, Hold, Next, next},
    facts::{PodFacts, UNSCHEDULABLE},
    warnings::WarningFacts,
};

/// The worst of a set that needs somebody, if something does.
pub(super) fn trouble(look: &Look) -> Option<Judged> {
    lost(look)
        .or_else(|| held(look))
        .or_else(|| failing(look))
        .or_else(|| refused(look))
        .or_else(|| warned(look))
        .or_else(|| unready(look))
}

/// A lost node is worse than a failing container: nothing can be done from inside the set.
fn lost(look: &Look) -> Option<Judged> {
    let pod = look.pods.iter().find(|p| p.lost)?;
    let node = (look.seen.nodes)(&pod.node);
    // A Node that can be read and answers: the pod's own conditions are old.
    let reason = match node {
        Some(node) if node.ready => return None,
        Some(node) => Reason::NodeLost {
            node: node.name,
            pod: pod.name.clone(),
        },
        None => Reason::SeemsLost {
            pod: pod.name.clone(),
        },
    };
    Some(Judged::new(degraded(look), reason, pod.since))
}

fn held(look: &Look) -> Option<Judged> {
    let pod = look.pods.iter().find(|p| p.overdue)?;
    let status = Status::Held {
        pod: pod.name.clone(),
    };
    Some(Judged::new(status, stays(pod), pod.deadline))
}

/// The pod on which the controller waits in vain, or else the lowest that fails.
fn failing(look: &Look) -> Option<Judged> {
    if look.pods.iter().all(|p| p.ready && !p.terminating) {
        return None;
    }
    let hold = Course::of(&look.scene).waits().find(|w| w.hold.is_some());
    let waited = hold.and_then(|w| Some((look.pod(w.ordinal)?, w.hold)));
    let waited =
        waited.filter(|(pod, hold)| pod.failing || matches!(hold, Some(Hold::Outdated | Hold::OutOfTurn)));
    let wanted = look.wanted();
    let mut others = look.pods.iter().filter(|p| wanted.contains(&p.ordinal));
    let (pod, hold) = waited.or_else(|| others.find(|p| p.failing && !p.terminating).map(|p| (*p, None)))?;
    let reason = match hold {
        Some(Hold::Outdated) => Reason::Outdated {
            pod: pod.name.clone(),
            revision: pod.revision.clone(),
        },
        Some(Hold::OutOfTurn) => Reason::OutOfTurn {
            pod: pod.name.clone(),
        },
        _ => Reason::Pod {
            state: pod.state.clone(),
            message: message(look, pod),
        },
    };
    let status = Status::Stuck {
        pod: pod.name.clone(),
    };
    Some(Judged::new(status, reason, pod.since))
}

/// What the cluster says of a pod; where no node is found because of a claim, with that claim and its class.
fn message(look: &Look, pod: &PodFacts) -> String {
    let for_claims = pod.state == UNSCHEDULABLE && pod.message.contains("olume");
    let mut claims = look
        .seen
        .claims
        .iter()
        .filter(|c| c.phase == "Pending" && pod.mounts.contains(&c.name));
    match claims.next().filter(|_| for_claims) {
        Some(claim) if !claim.class.is_empty() => {
            format!(
                "{} (PersistentVolumeClaim {}, StorageClass {})",
                pod.message, claim.name, claim.class
            )
        }
        Some(claim) => format!("{} (PersistentVolumeClaim {})", pod.message, claim.name),
        None => pod.message.clone(),
    }
}

fn warning(of: &WarningFacts) -> Reason {
    Reason::Warning {
        reason: of.reason.clone(),
        message: of.message.clone(),
    }
}

fn newest<'a>(look: &Look<'a>, about: impl Fn(&WarningFacts) -> bool) -> Option<&'a WarningFacts> {
    let hold = look
        .seen
        .warnings
        .iter()
        .filter(|w| w.holds(look.seen.now) && about(w));
    hold.max_by_key(|w| w.last).copied()
}

/// A pod that the controller wants to make, and the API server does not take.
fn refused(look: &Look) -> Option<Judged> {
    let Next::Does(acts) = next(&look.scene) else {
        return None;
    };
    let starts = acts.iter().filter(|(_, act)| *act == Act::Start);
    let named: Vec<String> = starts.map(|(ordinal, _)| look.scene.pod(*ordinal)).collect();
    let names = |w: &WarningFacts, pod: &str| w.message.split([' ', '"']).any(|word| word == pod);
    let uid = &look.seen.set.uid;
    let found = newest(look, |w| {
        w.uid == *uid
            && w.reason == "FailedCreate"
            && w.goes_on(look.seen.now)
            && named.iter().any(|pod| names(w, pod))
    })?;
    let pod = named.into_iter().find(|pod| names(found, pod))?;
    Some(Judged::new(Status::Refused { pod }, warning(found), found.first))
}

/// A pod that does not come up, and of which the cluster says why; or the set itself.
fn warned(look: &Look) -> Option<Judged> {
    let starting = |p: &&&PodFacts| !p.ready && !p.terminating && !p.has_ended();
    let of_pod = look.pods.iter().filter(starting).find_map(|pod| {
        let found = newest(look, |w| w.uid == pod.uid && w.reason != "FailedScheduling")?;
        Some((pod.name.clone(), found))
    });
    let set = look.seen.set;
    let of_set = || {
        let found = newest(look, |w| {
            w.uid == set.uid && w.reason == "FailedUpdate" && w.goes_on(look.seen.now)
        })?;
        let pod = look.pods.iter().find(|p| found.message.contains(&p.name))?;
        Some((pod.name.clone(), found))
    };
    let (pod, found) = of_pod.or_else(of_set)?;
    Some(Judged::new(Status::Stuck { pod }, warning(found), found.first))
}

/// A pod that runs and is not ready after an ordinary start, or any more.
fn unready(look: &Look) -> Option<Judged> {
    let wanted = look.wanted();
    let unready = |o: &&i64| look.scene.pods[*o].health == Health::Unready && !look.scene.pods[*o].going;
    let ordinal = look
        .scene
        .pods
        .keys()
        .filter(|o| wanted.contains(o))
        .find(unready)?;
    let pod = look.pod(*ordinal)?;
    let reason = Reason::NotReady {
        pod: pod.name.clone(),
        names: pod.unready.join(", "),
    };
    Some(Judged::new(degraded(look), reason, pod.since))
}

fn degraded(look: &Look) -> Status {
    Status::Degraded {
        ready: look.ready(),
        of: look.seen.set.replicas,
    }
}
