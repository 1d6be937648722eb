//! The history of what changed: it wakes topics, tells which rows to look at again, and where a lost socket resumes.
use super::feed::Key;
use app::model::live::Version;
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Mutex, PoisonError},
};
use tokio::sync::watch;

/// Changes that are remembered for those who come back.
const HISTORY: usize = 2_048;

/// What changed, in order.
pub struct Changes {
    epoch: u64,
    history: Mutex<VecDeque<Change>>,
    seq: watch::Sender<u64>,
}

struct Change {
    seq: u64,
    key: Key,
    in_rows: bool,
}

impl Changes {
    pub(super) fn new() -> Self {
        Self {
            epoch: rand::random::<u64>() >> 12,
            history: Mutex::default(),
            seq: watch::Sender::new(0),
        }
    }

    /// A set changed, or anything of it; an empty name stands for every set of the namespace. `in_rows` is what a row
    /// of the list can show; all else is for other pages.
    pub fn touch(&self, key: Key, in_rows: bool) {
        let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let seq = *self.seq.borrow() + 1;
        history.push_back(Change { seq, key, in_rows });
        if history.len() > HISTORY {
            history.pop_front();
        }
        self.seq.send_replace(seq);
    }

    /// Everything may have changed.
    pub fn touch_all(&self) {
        self.touch((String::new(), String::new()), true);
    }

    /// Where the history stands.
    pub fn version(&self) -> Version {
        Version {
            epoch: self.epoch,
            seq: *self.seq.borrow(),
        }
    }

    /// A receiver that wakes at each change.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.seq.subscribe()
    }

    /// What changed after `since`; none where the history does not reach that far, or is another's.
    pub fn after(&self, since: Version) -> Option<BTreeSet<Key>> {
        self.among(since, |_| true)
    }

    /// The same, of what a row of the list can show.
    pub fn rows_after(&self, since: Version) -> Option<BTreeSet<Key>> {
        self.among(since, |change| change.in_rows)
    }

    fn among(&self, since: Version, wanted: impl Fn(&Change) -> bool) -> Option<BTreeSet<Key>> {
        let history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = *self.seq.borrow();
        let oldest = history.front().map_or(newest + 1, |change| change.seq);
        if since.epoch != self.epoch || since.seq > newest || since.seq + 1 < oldest {
            return None;
        }
        // The newest are at the end, and who asks has mostly seen all but a few.
        let missed = history.iter().rev().take_while(|change| change.seq > since.seq);
        Some(missed.filter(|c| wanted(c)).map(|c| c.key.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        ("ns".to_owned(), name.to_owned())
    }

    #[test]
    fn the_history_tells_what_was_missed() {
        let changes = Changes::new();
        changes.touch(key("a"), true);
        let seen = changes.version();
        changes.touch(key("b"), true);
        changes.touch(key("c"), false);
        changes.touch(key("b"), true);
        assert_eq!(changes.after(seen), Some([key("b"), key("c")].into()));
        assert_eq!(changes.rows_after(seen), Some([key("b")].into()));
        assert_eq!(changes.after(changes.version()), Some(BTreeSet::new()));
    }

    #[test]
    fn a_history_of_another_life_or_too_far_back_is_none() {
        let changes = Changes::new();
        let start = changes.version();
        let other = Version {
            epoch: start.epoch + 1,
            seq: 0,
        };
        assert_eq!(changes.after(other), None);
        assert_eq!(changes.after(Version { seq: 5, ..start }), None);
        (0..=HISTORY).for_each(|n| changes.touch(key(&n.to_string()), true));
        assert_eq!(changes.after(start), None);
    }
}
