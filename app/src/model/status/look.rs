//! What is looked at to judge a set, and what comes of it.
use super::{Reason, Status};
use crate::model::{
    effect::Scene,
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    warnings::WarningFacts,
};
use std::ops::Range;

/// What is seen of a set.
pub struct Seen<'a> {
    pub set: &'a SetFacts,
    /// None where they may not be read.
    pub pods: Option<&'a [&'a PodFacts]>,
    pub claims: &'a [&'a ClaimFacts],
    /// Warnings about the set, its pods and its claims.
    pub warnings: &'a [&'a WarningFacts],
    /// None for a node that may not be read.
    pub nodes: &'a dyn Fn(&str) -> Option<NodeFacts>,
    /// Seconds since 1970.
    pub now: i64,
}

/// A status, why, and since when that is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub status: Status,
    pub reason: Reason,
    /// Seconds since 1970; 0 where nothing tells.
    pub since: i64,
}

impl Judged {
    pub(super) fn new(status: Status, reason: Reason, since: i64) -> Self {
        Self {
            status,
            reason,
            since,
        }
    }
}

/// A set that is being judged.
pub(super) struct Look<'a> {
    pub(super) seen: &'a Seen<'a>,
    pub(super) pods: &'a [&'a PodFacts],
    pub(super) scene: Scene,
}

impl Look<'_> {
    pub(super) fn pod(&self, ordinal: i64) -> Option<&PodFacts> {
        self.pods.iter().find(|p| p.ordinal == ordinal).copied()
    }

    pub(super) fn wanted(&self) -> Range<i64> {
        self.scene.wanted()
    }

    pub(super) fn ready(&self) -> i32 {
        let wanted = self.wanted();
        count(
            self.pods
                .iter()
                .filter(|p| p.ready && !p.terminating && wanted.contains(&p.ordinal)),
        )
    }
}

/// Why a pod that is told to go stays.
pub(super) fn stays(pod: &PodFacts) -> Reason {
    match pod.finalizers.first() {
        Some(name) => Reason::Finalizer {
            object: pod.name.clone(),
            name: name.clone(),
        },
        None => Reason::Terminating {
            pod: pod.name.clone(),
        },
    }
}

pub(super) fn count<'a>(pods: impl Iterator<Item = &'a &'a PodFacts>) -> i32 {
    i32::try_from(pods.count()).unwrap_or(i32::MAX)
}
