//! The ordinal strip: one cell a pod, lowest ordinal first; above [`CELLS`] ordinals, one a state.
use super::{
    facts::{ClaimFacts, PodFacts, SetFacts},
    many::{CELLS, NAMES, length, whole},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// One ordinal in the strip, or many in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The lowest of them.
    #[serde(rename = "o")]
    pub ordinal: i64,
    #[serde(rename = "s")]
    pub state: CellState,
    /// The pod's state as kubectl would show it, where it is not simply running.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How many ordinals it stands for.
    #[serde(rename = "n", default = "one", skip_serializing_if = "is_one")]
    pub count: i64,
}

fn one() -> i64 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_one(count: &i64) -> bool {
    *count == 1
}

impl Cell {
    fn of(state: CellState, ordinal: i64, count: i64) -> Self {
        Self {
            ordinal,
            state,
            why: String::new(),
            count,
        }
    }

    /// Its pod needs somebody.
    pub fn is_bad(&self) -> bool {
        matches!(self.state, CellState::Failing | CellState::Lost)
    }
}

/// How many ordinals the cells stand for.
pub fn count(cells: &[Cell]) -> i64 {
    cells.iter().map(|c| c.count).sum()
}

/// The ordinals that claims of the set's templates belong to.
fn claimed_ordinals(set: &SetFacts, claims: &[&ClaimFacts]) -> BTreeSet<i64> {
    let of = |claim: &&ClaimFacts| {
        set.templates
            .iter()
            .find_map(|t| claim.ordinal_of(&t.name, &set.name))
    };
    claims.iter().filter_map(of).collect()
}

/// Some pod that is asked for runs another revision than the newest: those that run that one are told apart.
pub fn is_mixed<'a>(set: &SetFacts, pods: impl IntoIterator<Item = &'a PodFacts>) -> bool {
    let wanted = set.ordinals();
    let mut pods = pods.into_iter().filter(|p| wanted.contains(&p.ordinal));
    !set.update_revision.is_empty() && pods.any(|p| p.revision != set.update_revision)
}

/// The cell of a pod.
fn pod_cell(set: &SetFacts, mixed: bool, pod: &PodFacts) -> Cell {
    let state = match pod {
        p if p.is_held() => CellState::Lost,
        p if p.terminating && !set.ordinals().contains(&p.ordinal) => CellState::Pale,
        p if p.terminating => CellState::Starting,
        p if p.failing => CellState::Failing,
        p if !p.ready => CellState::Starting,
        p if mixed && p.revision == set.update_revision => CellState::Updated,
        _ => CellState::Ready,
    };
    let silent = pod.ready && !pod.terminating;
    Cell {
        why: if silent { String::new() } else { pod.state.clone() },
        ..Cell::of(state, pod.ordinal, 1)
    }
}

/// The cells of a set: every asked-for ordinal, then those that still have a pod or, below what the set once had,
/// claims. `pods` is none where the user may not read them.
pub fn cells(set: &SetFacts, pods: Option<&[&PodFacts]>, claims: &[&ClaimFacts]) -> Vec<Cell> {
    let wanted = set.ordinals();
    let pods: Option<BTreeMap<i64, &PodFacts>> = pods.map(|p| p.iter().map(|p| (p.ordinal, *p)).collect());
    let Some(pods) = pods else {
        let unknown = |ordinal, count| Cell::of(CellState::Unknown, ordinal, count);
        return if length(&wanted) <= whole(CELLS) {
            wanted.map(|ordinal| unknown(ordinal, 1)).collect()
        } else {
            vec![unknown(wanted.start, length(&wanted))]
        };
    };
    let mixed = is_mixed(set, pods.values().copied());
    // What is outside of the asked-for ordinals really exists.
    let mut outside = claimed_ordinals(set, claims);
    outside.extend(pods.keys());
    outside.retain(|ordinal| !wanted.contains(ordinal));
    if length(&wanted) + whole(outside.len()) > whole(CELLS) {
        return shares(set, mixed, &pods, &outside);
    }
    let cell = |ordinal: i64| match pods.get(&ordinal) {
        Some(pod) => pod_cell(set, mixed, pod),
        None if outside.contains(&ordinal) => Cell::of(CellState::ClaimsOnly, ordinal, 1),
        None => Cell::of(CellState::Pale, ordinal, 1),
    };
    let mut ordinals: Vec<i64> = wanted.chain(outside.iter().copied()).collect();
    ordinals.sort_unstable();
    ordinals.into_iter().map(cell).collect()
}

/// A cell for each state, and before them the first pods that need somebody.
fn shares(
    set: &SetFacts,
    mixed: bool,
    pods: &BTreeMap<i64, &PodFacts>,
    outside: &BTreeSet<i64>,
) -> Vec<Cell> {
    let wanted = set.ordinals();
    let mut named: Vec<Cell> = Vec::new();
    let mut shares: BTreeMap<CellState, Cell> = BTreeMap::new();
    let mut add = |cell: Cell| {
        if let Some(share) = shares.get_mut(&cell.state) {
            share.count += cell.count;
            // What one pod says is not what all of them say.
            share.why.clear();
        } else {
            shares.insert(cell.state, cell);
        }
    };
    for pod in pods.values() {
        match pod_cell(set, mixed, pod) {
            bad if bad.is_bad() && named.len() < NAMES => named.push(bad),
            other => add(other),
        }
    }
    let there = whole(pods.keys().filter(|o| wanted.contains(o)).count());
    let missing = length(&wanted) - there;
    if missing > 0 {
        let first = wanted.clone().find(|o| !pods.contains_key(o));
        add(Cell::of(CellState::Pale, first.unwrap_or(wanted.start), missing));
    }
    for ordinal in outside.iter().filter(|o| !pods.contains_key(o)) {
        add(Cell::of(CellState::ClaimsOnly, *ordinal, 1));
    }
    named.into_iter().chain(shares.into_values()).collect()
}

#[cfg(test)]
#[path = "strip_tests.rs"]
mod tests;
