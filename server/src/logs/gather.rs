//! Where the streams of one reader come together: bounded, in the order of their times, with what is told of each.
use crate::held::held;
use app::model::log::{Entry, Nanos, State, Stream, WINDOW, merge::Merge};
use std::sync::{Arc, Mutex};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

/// How long others wait for the first line of a stream that is being opened, in milliseconds.
const PATIENCE: u64 = 2_000;
/// The bytes of one stream that wait to be merged. When they are full, its log is read no further.
const ROOM: u32 = 256 * 1024;
/// What a line costs beside its text.
const COST: usize = 96;

/// A line with the room that it takes until it goes on.
type Waiting = (Entry, Option<OwnedSemaphorePermit>);

/// What waits of the streams.
pub struct Gather {
    inner: Mutex<Inner>,
    /// Something came, or a stream changed.
    pub news: Notify,
    begun: Instant,
}

struct Inner {
    merge: Merge<Waiting>,
    streams: Vec<Stream>,
    /// A stream changed since it was told.
    untold: bool,
}

impl Gather {
    /// Of no stream yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            inner: Mutex::new(Inner {
                merge: Merge::new(WINDOW),
                streams: Vec::new(),
                untold: true,
            }),
            news: Notify::new(),
            begun: Instant::now(),
        })
    }

    /// Milliseconds since it began.
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn with<T>(&self, change: impl FnOnce(&mut Inner, u64) -> T) -> T {
        let now = self.now();
        let out = change(&mut held(&self.inner), now);
        self.news.notify_one();
        out
    }

    /// A stream that is told of from now on, and whether it is new; one that is known keeps its number.
    pub fn add(&self, stream: Stream) -> (u32, bool) {
        self.with(|inner, _| {
            inner.untold = true;
            if !stream.container.is_empty() {
                // The pod is there, and its containers stand for it.
                let nameless = |s: &&mut Stream| s.pod == stream.pod && s.container.is_empty();
                inner
                    .streams
                    .iter_mut()
                    .filter(nameless)
                    .for_each(|s| s.wanted = false);
            }
            let same = |s: &&mut Stream| s.pod == stream.pod && s.container == stream.container;
            if let Some(known) = inner.streams.iter_mut().find(same) {
                known.wanted = stream.wanted;
                return (known.id, false);
            }
            let id = u32::try_from(inner.streams.len()).unwrap_or(u32::MAX);
            inner.streams.push(Stream { id, ..stream });
            (id, true)
        })
    }

    /// What is told of the streams of pods that are gone: they are not waited for.
    pub fn keep(&self, there: impl Fn(&str) -> bool) {
        self.with(|inner, _| {
            for stream in inner.streams.iter_mut().filter(|s| s.wanted && !there(&s.pod)) {
                stream.wanted = false;
                inner.untold = true;
            }
        });
    }

    /// How many streams are read or are to be read.
    pub fn wanted(&self) -> usize {
        held(&self.inner).streams.iter().filter(|s| s.wanted).count()
    }

    /// How a stream is doing now.
    pub fn tell(&self, id: u32, state: State) {
        self.with(|inner, _| {
            let found = inner.streams.iter_mut().find(|s| s.id == id);
            if let Some(stream) = found.filter(|s| s.state != state) {
                stream.state = state;
                inner.untold = true;
            }
        });
    }

    /// Which run of which pod a stream is of.
    pub fn run(&self, id: u32, run: (String, i32)) {
        self.with(|inner, _| {
            if let Some(stream) = inner.streams.iter_mut().find(|s| s.id == id) {
                stream.run = Some(run);
                inner.untold = true;
            }
        });
    }

    /// All streams, where one of them changed since the last time.
    pub fn streams(&self) -> Option<Vec<Stream>> {
        let mut inner = held(&self.inner);
        std::mem::take(&mut inner.untold).then(|| inner.streams.clone())
    }

    /// All streams as they are told.
    pub fn all(&self) -> Vec<Stream> {
        held(&self.inner).streams.clone()
    }

    /// A stream is being opened.
    pub fn open(&self, id: u32) {
        self.with(|inner, now| inner.merge.open(id, now, PATIENCE));
    }

    /// A stream is open: it has no more to say than it says in the next moment.
    pub fn opened(&self, id: u32) {
        self.with(|inner, now| inner.merge.caught_up(id, now));
    }

    /// Nothing comes of a stream until it is opened again.
    pub fn close(&self, id: u32) {
        self.with(|inner, _| inner.merge.close(id));
    }

    /// What a stream brings.
    pub fn push(&self, id: u32, at: Nanos, entry: Entry, room: Option<OwnedSemaphorePermit>) {
        self.with(|inner, now| inner.merge.push(id, now, at, (entry, room)));
    }

    /// The next entry, with its time, if it may go on.
    pub fn pop(&self) -> Option<(Nanos, Entry)> {
        let now = self.now();
        let (_, at, (entry, _)) = held(&self.inner).merge.pop(now)?;
        Some((at, entry))
    }

    /// The time of the next entry, whether it may go on or not.
    pub fn next_at(&self) -> Option<Nanos> {
        held(&self.inner).merge.next_at()
    }

    /// When the next one may.
    pub fn due(&self) -> Option<Instant> {
        let due = held(&self.inner).merge.due()?;
        Some(self.begun + std::time::Duration::from_millis(due))
    }
}

/// The room that one stream has.
pub struct Room(Arc<Semaphore>);

impl Room {
    /// All of it.
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(ROOM as usize)))
    }

    /// Waits until there is room for a line of this length.
    pub async fn take(&self, length: usize) -> Option<OwnedSemaphorePermit> {
        let cost = u32::try_from(length + COST).unwrap_or(ROOM).min(ROOM);
        Arc::clone(&self.0).acquire_many_owned(cost).await.ok()
    }
}
