//! What becomes of the claims of a pod.
use super::{
    controller::Act,
    scene::{ClaimState, Scene},
};

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is made.
    New,
    /// The pod finds it, with what is in it.
    TakenUp,
    /// The pod cannot mount it and waits until it is gone and made anew.
    Awaited,
    Stays,
    Goes,
}

/// A claim of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFate {
    pub name: String,
    /// Its template's place among those of the set.
    pub template: usize,
    pub fate: Fate,
    /// None where it does not exist yet.
    pub state: Option<ClaimState>,
}

impl Scene {
    /// The claims of a pod to which something happens.
    pub(super) fn claims_of(&self, ordinal: i64, act: Act) -> Vec<ClaimFate> {
        let each = self.claims.iter().enumerate().filter_map(|(template, claims)| {
            let state = claims.of(ordinal);
            let fate = match (act, state) {
                (Act::Stop, None) => return None,
                (Act::Stop, Some(ClaimState::Going)) => Fate::Goes,
                (Act::Stop, Some(ClaimState::Foreign)) => Fate::Stays,
                (Act::Stop, Some(_)) if self.deletes_claims_when_scaled => Fate::Goes,
                (Act::Stop, Some(_)) => Fate::Stays,
                (_, None) => Fate::New,
                (_, Some(ClaimState::Going)) => Fate::Awaited,
                (_, Some(_)) => Fate::TakenUp,
            };
            let name = format!("{}-{}", claims.template, self.pod(ordinal));
            Some(ClaimFate {
                name,
                template,
                fate,
                state,
            })
        });
        each.collect()
    }

    /// The claims of ordinals that a smaller number no longer asks for and that have no pod: the retention policy acts through
    /// pods, so these stay.
    pub fn left_claims(&self, replicas: i32) -> Vec<String> {
        let gone = crate::model::facts::ordinals(self.start, replicas).end..self.wanted().end;
        let of = |claims: &super::Claims| {
            let runs = claims.states.iter().map(|(_, runs)| runs.within(&gone));
            let ordinals: Vec<i64> = runs.flat_map(|r| r.ordinals().collect::<Vec<_>>()).collect();
            let without_pod = ordinals.into_iter().filter(|o| !self.pods.contains_key(o));
            without_pod
                .map(|o| format!("{}-{}", claims.template, self.pod(o)))
                .collect::<Vec<_>>()
        };
        self.claims.iter().flat_map(of).collect()
    }
}
