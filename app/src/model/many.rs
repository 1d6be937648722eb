//! How much of something is told: these, and so many more.
//!
//! `spec.replicas: 1000000` is a slip of a finger that Kubernetes takes. So nothing that is kept for a page, sent to
//! it or drawn on it grows with a number that somebody wrote, nor without end with what a cluster really has: lists
//! stop at the limits below and the rest is counted.
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Cells of a strip: more are no longer told apart at a glance, so that a bar of proportions says more.
pub const CELLS: usize = 24;
/// Names in a sentence.
pub const NAMES: usize = 4;
/// Rows of a table, and entries of a list: a page of the longest rows is about 150 KB of HTML.
pub const ROWS: usize = 100;
/// Claims in the plan of a delete. Each goes by its UID, so each travels: that is 80 KB. Eight are deleted at a time.
pub const CLAIMS: usize = 500;
/// Runs of neighbouring ordinals: 15 KB. A set with more holes than that is told about less exactly.
pub const RUNS: usize = 1_000;

/// The first of many, and how many more there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many<T> {
    pub first: Vec<T>,
    pub more: i64,
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            more: 0,
        }
    }
}

impl<T> Many<T> {
    /// The first `most` of them, and the number of the others.
    pub fn of(items: impl IntoIterator<Item = T>, most: usize) -> Self {
        let mut items = items.into_iter();
        Self {
            first: items.by_ref().take(most).collect(),
            more: whole(items.count()),
        }
    }

    /// The first `most` of `all`, whose number is known without counting them one by one.
    pub fn counted(items: impl IntoIterator<Item = T>, most: usize, all: i64) -> Self {
        let first: Vec<T> = items.into_iter().take(most).collect();
        let more = (all - whole(first.len())).max(0);
        Self { first, more }
    }

    /// How many there are.
    pub fn all(&self) -> i64 {
        whole(self.first.len()).saturating_add(self.more)
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.all() == 0
    }
}

/// A number of things in memory, to reckon with.
pub fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How many numbers are in a range.
pub fn length(range: &Range<i64>) -> i64 {
    (range.end - range.start).max(0)
}

/// Ordinals, neighbours together: a million in a row take as little room as one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {
    /// The first and the last of each run, from the lowest up; at most [`RUNS`].
    runs: Vec<(i64, i64)>,
    /// Ordinals above all of them that are only counted.
    more: i64,
}

impl Runs {
    /// Of ordinals from the lowest up; one that comes twice counts once.
    pub fn of(ordinals: impl IntoIterator<Item = i64>) -> Self {
        Self::joined(ordinals.into_iter().map(|o| (o, o)), 0)
    }

    /// All ordinals of a range.
    pub fn range(range: &Range<i64>) -> Self {
        Self::joined((length(range) > 0).then(|| (range.start, range.end - 1)), 0)
    }

    /// Of runs whose beginnings go up.
    fn joined(runs: impl IntoIterator<Item = (i64, i64)>, more: i64) -> Self {
        let mut out = Self {
            runs: Vec::new(),
            more,
        };
        // The last ordinal that was taken in, also where it is only counted.
        let mut end = None;
        for (first, last) in runs {
            let first = end.map_or(first, |e: i64| first.max(e + 1));
            if last < first {
                continue;
            }
            let (known, room) = (out.more == more, out.runs.len() < RUNS);
            match out.runs.last_mut() {
                Some(run) if known && run.1 + 1 == first => run.1 = last,
                _ if known && room => out.runs.push((first, last)),
                _ => out.more += last - first + 1,
            }
            end = Some(last);
        }
        out
    }

    /// The first and the last of each run.
    pub fn ends(&self) -> impl Iterator<Item = (i64, i64)> {
        self.runs.iter().copied()
    }

    /// How many ordinals there are.
    pub fn count(&self) -> i64 {
        self.runs
            .iter()
            .map(|(first, last)| last - first + 1)
            .sum::<i64>()
            + self.more
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Whether an ordinal is one of them; of those that are only counted nothing is known.
    pub fn contains(&self, ordinal: i64) -> bool {
        let at = self.runs.partition_point(|(_, last)| *last < ordinal);
        self.runs.get(at).is_some_and(|(first, _)| *first <= ordinal)
    }

    /// Those in a range. Those that are only counted are taken to be in one that reaches beyond the others, so that no
    /// effect is told too small.
    pub fn within(&self, range: &Range<i64>) -> Self {
        let cut = |(first, last): &(i64, i64)| ((*first).max(range.start), (*last).min(range.end - 1));
        let beyond = self.runs.last().is_none_or(|(_, last)| range.end > last + 1);
        Self {
            runs: self.runs.iter().map(cut).filter(|(a, b)| a <= b).collect(),
            more: if beyond { self.more } else { 0 },
        }
    }

    /// Those of either.
    pub fn with(&self, other: &Self) -> Self {
        let mut runs = [self.runs.as_slice(), &other.runs].concat();
        runs.sort_unstable();
        Self::joined(runs, self.more.max(other.more))
    }

    /// The ordinals that are known by number, from the lowest up.
    pub fn ordinals(&self) -> impl DoubleEndedIterator<Item = i64> {
        self.runs.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// The lowest.
    pub fn lowest(&self) -> Option<i64> {
        self.runs.first().map(|(first, _)| *first)
    }

    /// The highest that is known.
    pub fn highest(&self) -> Option<i64> {
        self.runs.last().map(|(_, last)| *last)
    }
}

#[cfg(test)]
#[path = "many_tests.rs"]
mod tests;
