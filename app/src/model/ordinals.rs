//! The ordinals of a set: a window of rows, and what is true of all of them together, however many they are.
use super::{
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    many::{Many, NAMES, ROWS, Runs, length, whole},
    strip::is_mixed,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A claim in an ordinal's row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCell {
    pub template: String,
    pub name: String,
    /// Empty where the claim does not exist.
    pub phase: String,
    pub size: String,
    /// See [`ClaimFacts::asked`].
    pub asked: String,
    pub class: String,
    /// See [`ClaimFacts::modes`].
    pub modes: String,
    /// The PersistentVolume that it is bound to.
    pub volume: String,
    /// Its deletion is asked for.
    pub going: bool,
}

/// One ordinal: its pod, where it runs, and its claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdinalRow {
    pub ordinal: i64,
    pub pod: String,
    /// The pod exists.
    pub present: bool,
    pub state: String,
    pub message: String,
    pub ready: bool,
    pub failing: bool,
    pub lost: bool,
    pub containers: (i32, i32),
    pub restarts: i32,
    pub node: String,
    pub zone: String,
    pub ip: String,
    pub revision: String,
    /// It runs the update revision while a rollout is under way.
    pub updated: bool,
    pub created: i64,
    pub claims: Vec<ClaimCell>,
}

/// All ordinals together: every asked-for one, every pod, every one whose claims remain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// How many rows the table would have.
    pub rows: i64,
    /// How many of them come before the window.
    pub offset: i64,
    /// Those with a pod; none where pods may not be read.
    pub present: Option<Runs>,
    /// Claims of ordinals without a pod.
    pub left: Many<String>,
}

/// A set with all that really exists of it, by ordinal.
pub struct Ordinals<'a> {
    set: &'a SetFacts,
    pods: Option<BTreeMap<i64, &'a PodFacts>>,
    /// For each template of the set in its order.
    claims: Vec<BTreeMap<i64, &'a ClaimFacts>>,
    /// Those with a pod or a claim that are not asked for.
    outside: BTreeSet<i64>,
}

impl<'a> Ordinals<'a> {
    /// `pods` is none where they may not be read.
    pub fn new(set: &'a SetFacts, pods: Option<&[&'a PodFacts]>, claims: &[&'a ClaimFacts]) -> Self {
        let of = |template: &str| {
            let ours = claims
                .iter()
                .filter_map(|c| Some((c.ordinal_of(template, &set.name)?, *c)));
            ours.collect::<BTreeMap<_, _>>()
        };
        let claims: Vec<_> = set.templates.iter().map(|t| of(&t.name)).collect();
        let pods: Option<BTreeMap<_, _>> = pods.map(|p| p.iter().map(|p| (p.ordinal, *p)).collect());
        let known = pods.iter().flat_map(BTreeMap::keys);
        let known = known.chain(claims.iter().flat_map(BTreeMap::keys)).copied();
        let asked = set.ordinals();
        Self {
            set,
            outside: known.filter(|o| !asked.contains(o)).collect(),
            pods,
            claims,
        }
    }

    /// The ordinals of the rows from this one on, in natural order. Those that are asked for are reckoned, not kept.
    fn window(&self, offset: i64) -> impl Iterator<Item = i64> {
        let asked = self.set.ordinals();
        let below = whole(self.outside.range(..asked.start).count());
        let skipped = usize::try_from(offset).unwrap_or(0);
        let middle = (offset - below).clamp(0, length(&asked));
        let above = usize::try_from((offset - below - length(&asked)).max(0)).unwrap_or(0);
        let below = self.outside.range(..asked.start).skip(skipped).copied();
        let rest = self.outside.range(asked.end..).skip(above).copied();
        below.chain(asked.start + middle..asked.end).chain(rest)
    }

    fn rows(&self) -> i64 {
        length(&self.set.ordinals()) + whole(self.outside.len())
    }

    /// Where the window begins that is asked for: always at one that has rows.
    fn begins(&self, offset: i64) -> i64 {
        let last = (self.rows() - 1).max(0) / whole(ROWS) * whole(ROWS);
        offset.clamp(0, last)
    }

    /// The rows of a window.
    pub fn table(&self, offset: i64, nodes: &dyn Fn(&str) -> Option<NodeFacts>) -> Vec<OrdinalRow> {
        let window = self.window(self.begins(offset)).take(ROWS);
        window.map(|ordinal| self.row(ordinal, nodes)).collect()
    }

    fn row(&self, ordinal: i64, nodes: &dyn Fn(&str) -> Option<NodeFacts>) -> OrdinalRow {
        let set = self.set;
        let claims = set.templates.iter().zip(&self.claims);
        let claims = claims.filter_map(|(template, claims)| {
            let found = claims.get(&ordinal)?;
            Some(ClaimCell {
                template: template.name.clone(),
                name: found.name.clone(),
                phase: found.phase.clone(),
                size: found.size.clone(),
                asked: found.asked.clone(),
                class: found.class.clone(),
                modes: found.modes.clone(),
                volume: found.volume.clone(),
                going: found.terminating,
            })
        });
        let row = OrdinalRow {
            ordinal,
            pod: format!("{}-{ordinal}", set.name),
            claims: claims.collect(),
            ..OrdinalRow::default()
        };
        let Some(pod) = self.pods.as_ref().and_then(|pods| pods.get(&ordinal)) else {
            return row;
        };
        let mixed = is_mixed(set, self.pods.iter().flat_map(BTreeMap::values).copied());
        OrdinalRow {
            present: true,
            state: pod.state.clone(),
            message: pod.message.clone(),
            ready: pod.ready && !pod.terminating,
            failing: pod.failing,
            lost: pod.is_held(),
            containers: pod.containers,
            restarts: pod.restarts,
            node: pod.node.clone(),
            zone: nodes(&pod.node).map(|n| n.zone).unwrap_or_default(),
            ip: pod.ip.clone(),
            revision: pod.revision.clone(),
            updated: mixed && pod.revision == set.update_revision,
            created: pod.created,
            ..row
        }
    }

    /// What is true of all of them, for a page that shows the window from `offset` on.
    pub fn whole(&self, offset: i64) -> Whole {
        // Of pods that may not be read nobody knows that they are missing.
        let without_pod = |ordinal: &i64| self.pods.as_ref().is_some_and(|p| !p.contains_key(ordinal));
        // By ordinal, as the rows stand.
        let mut left: Vec<(i64, &str)> = Vec::new();
        for claims in &self.claims {
            let orphans = claims.iter().filter(|(ordinal, _)| without_pod(ordinal));
            left.extend(orphans.map(|(ordinal, claim)| (*ordinal, claim.name.as_str())));
        }
        left.sort_by_key(|(ordinal, _)| *ordinal);
        Whole {
            rows: self.rows(),
            offset: self.begins(offset),
            present: self.pods.as_ref().map(|p| Runs::of(p.keys().copied())),
            left: Many::of(left.into_iter().map(|(_, name)| name.to_owned()), NAMES),
        }
    }
}

#[cfg(test)]
#[path = "ordinals_tests.rs"]
mod tests;
