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
            if let Some(since) = read.since() {
                cursors.push(Cursor {
                    pod: stream.pod.clone(),
                    container: stream.container.clone(),
                    since,
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
#[path = "book_tests.rs"]
mod tests;
