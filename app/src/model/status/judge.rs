//! How a set is: first what needs somebody, then what the controller does next.
use super::{
    Reason, Status,
    look::{Judged, Look, Seen, count, stays},
    trouble::trouble,
};
use crate::model::{
    effect::{Act, Next, Scene, Until, next},
    facts::{ClaimFacts, PodFacts, REPLICAS_ANNOTATION, SetFacts},
};

/// Judges a set.
pub fn judge(seen: &Seen) -> Judged {
    let (set, settled) = (seen.set, |status, reason| Judged::new(status, reason, 0));
    let Some(pods) = seen.pods else {
        return settled_blind(set);
    };
    let look = Look {
        seen,
        pods,
        scene: Scene::of(set, pods, seen.claims, seen.now),
    };
    if set.deleting {
        return look.deleting();
    }
    if set.replicas == 0 && pods.is_empty() {
        return settled(Status::Stopped, remains(set, seen.claims));
    }
    if let Some(found) = trouble(&look) {
        return found;
    }
    if !set.observed {
        return settled(look.scaling(), Reason::NotObserved);
    }
    look.progress().unwrap_or_else(|| look.at_rest())
}

impl Look<'_> {
    fn scaling(&self) -> Status {
        let (there, to) = (count(self.pods.iter()), self.seen.set.replicas);
        if self.scene.pods.keys().all(|o| self.wanted().contains(o)) {
            Status::Scaling {
                ready: self.ready(),
                of: to,
            }
        } else {
            Status::ScalingDown { pods: there, to }
        }
    }

    /// A set that is being deleted, and what holds it. The garbage collector's own finalizers wait for pods.
    fn deleting(&self) -> Judged {
        let set = self.seen.set;
        let own = |name: &&String| !matches!(name.as_str(), "foregroundDeletion" | "orphan");
        let reason = if let Some(name) = set.finalizers.iter().find(own) {
            Reason::Finalizer {
                object: set.name.clone(),
                name: name.clone(),
            }
        } else if let Some(held) = self.pods.iter().find(|p| p.overdue) {
            stays(held)
        } else if set.finalizers.is_empty() {
            Reason::None
        } else {
            Reason::Foreground {
                pods: count(self.pods.iter()),
            }
        };
        Judged::new(Status::Deleting, reason, set.deleted)
    }

    /// What the controller does or waits for; none where all is as asked for.
    fn progress(&self) -> Option<Judged> {
        let (ordinal, reason) = match next(&self.scene) {
            Next::Nothing => return None,
            Next::Does(acts) => {
                let (ordinal, act) = *acts.first()?;
                (ordinal, self.doing(ordinal, act))
            }
            Next::Waits { ordinal, until } => (ordinal, self.waiting(ordinal, until)),
        };
        let since = self.pod(ordinal).map_or(0, |p| p.since);
        let status = match self.scaling() {
            Status::Scaling { .. } if self.is_rolling(ordinal) => self.rolling(),
            scaling => scaling,
        };
        Some(Judged::new(status, reason, since))
    }

    fn doing(&self, ordinal: i64, act: Act) -> Reason {
        let pod = self.scene.pod(ordinal);
        match act {
            Act::Start => Reason::WaitingForStart { pod },
            Act::Stop => Reason::WaitingForStop { pod },
            Act::Replace => Reason::WaitingForReady { pod },
            Act::Remake => self.ended(ordinal),
        }
    }

    fn waiting(&self, ordinal: i64, until: Until) -> Reason {
        let pod = self.scene.pod(ordinal);
        match until {
            Until::Gone if self.pod(ordinal).is_some_and(PodFacts::has_ended) => self.ended(ordinal),
            Until::Gone if self.wanted().contains(&ordinal) => Reason::WaitingForReady { pod },
            Until::Gone => Reason::WaitingForStop { pod },
            Until::Ready => Reason::WaitingForReady { pod },
            Until::Available => Reason::WaitingForAvailable {
                pod,
                seconds: self.seen.set.min_ready.into(),
            },
        }
    }

    fn ended(&self, ordinal: i64) -> Reason {
        let said = self.pod(ordinal).map(|p| match p.message.as_str() {
            "" => p.state.clone(),
            message => format!("{}: {message}", p.state),
        });
        Reason::Ended {
            pod: self.scene.pod(ordinal),
            state: said.unwrap_or_default(),
        }
    }

    /// A new revision is on its way: some pod that it reaches does not run it, or the last one is on its way up.
    fn is_rolling(&self, ordinal: i64) -> bool {
        let set = self.seen.set;
        let changed = !set.update_revision.is_empty() && set.current_revision != set.update_revision;
        let reached = self.scene.rolls && ordinal >= self.scene.boundary();
        self.scene.outdated().next().is_some() || (changed && reached)
    }

    fn rolling(&self) -> Status {
        let reached = self.scene.boundary().max(self.wanted().start)..self.wanted().end;
        let new = |p: &&&PodFacts| {
            reached.contains(&p.ordinal) && p.revision == self.scene.update && p.ready && !p.terminating
        };
        Status::RollingOut {
            done: count(self.pods.iter().filter(new)),
            of: i32::try_from(reached.end - reached.start).unwrap_or(i32::MAX),
        }
    }

    /// Every pod that is asked for is available: what is left for somebody to decide.
    fn at_rest(&self) -> Judged {
        let (scene, set) = (&self.scene, self.seen.set);
        let old = count(self.pods.iter().filter(|p| p.revision != scene.update));
        let (status, reason) = if old == 0 || scene.update.is_empty() {
            (Status::Running, Reason::None)
        } else if !scene.rolls {
            let of = set.replicas;
            let reason = match set.strategy.as_str() {
                "" => Reason::OnDelete { left: old },
                name => Reason::Strategy {
                    name: name.to_owned(),
                    left: old,
                },
            };
            (Status::RollingOut { done: of - old, of }, reason)
        } else if scene.boundary() >= self.wanted().end {
            (
                Status::UpdateHeld,
                Reason::PartitionAbove { at: scene.boundary() },
            )
        } else {
            let at = scene.boundary();
            let reason = Reason::Partition {
                at,
                first: scene.pod(at),
                last: scene.pod(self.wanted().end - 1),
            };
            (Status::CanaryHeld { at }, reason)
        };
        Judged::new(status, reason, 0)
    }
}

/// Without the pods only the set's own counts are known.
fn settled_blind(set: &SetFacts) -> Judged {
    let status = match (set.replicas, set.ready) {
        _ if set.deleting => Status::Deleting,
        (0, 0) => Status::Stopped,
        (of, ready) if of == ready => Status::Running,
        (of, ready) => Status::Degraded { ready, of },
    };
    Judged::new(status, Reason::PodsHidden, set.deleted)
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
