//! Several streams become one, in the order of their lines' times.
//!
//! A line goes on when no earlier one can be expected: each other open stream has a later line waiting, or had nothing for a
//! while. So streams that are behind hold the others only for the length of the window, and streams that all have much
//! to read are merged without any wait.
use super::Nanos;
use std::collections::{BTreeMap, VecDeque};

/// The streams, each with what waits of it. Times of the clock are in milliseconds, from wherever it counts.
#[derive(Debug)]
pub struct Merge<T> {
    queues: BTreeMap<u32, Queue<T>>,
    window: u64,
}

#[derive(Debug)]
struct Queue<T> {
    waiting: VecDeque<Waiting<T>>,
    /// Until when others wait for it while it has nothing.
    awaited: u64,
    /// Nothing more comes.
    closed: bool,
}

#[derive(Debug)]
struct Waiting<T> {
    at: Nanos,
    came: u64,
    item: T,
}

impl<T> Merge<T> {
    /// Of no stream yet.
    pub fn new(window: u64) -> Self {
        Self {
            queues: BTreeMap::new(),
            window,
        }
    }

    /// A stream begins, or begins again; for its first line others wait as long as `patience`.
    pub fn open(&mut self, stream: u32, now: u64, patience: u64) {
        let queue = self.queues.entry(stream).or_insert_with(|| Queue {
            waiting: VecDeque::new(),
            awaited: 0,
            closed: false,
        });
        queue.closed = false;
        queue.awaited = now + patience;
    }

    /// Nobody waits for this stream any longer than for any other: all that it had was read.
    pub fn caught_up(&mut self, stream: u32, now: u64) {
        let until = now + self.window;
        if let Some(queue) = self.queues.get_mut(&stream) {
            queue.awaited = queue.awaited.min(until);
        }
    }

    /// Nothing more comes of it for now.
    pub fn close(&mut self, stream: u32) {
        if let Some(queue) = self.queues.get_mut(&stream) {
            queue.closed = true;
        }
        self.queues.retain(|_, q| !q.closed || !q.waiting.is_empty());
    }

    /// A line came. Within a stream it takes its place by its time as long as that has not gone on.
    pub fn push(&mut self, stream: u32, now: u64, at: Nanos, item: T) {
        let queue = self.queues.entry(stream).or_insert_with(|| Queue {
            waiting: VecDeque::new(),
            awaited: now,
            closed: false,
        });
        let place = queue
            .waiting
            .iter()
            .rposition(|w| w.at <= at)
            .map_or(0, |n| n + 1);
        queue.waiting.insert(place, Waiting { at, came: now, item });
    }

    /// The next line, if it may go on.
    pub fn pop(&mut self, now: u64) -> Option<(u32, Nanos, T)> {
        let (stream, until) = self.next()?;
        if until > now {
            return None;
        }
        let window = self.window;
        let queue = self.queues.get_mut(&stream)?;
        let line = queue.waiting.pop_front()?;
        if queue.waiting.is_empty() {
            queue.awaited = queue.awaited.max(now + window);
            if queue.closed {
                self.queues.remove(&stream);
            }
        }
        Some((stream, line.at, line.item))
    }

    /// The time of the next line, whether it may go on or not.
    pub fn next_at(&self) -> Option<Nanos> {
        let heads = self.queues.values().filter_map(|q| q.waiting.front());
        heads.map(|head| head.at).min()
    }

    /// When the next line may go on; none while nothing waits.
    pub fn due(&self) -> Option<u64> {
        self.next().map(|(_, until)| until)
    }

    /// The stream of the earliest line, and from when on it may go.
    fn next(&self) -> Option<(u32, u64)> {
        let heads = self.queues.iter();
        let heads = heads.filter_map(|(id, q)| Some((q.waiting.front()?, *id)));
        let (head, stream) = heads.min_by_key(|(head, id)| (head.at, *id))?;
        let silent = self.queues.values().filter(|q| q.waiting.is_empty() && !q.closed);
        let until = silent.map(|q| q.awaited.max(head.came + self.window)).max();
        Some((stream, until.unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(merge: &mut Merge<Nanos>, now: u64) -> Vec<Nanos> {
        std::iter::from_fn(|| merge.pop(now))
            .map(|(_, at, _)| at)
            .collect()
    }

    #[test]
    fn a_single_stream_waits_for_nobody() {
        let mut merge = Merge::new(250);
        merge.open(1, 0, 2_000);
        merge.push(1, 10, 5, 5);
        assert_eq!(all(&mut merge, 10), [5]);
    }

    #[test]
    fn an_earlier_line_is_waited_for_as_long_as_the_window() {
        let mut merge = Merge::new(250);
        for stream in [1, 2] {
            merge.open(stream, 0, 250);
        }
        merge.push(1, 1_000, 20, 20);
        assert_eq!(merge.due(), Some(1_250));
        assert!(all(&mut merge, 1_200).is_empty());
        merge.push(2, 1_200, 10, 10);
        // The second stream has nothing later; the first has.
        assert_eq!(all(&mut merge, 1_200), [10]);
        assert!(all(&mut merge, 1_449).is_empty());
        assert_eq!(all(&mut merge, 1_450), [20]);
    }

    #[test]
    fn a_stream_that_is_being_opened_is_waited_for_longer_and_one_that_ended_not_at_all() {
        let mut merge = Merge::new(250);
        merge.open(1, 0, 2_000);
        merge.open(2, 0, 2_000);
        merge.push(1, 0, 20, 20);
        assert_eq!(merge.due(), Some(2_000));
        merge.caught_up(2, 100);
        assert_eq!(merge.due(), Some(350));
        merge.close(2);
        assert_eq!(all(&mut merge, 0), [20]);
        assert_eq!(merge.due(), None);
    }

    #[test]
    fn what_waits_of_a_closed_stream_still_goes_on() {
        let mut merge = Merge::new(250);
        merge.push(1, 0, 20, 20);
        merge.push(2, 0, 10, 10);
        merge.close(1);
        merge.close(2);
        assert_eq!(all(&mut merge, 0), [10, 20]);
    }

    proptest! {
        /// Whatever comes when: all of it goes on, once; in order, where nothing comes later than the window.
        #[test]
        fn everything_goes_on_in_order(lines in proptest::collection::vec((0_u32..4, 0_i64..2_000, 0_u64..250), 1..200)) {
            let mut merge = Merge::new(250);
            for stream in 0..4 {
                merge.open(stream, 0, 250);
            }
            // A line is written at a moment and comes a little later; of one stream in its order.
            let mut written = lines.clone();
            written.sort_unstable_by_key(|(_, at, _)| *at);
            let mut last = [0_u64; 4];
            let mut come: Vec<(u64, u32, i64)> = Vec::new();
            for (stream, at, late) in written {
                let last = &mut last[stream as usize];
                *last = (*last).max(at as u64 + late);
                come.push((*last, stream, at));
            }
            come.sort_by_key(|(now, ..)| *now);
            let mut out = Vec::new();
            for (now, stream, at) in come.clone() {
                out.extend(all(&mut merge, now));
                merge.push(stream, now, at, at);
            }
            // Each that has nothing left is waited for once more.
            while let Some(due) = merge.due() {
                out.extend(all(&mut merge, due.max(100_000)));
            }
            let mut sorted: Vec<i64> = come.iter().map(|(.., at)| *at).collect();
            sorted.sort_unstable();
            prop_assert_eq!(out, sorted);
        }
    }
}
