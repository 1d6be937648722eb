//! What a browser is to be told next. It is bounded: what is written faster than the browser reads is counted instead.
use app::model::log::{Dropped, Entry, Nanos};
use std::collections::VecDeque;

/// The bytes that wait for a browser.
const ROOM: usize = 2 * 1024 * 1024;
/// The bytes of one frame.
const FRAME: usize = 96 * 1024;
/// What an entry costs beside its text.
const COST: usize = 48;

/// The entries for one browser, in their order.
pub struct Outbox {
    waiting: VecDeque<Entry>,
    bytes: usize,
    /// What is left out just now.
    left: Option<Dropped>,
    /// What was written before this moment is never left out: it is read as fast as the browser takes it.
    live: Nanos,
}

fn cost(entry: &Entry) -> usize {
    COST + match entry {
        Entry::Line(line) => line.text.len(),
        _ => 0,
    }
}

impl Outbox {
    /// For a browser that came at that moment.
    pub fn new(live: Nanos) -> Self {
        Self {
            waiting: VecDeque::new(),
            bytes: 0,
            left: None,
            live,
        }
    }

    /// There is enough for a whole frame.
    pub fn is_large(&self) -> bool {
        self.bytes >= FRAME
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.left.is_none()
    }

    fn has_room(&self) -> bool {
        self.bytes < ROOM
    }

    /// Whether this may be put in: a line of former times waits for room.
    pub fn takes(&self, at: Nanos) -> bool {
        self.has_room() || at >= self.live
    }

    /// Puts an entry in, or counts it. Once lines are left out, they are until half of the room is free: one mark instead of
    /// many.
    pub fn put(&mut self, at: Nanos, entry: Entry) {
        let Entry::Line(line) = &entry else {
            self.mark();
            return self.push(entry);
        };
        let full = if self.left.is_some() {
            self.bytes > ROOM / 2
        } else {
            !self.has_room()
        };
        if full && at >= self.live {
            self.left.get_or_insert_default().add(line.stream, at);
        } else {
            self.mark();
            self.push(entry);
        }
    }

    fn push(&mut self, entry: Entry) {
        self.bytes += cost(&entry);
        self.waiting.push_back(entry);
    }

    /// What was left out, at its place.
    fn mark(&mut self) {
        if let Some(left) = self.left.take() {
            self.push(Entry::Dropped(left));
        }
    }

    /// The entries of the next frame; none where nothing waits.
    pub fn frame(&mut self) -> Option<Vec<Entry>> {
        if self.bytes <= ROOM / 2 {
            self.mark();
        }
        let mut size = 0;
        let mut entries = Vec::new();
        while size < FRAME
            && let Some(entry) = self.waiting.pop_front()
        {
            size += cost(&entry);
            entries.push(entry);
        }
        self.bytes -= size;
        (!entries.is_empty()).then_some(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::model::log::{Level, Line};

    fn line(at: Nanos, length: usize) -> Entry {
        Entry::Line(Line {
            stream: 1,
            at,
            level: Level::None,
            text: "x".repeat(length),
            whole: 0,
        })
    }

    /// All of it: the times of the lines, and how many were left out between them.
    fn all(outbox: &mut Outbox) -> (Vec<Nanos>, u64) {
        let (mut times, mut left) = (Vec::new(), 0);
        while let Some(frame) = outbox.frame() {
            for entry in frame {
                match entry {
                    Entry::Line(line) => times.push(line.at),
                    Entry::Dropped(dropped) => left += dropped.count(),
                    _ => {}
                }
            }
        }
        (times, left)
    }

    #[test]
    fn what_does_not_fit_is_counted_at_its_place() {
        let mut outbox = Outbox::new(0);
        for at in 0..3_000 {
            outbox.put(at, line(at, 1_000));
        }
        let (times, left) = all(&mut outbox);
        assert_eq!(times.len() as u64 + left, 3_000);
        assert!(left > 500);
        assert_eq!(times, (0..times.len() as i64).collect::<Vec<_>>());
        outbox.put(9_000, line(9_000, 10));
        assert_eq!(all(&mut outbox), (vec![9_000], 0));
    }

    #[test]
    fn a_mark_stands_between_what_came_before_and_after() {
        let mut outbox = Outbox::new(0);
        let mut at = 0;
        while outbox.left.is_none() {
            outbox.put(at, line(at, 10_000));
            at += 1;
        }
        while outbox.bytes > ROOM / 2 {
            outbox.frame();
        }
        outbox.put(at, line(at, 10));
        let mut rest = Vec::new();
        while let Some(frame) = outbox.frame() {
            rest.extend(frame);
        }
        let [.., Entry::Dropped(left), Entry::Line(last)] = rest.as_slice() else {
            panic!("{:?}", rest.last());
        };
        assert_eq!((left.count(), left.to, last.at), (1, at - 1, at));
    }

    #[test]
    fn former_times_wait_instead() {
        let mut outbox = Outbox::new(1_000_000);
        let mut put = 0;
        while outbox.takes(put) {
            outbox.put(put, line(put, 10_000));
            put += 1;
        }
        assert!(outbox.takes(1_000_000), "the present does not");
        assert_eq!(all(&mut outbox), ((0..put).collect(), 0));
    }
}
