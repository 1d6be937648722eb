//! What a tab keeps of a log: the newest lines in their order, however often the connection was cut.
use super::{
    Cursor, Dropped, Entry, KEPT, Level, Line, Nanos, Stream,
    resume::{Came, Resume, content},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// The bytes of text that a tab keeps: lines may be long.
const BYTES: usize = 24 * 1024 * 1024;

/// An entry that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Never of another entry of the tab.
    pub id: u64,
    pub entry: Arc<Entry>,
    /// It is shown.
    pub shown: bool,
}

/// What is kept.
#[derive(Clone, Debug, Default)]
pub struct Book {
    rows: VecDeque<Row>,
    next: u64,
    bytes: usize,
    /// The streams by the numbers that they have here.
    streams: Vec<Stream>,
    read: Vec<Resume>,
    /// From the numbers of the present connection to those here.
    here: HashMap<u32, u32>,
    /// Streams whose run may have changed while nobody was connected.
    unsure: Vec<u32>,
    /// The lines of each level, and those that are shown.
    counts: [usize; Level::ALL.len()],
    shown: usize,
}

/// The time at which an entry stands.
pub fn time_of(entry: &Entry) -> Nanos {
    match entry {
        Entry::Line(line) => line.at,
        Entry::Dropped(dropped) => dropped.to,
        Entry::Gap { to, .. } => *to,
        Entry::Began { at, .. } => *at,
    }
}

fn size(entry: &Entry) -> usize {
    match entry {
        Entry::Line(line) => line.text.len(),
        _ => 0,
    }
}

impl Book {
    /// The entries, the oldest first.
    pub fn rows(&self) -> &VecDeque<Row> {
        &self.rows
    }

    /// The streams.
    pub fn streams(&self) -> &[Stream] {
        &self.streams
    }

    /// How many lines of each level are kept.
    pub fn count(&self, level: Level) -> usize {
        self.counts[usize::from(u8::from(level))]
    }

    /// How many lines are kept, and how many of them are shown.
    pub fn lines(&self) -> (usize, usize) {
        (self.counts.iter().sum(), self.shown)
    }

    /// Another connection begins: it goes on where this one was cut.
    pub fn connected_again(&mut self) -> Vec<Cursor> {
        self.here.clear();
        self.unsure = (0..).take(self.streams.len()).collect();
        let mut cursors = Vec::new();
        for (stream, read) in self.streams.iter().zip(&mut self.read) {
            read.opened_again();
            if let Some(last) = read.last() {
                cursors.push(Cursor {
                    pod: stream.pod.clone(),
                    container: stream.container.clone(),
                    last,
                });
            }
        }
        cursors
    }

    /// What the server says of all its streams.
    pub fn told(&mut self, streams: Vec<Stream>) {
        for told in streams {
            let same = |s: &Stream| s.pod == told.pod && s.container == told.container;
            let at = self.streams.iter().position(same).unwrap_or_else(|| {
                self.streams.push(told.clone());
                self.read.push(Resume::default());
                self.streams.len() - 1
            });
            let id = u32::try_from(at).unwrap_or(u32::MAX);
            self.here.insert(told.id, id);
            let run = told.run.clone().or_else(|| self.streams[at].run.clone());
            if told.run.is_some() && self.unsure.contains(&id) {
                self.unsure.retain(|u| *u != id);
                self.began(at, told.run.as_ref());
            }
            self.streams[at] = Stream { id, run, ..told };
        }
    }

    /// While nobody was connected another run may have begun.
    fn began(&mut self, at: usize, run: Option<&(String, i32)>) {
        let (Some((uid, count)), Some((pod, times))) = (self.streams[at].run.as_ref(), run) else {
            return;
        };
        if (uid, count) != (pod, times) {
            let other = uid != pod;
            let last = self.read[at].last().unwrap_or(0);
            self.read[at].began_anew();
            self.put(Entry::Began {
                stream: u32::try_from(at).unwrap_or(u32::MAX),
                at: last,
                code: None,
                pod: other,
            });
        }
    }

    /// What the server brought, each where it belongs; what is known already is not taken. `shows` says of a line whether it
    /// is shown.
    pub fn take(&mut self, entries: Vec<Entry>, shows: impl Fn(&Line) -> bool) {
        for entry in entries {
            if let Some(entry) = self.known(entry) {
                let shown = line(&entry).is_none_or(&shows);
                self.insert(entry, shown);
            }
        }
        while self.rows.len() > KEPT || self.bytes > BYTES {
            if let Some(row) = self.rows.pop_front() {
                self.bytes -= size(&row.entry);
                if let Some(line) = line(&row.entry) {
                    self.counts[usize::from(u8::from(line.level))] -= 1;
                    self.shown -= usize::from(row.shown);
                }
            }
        }
    }

