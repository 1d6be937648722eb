//! The ordinal strip: one cell a pod, lowest ordinal first.
use super::facts::{ClaimFacts, PodFacts, SetFacts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Above this many ordinals the strip is drawn as a bar of proportions.
pub const MAX_CELLS: usize = 24;

/// What a cell says of its ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CellState {
    /// Ready on the current revision.
    #[serde(rename = "r")]
    Ready,
    /// Ready on the update revision while a rollout is under way.
    #[serde(rename = "u")]
    Updated,
    /// Starting, or being replaced.
    #[serde(rename = "p")]
    Starting,
    /// Failing: it will not get ready by itself.
    #[serde(rename = "x")]
    Failing,
    /// Its node is lost, or it terminates without end.
    #[serde(rename = "t")]
    Lost,
    /// No pod; its claims remain.
    #[serde(rename = "v")]
    ClaimsOnly,
    /// Being stopped, or not yet asked for.
    #[serde(rename = "z")]
    Pale,
    /// The pods may not be read.
    #[serde(rename = "q")]
    Unknown,
}

/// One ordinal in the strip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    #[serde(rename = "o")]
    pub ordinal: i32,
    #[serde(rename = "s")]
    pub state: CellState,
    /// The pod's state as kubectl would show it, where it is not simply running.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// The ordinals that claims of the set's templates belong to.
pub fn claimed_ordinals(set: &SetFacts, claims: &[&ClaimFacts]) -> BTreeSet<i32> {
    let of = |claim: &&ClaimFacts| {
        set.templates
            .iter()
            .find_map(|t| claim.ordinal_of(&t.name, &set.name))
    };
    claims.iter().filter_map(of).collect()
}

/// The cells of a set: every asked-for ordinal, then those that still have a pod or, below what the set once had,
/// claims. `pods` is none where the user may not read them.
pub fn cells(set: &SetFacts, pods: Option<&[&PodFacts]>, claims: &[&ClaimFacts]) -> Vec<Cell> {
    let wanted = set.start..set.start.saturating_add(set.replicas);
    let Some(pods) = pods else {
        return wanted
            .map(|ordinal| Cell {
                ordinal,
                state: CellState::Unknown,
                why: String::new(),
            })
            .collect();
    };
    let mut ordinals: BTreeSet<i32> = wanted.clone().collect();
    ordinals.extend(pods.iter().map(|p| p.ordinal));
    let claimed = claimed_ordinals(set, claims);
    ordinals.extend(&claimed);
    let rolling = set.current_revision != set.update_revision && !set.update_revision.is_empty();
    let cell = |ordinal: i32| {
        let Some(pod) = pods.iter().find(|p| p.ordinal == ordinal) else {
            let state = match (wanted.contains(&ordinal), claimed.contains(&ordinal)) {
                (false, true) => CellState::ClaimsOnly,
                _ => CellState::Pale,
            };
            return Cell {
                ordinal,
                state,
                why: String::new(),
            };
        };
        let state = match pod {
            p if p.lost => CellState::Lost,
            p if p.terminating && !wanted.contains(&ordinal) => CellState::Pale,
            p if p.terminating => CellState::Starting,
            p if p.failing => CellState::Failing,
            p if !p.ready => CellState::Starting,
            p if rolling && p.revision == set.update_revision => CellState::Updated,
            _ => CellState::Ready,
        };
        let why = if pod.ready && !pod.terminating {
            String::new()
        } else {
            pod.state.clone()
        };
        Cell { ordinal, state, why }
    };
    ordinals.into_iter().map(cell).collect()
}
