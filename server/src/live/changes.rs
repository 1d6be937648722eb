//! The history of what changed: it wakes pictures and tells which sets to look at again.
use super::feed::Key;
use crate::held::held;
use std::{
    collections::{BTreeSet, VecDeque},
    sync::Mutex,
};
use tokio::sync::watch;

/// Changes that are remembered; who comes later looks at everything.
const HISTORY: usize = 4_096;

/// What changed, in order.
pub struct Changes {
    history: Mutex<VecDeque<Change>>,
    /// The number of the newest change.
    seq: watch::Sender<u64>,
    /// The number of the newest change that a row of the list can show.
    rows: watch::Sender<u64>,
}

struct Change {
    seq: u64,
    key: Key,
    in_rows: bool,
}

/// What an event concerns.
pub struct Concern {
    /// Sets by namespace and name. An empty name stands for all of the namespace, an empty namespace for a node of that
    /// name, both empty for everything.
    pub keys: Vec<Key>,
    /// A row of the list can show it; all else is for other pages, and wakes no list.
    pub in_rows: bool,
}

impl Concern {
    /// Rows of these sets.
    pub fn rows(keys: Vec<Key>) -> Self {
        Self { keys, in_rows: true }
    }
}

impl Changes {
    pub(super) fn new() -> Self {
        Self {
            history: Mutex::default(),
            seq: watch::Sender::new(0),
            rows: watch::Sender::new(0),
        }
    }

    /// Something changed.
    pub fn touch(&self, concern: Concern) {
        let Concern { keys, in_rows } = concern;
        let mut history = held(&self.history);
        let seq = *self.seq.borrow() + 1;
        history.extend(keys.into_iter().map(|key| Change { seq, key, in_rows }));
        let over = history.len().saturating_sub(HISTORY);
        history.drain(..over);
        self.seq.send_replace(seq);
        if in_rows {
            self.rows.send_replace(seq);
        }
    }

    /// Everything may have changed.
    pub fn touch_all(&self) {
        self.touch(Concern::rows(vec![Key::default()]));
    }

    /// Wakes at each change; where only `rows` are looked at, at each that a row can show.
    pub fn subscribe(&self, rows: bool) -> watch::Receiver<u64> {
        if rows {
            self.rows.subscribe()
        } else {
            self.seq.subscribe()
        }
    }
}

/// Where somebody stands in the history.
#[derive(Debug, Default)]
pub struct Seen {
    rows: bool,
    seq: Option<u64>,
}

/// What somebody has not looked at yet.
#[derive(Debug, PartialEq, Eq)]
pub enum Missed {
    /// These, as in [`Concern::keys`] but for the last kind.
    Keys(BTreeSet<Key>),
    Everything,
}

impl Seen {
    /// Somebody who has seen nothing; with `rows`, who looks only at what a row can show.
    pub fn nothing(rows: bool) -> Self {
        Self { rows, seq: None }
    }

    /// What changed since the last time. Ask before looking: what comes in between is looked at twice.
    pub fn missed(&mut self, changes: &Changes) -> Missed {
        let history = held(&changes.history);
        let newest = *changes.seq.borrow();
        let Some(since) = self.seq.replace(newest) else {
            return Missed::Everything;
        };
        let oldest = history.front().map_or(newest + 1, |change| change.seq);
        // Of the oldest change some keys may be gone.
        if since < newest && since < oldest && history.len() >= HISTORY {
            return Missed::Everything;
        }
        // The newest are at the end, and who asks has mostly seen all but a few.
        let missed = history.iter().rev().take_while(|change| change.seq > since);
        let missed = missed.filter(|c| c.in_rows || !self.rows);
        let keys: BTreeSet<Key> = missed.map(|c| c.key.clone()).collect();
        if keys.contains(&Key::default()) {
            Missed::Everything
        } else {
            Missed::Keys(keys)
        }
    }
}

impl Missed {
    /// Whether something of a set may have changed.
    pub fn concerns(&self, namespace: &str, name: &str) -> bool {
        self.any(|(ns, n)| ns == namespace && (n.is_empty() || n == name))
    }

    /// Whether something of what is `wanted` may have changed; of nodes and what else has no namespace, anything.
    pub fn any(&self, wanted: impl Fn(&Key) -> bool) -> bool {
        match self {
            Self::Everything => true,
            Self::Keys(keys) => keys.iter().any(|key| key.0.is_empty() || wanted(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        ("ns".to_owned(), name.to_owned())
    }

    fn touch(changes: &Changes, name: &str, in_rows: bool) {
        changes.touch(Concern {
            keys: vec![key(name)],
            in_rows,
        });
    }

    #[test]
    fn the_history_tells_what_was_missed() {
        let changes = Changes::new();
        let (mut all, mut rows) = (Seen::nothing(false), Seen::nothing(true));
        assert_eq!(all.missed(&changes), Missed::Everything);
        assert_eq!(rows.missed(&changes), Missed::Everything);
        touch(&changes, "b", true);
        touch(&changes, "c", false);
        touch(&changes, "b", true);
        let missed = all.missed(&changes);
        assert_eq!(missed, Missed::Keys([key("b"), key("c")].into()));
        assert!(missed.concerns("ns", "b") && !missed.concerns("ns", "a") && !missed.concerns("other", "b"));
        assert_eq!(rows.missed(&changes), Missed::Keys([key("b")].into()));
        let nothing = Missed::Keys(BTreeSet::new());
        assert_eq!(all.missed(&changes), nothing);
        assert_eq!(rows.missed(&changes), nothing);
        changes.touch_all();
        assert_eq!(all.missed(&changes), Missed::Everything);
    }

    #[test]
    fn who_comes_too_late_looks_at_everything() {
        let changes = Changes::new();
        let mut seen = Seen::nothing(false);
        seen.missed(&changes);
        (0..HISTORY - 1).for_each(|n| touch(&changes, &n.to_string(), true));
        let Missed::Keys(keys) = seen.missed(&changes) else {
            panic!("all of it is remembered")
        };
        assert_eq!(keys.len(), HISTORY - 1);
        (0..=HISTORY).for_each(|n| touch(&changes, &n.to_string(), true));
        assert_eq!(seen.missed(&changes), Missed::Everything);
    }

    #[tokio::test]
    async fn what_no_row_shows_wakes_no_list() {
        let changes = Changes::new();
        let (mut list, mut page) = (changes.subscribe(true), changes.subscribe(false));
        list.mark_unchanged();
        page.mark_unchanged();
        touch(&changes, "a", false);
        assert!(page.has_changed().unwrap() && !list.has_changed().unwrap());
        touch(&changes, "a", true);
        assert!(list.has_changed().unwrap());
    }
}