    fn known(&mut self, entry: Entry) -> Option<Entry> {
        let here = |id: u32| self.here.get(&id).copied();
        Some(match entry {
            Entry::Line(line) => {
                let stream = here(line.stream)?;
                let read = self.read.get_mut(stream as usize)?;
                match read.came(line.at, content(&line.text, line.whole)) {
                    Came::Again => return None,
                    Came::New => {}
                    Came::AfterGap { from, to } => self.put(Entry::Gap { stream, from, to }),
                }
                Entry::Line(Line { stream, ..line })
            }
            Entry::Dropped(dropped) => {
                let of: Vec<_> = dropped
                    .of
                    .iter()
                    .filter_map(|(id, n, last)| Some((here(*id)?, *n, *last)))
                    .collect();
                for (stream, _, last) in &of {
                    self.read.get_mut(*stream as usize)?.skip(*last);
                }
                Entry::Dropped(Dropped { of, ..dropped })
            }
            Entry::Gap { stream, from, to } => Entry::Gap {
                stream: here(stream)?,
                from,
                to,
            },
            Entry::Began {
                stream,
                at,
                code,
                pod,
            } => Entry::Began {
                stream: here(stream)?,
                at,
                code,
                pod,
            },
        })
    }

    fn put(&mut self, entry: Entry) {
        self.insert(entry, true);
    }

    /// Nearly always at the end; what is late stands where its time is.
    fn insert(&mut self, entry: Entry, shown: bool) {
        let at = time_of(&entry);
        self.bytes += size(&entry);
        if let Some(line) = line(&entry) {
            self.counts[usize::from(u8::from(line.level))] += 1;
            self.shown += usize::from(shown);
        }
        let row = Row {
            id: self.next,
            entry: Arc::new(entry),
            shown,
        };
        self.next += 1;
        let later = self
            .rows
            .iter()
            .rev()
            .take_while(|r| time_of(&r.entry) > at)
            .count();
        self.rows.insert(self.rows.len() - later, row);
    }

    /// Looks at each line anew.
    pub fn sift(&mut self, shows: impl Fn(&Line) -> bool) {
        self.shown = 0;
        for row in &mut self.rows {
            if let Some(line) = line(&row.entry) {
                row.shown = shows(line);
                self.shown += usize::from(row.shown);
            }
        }
    }

    /// Forgets the lines, as something else is read from now on; which streams there are it still knows.
    pub fn clear(&mut self) {
        let (next, mut streams) = (self.next, std::mem::take(&mut self.streams));
        for stream in &mut streams {
            (stream.wanted, stream.run) = (false, None);
        }
        *self = Self {
            next,
            read: vec![Resume::default(); streams.len()],
            streams,
            ..Self::default()
        };
    }
}

