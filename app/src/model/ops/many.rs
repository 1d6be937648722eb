//! Several sets at once: who is chosen, what is asked for each, and how each ended.
use crate::api::ApiError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sets that are worked on at the same time: a browser keeps six connections to one address, and one is left for the page.
pub const TOGETHER: usize = 4;

/// What is done to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    Stop,
    Start,
    Restart,
    Delete,
}

/// A set that was chosen: no other of its name is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    pub namespace: String,
    pub name: String,
    pub uid: String,
}

/// How far one of them is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Waits,
    Asked,
    Done,
    /// It is stopped, and how many replicas it had could not be noted in it.
    Unremembered,
    /// It was so already.
    Nothing,
    Failed(ApiError),
    /// It was not asked, because somebody cancelled.
    Left,
}

/// A run through all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    marks: BTreeMap<usize, Mark>,
    total: usize,
    cancelled: bool,
}

impl Job {
    /// All of them wait.
    pub fn of(total: usize) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }

    /// How far one is.
    pub fn mark(&self, n: usize) -> Mark {
        let open = if self.cancelled { Mark::Left } else { Mark::Waits };
        self.marks.get(&n).cloned().unwrap_or(open)
    }

    /// The next that is to be asked; none where nothing waits or enough is under way.
    pub fn start_next(&mut self) -> Option<usize> {
        let busy = self.marks.values().filter(|m| **m == Mark::Asked).count();
        // They are taken in their order, so those that have a mark come first.
        let next =
            Some(self.marks.len()).filter(|n| *n < self.total && busy < TOGETHER && !self.cancelled)?;
        self.marks.insert(next, Mark::Asked);
        Some(next)
    }

    /// One has ended. What is done stays done, and what fails stops nothing.
    pub fn ended(&mut self, n: usize, mark: Mark) {
        self.marks.insert(n, mark);
    }

    /// Nothing more is asked.
    pub fn cancel(&mut self) {
        self.cancelled = true;
    }

    /// Nothing is under way, and nothing comes.
    pub fn is_over(&self) -> bool {
        let busy = self.marks.values().any(|m| *m == Mark::Asked);
        !busy && (self.cancelled || self.marks.len() == self.total)
    }

    /// How many have ended, one way or the other.
    pub fn count(&self) -> usize {
        self.marks.values().filter(|m| **m != Mark::Asked).count()
    }

    /// Those that failed, in their order: what is worth another try.
    pub fn failed(&self) -> impl Iterator<Item = usize> {
        let failed = |(n, mark): (&usize, &Mark)| matches!(mark, Mark::Failed(_)).then_some(*n);
        self.marks.iter().filter_map(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_asked_at_once_and_a_failure_stops_nothing() {
        let mut job = Job::of(6);
        let first: Vec<_> = std::iter::from_fn(|| job.start_next()).collect();
        assert_eq!(first, [0, 1, 2, 3]);
        job.ended(1, Mark::Failed(ApiError::Unauthorized));
        assert_eq!((job.start_next(), job.start_next()), (Some(4), None));
        job.cancel();
        job.ended(0, Mark::Done);
        assert_eq!(
            (job.start_next(), job.is_over(), job.mark(5)),
            (None, false, Mark::Left)
        );
        for n in [2, 3, 4] {
            job.ended(n, Mark::Done);
        }
        assert!(job.is_over());
        assert_eq!((job.count(), job.failed().collect::<Vec<_>>()), (5, vec![1]));
    }
}