/// The line of an entry that is one.
pub fn line(entry: &Entry) -> Option<&Line> {
    match entry {
        Entry::Line(line) => Some(line),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::log::SECOND;
    use proptest::prelude::*;

    fn stream(id: u32, pod: &str, count: i32) -> Stream {
        Stream {
            id,
            pod: pod.into(),
            wanted: true,
            run: Some(("u".into(), count)),
            ..Stream::default()
        }
    }

    fn entry(stream: u32, at: Nanos, text: &str) -> Entry {
        Entry::Line(Line {
            stream,
            at,
            level: Level::None,
            text: text.into(),
            whole: 0,
        })
    }

    fn texts(book: &Book) -> Vec<String> {
        let of = |r: &Row| match &*r.entry {
            Entry::Line(line) => line.text.clone(),
            Entry::Dropped(d) => format!("-{}", d.count()),
            Entry::Gap { .. } => "gap".into(),
            Entry::Began { .. } => "began".into(),
        };
        book.rows().iter().map(of).collect()
    }

    #[test]
    fn a_cut_repeats_nothing_and_numbers_may_change() {
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
        book.take(vec![entry(0, SECOND, "a1"), entry(1, SECOND + 1, "b1")], |_| true);
        let cursors = book.connected_again();
        assert_eq!(cursors.len(), 2);
        book.told(vec![stream(0, "b", 0), stream(1, "a", 0)]);
        let again = vec![
            entry(1, SECOND, "a1"),
            entry(0, SECOND + 1, "b1"),
            entry(0, SECOND + 2, "b2"),
            entry(1, SECOND + 3, "a2"),
        ];
        book.take(again, |_| true);
        assert_eq!(texts(&book), ["a1", "b1", "b2", "a2"]);
    }

    #[test]
    fn a_run_that_began_while_nobody_was_connected_is_told_and_is_no_gap() {
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0)]);
        book.take(vec![entry(0, SECOND, "a1")], |_| true);
        book.connected_again();
        book.told(vec![stream(0, "a", 1)]);
        book.take(vec![entry(0, 9 * SECOND, "new")], |_| true);
        assert_eq!(texts(&book), ["a1", "began", "new"]);
        book.connected_again();
        book.told(vec![stream(0, "a", 1)]);
        book.take(vec![entry(0, 20 * SECOND, "later")], |_| true);
        assert_eq!(texts(&book)[3..], ["gap", "later"]);
    }

    #[test]
    fn what_was_left_out_stays_left_out() {
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0)]);
        let mut left = Dropped::default();
        left.add(0, SECOND + 1);
        left.add(0, SECOND + 2);
        book.take(vec![entry(0, SECOND, "a"), Entry::Dropped(left)], |_| true);
        book.connected_again();
        book.told(vec![stream(0, "a", 0)]);
        let again = [(0, "a"), (1, "b"), (2, "c"), (3, "d")];
        book.take(
            again.iter().map(|(n, text)| entry(0, SECOND + n, text)).collect(),
            |_| true,
        );
        assert_eq!(texts(&book), ["a", "-2", "d"]);
    }

    #[test]
    fn only_the_newest_are_kept_and_what_is_late_stands_at_its_time() {
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0)]);
        let many = (0..KEPT as i64 + 5).map(|n| entry(0, n * 2, "x")).collect();
        book.take(many, |_| true);
        assert_eq!(book.rows().len(), KEPT);
        book.take(vec![entry(0, KEPT as i64 * 2 - 3, "late")], |_| true);
        assert_eq!(
            book.rows()
                .iter()
                .rev()
                .position(|r| line(&r.entry).unwrap().text == "late"),
            Some(6)
        );
        let long = "y".repeat(BYTES / 10);
        let at = KEPT as i64 * 9;
        book.take((0..20).map(|n| entry(0, at + n, &long)).collect(), |_| true);
        assert!(book.rows().len() <= 10);
    }

    #[test]
    fn what_is_not_shown_is_kept() {
        let mut book = Book::default();
        book.told(vec![stream(0, "a", 0)]);
        book.take(vec![entry(0, 1, "x"), entry(0, 2, "y")], |l| l.text == "y");
        assert_eq!(book.lines(), (2, 1));
        book.sift(|l| l.text == "x");
        assert_eq!(
            book.rows().iter().map(|r| r.shown).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(book.count(Level::None), 2);
        book.clear();
        assert_eq!(book.lines(), (0, 0));
    }

    proptest! {
        /// Two files, merged, cut wherever: what stands in the book is both files, once, in order.
        #[test]
        fn however_often_it_is_cut(
            steps in proptest::collection::vec((0_u32..2, 0_i64..SECOND / 2), 1..80),
            cuts in proptest::collection::vec(1_usize..30, 0..6),
        ) {
            let mut at = 0;
            let all: Vec<(u32, Nanos)> = steps.iter().map(|(s, step)| { at += step; (*s, at) }).collect();
            let mut book = Book::default();
            book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
            let mut from = [0, 0];
            for cut in cuts.into_iter().chain([usize::MAX]) {
                let served: Vec<Entry> = all.iter().filter(|(s, at)| *at >= from[*s as usize])
                    .take(cut).map(|(s, at)| entry(*s, *at, "same")).collect();
                book.take(served, |_| true);
                for cursor in book.connected_again() {
                    from[usize::from(cursor.pod == "b")] = cursor.last.div_euclid(SECOND) * SECOND;
                }
                book.told(vec![stream(0, "a", 0), stream(1, "b", 0)]);
            }
            let got: Vec<(u32, Nanos)> = book.rows().iter().map(|r| { let l = line(&r.entry).unwrap(); (l.stream, l.at) }).collect();
            let mut expected = all.clone();
            expected.sort_by_key(|(_, at)| *at);
            let mut sorted = got.clone();
            sorted.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(sorted, expected);
            prop_assert!(got.windows(2).all(|w| w[0].1 <= w[1].1));
        }
    }
}
