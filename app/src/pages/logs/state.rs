//! What the parts of the page share.
use super::{connection, marks::Patterns};
use crate::{
    api::ApiError,
    model::log::{
        Entry, Level, Line, LogQuery, Look, Nanos, Page, Reading, Scope, Times, ToServer,
        book::{Book, Row, line},
        when,
    },
    model::time::exact,
    paths,
    state::session_storage,
};
use futures::channel::mpsc::UnboundedSender;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate, hooks::use_query_map};
use std::time::Duration;

/// How the page hears of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Connecting,
    Following,
    /// All of it was read.
    Whole,
    /// The connection is lost; the next is on its way.
    Lost,
    SignedOut,
}

/// After so long without a key the URL says what the page shows.
const WRITE: Duration = Duration::from_millis(300);
/// Where the tab keeps how logs were looked at last.
const LOOKED: &str = "ordinal.logs";

/// The page.
#[derive(Clone, Copy)]
pub struct Logs {
    pub scope: StoredValue<Scope>,
    pub query: RwSignal<LogQuery>,
    pub book: RwSignal<Book>,
    pub fault: RwSignal<Option<ApiError>>,
    pub link: RwSignal<Link>,
    /// The time of the newest line when the reading was stopped.
    pub paused: RwSignal<Option<Nanos>>,
    /// The newest lines are in view, and stay so.
    pub at_end: RwSignal<bool>,
    /// The line that the keys are at, and the one that is folded out.
    pub current: RwSignal<Option<u64>>,
    pub open: RwSignal<Option<u64>>,
    /// The line to be brought into view.
    pub wanted: RwSignal<Option<u64>>,
    pub patterns: RwSignal<Patterns>,
    /// In the browser: times may be told in its zone.
    pub here: RwSignal<bool>,
    /// Where frames to the server go, and the number of the present connection.
    pub out: StoredValue<Option<UnboundedSender<ToServer>>>,
    pub turn: StoredValue<u32>,
}

impl Logs {
    /// What the server drew.
    pub fn new(scope: Scope, first: Result<Page, ApiError>) -> Self {
        let map = use_query_map();
        let query = map.with_untracked(|map| LogQuery::from_pairs(|key| map.get(key)));
        let (mut book, mut fault) = (Book::default(), None);
        match first {
            Ok(page) => {
                book.told(page.streams);
                book.take(page.entries, |_| true);
            }
            Err(error) => fault = Some(error),
        }
        Self {
            scope: StoredValue::new(scope),
            query: RwSignal::new(query),
            book: RwSignal::new(book),
            fault: RwSignal::new(fault),
            link: RwSignal::new(Link::Connecting),
            paused: RwSignal::new(None),
            at_end: RwSignal::new(true),
            current: RwSignal::new(None),
            open: RwSignal::new(None),
            wanted: RwSignal::new(None),
            patterns: RwSignal::new(Patterns::default()),
            here: RwSignal::new(false),
            out: StoredValue::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// In the browser: follows the log, the URL and what is typed.
    pub fn begin(self) {
        let navigate = use_navigate();
        let reading = Memo::new(move |_| self.query.read().reading.clone());
        Effect::new(move |before: Option<Reading>| {
            let now = reading.get();
            if before.is_none() {
                self.recall();
                self.here.set(true);
            }
            if before.is_some_and(|before| before != now) {
                // What was drawn is of another question.
                self.book.update(Book::clear);
            }
            connection::connect(self, now.clone());
            now
        });
        let look = Memo::new(move |_| self.query.read().look.clone());
        Effect::new(move || look.with(|look| self.sift(look)));
        let written = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |first: Option<()>| {
            let query = self.query.get();
            if first.is_none() {
                return;
            }
            if let Some(timer) = written.get_value() {
                timer.clear();
            }
            let navigate = navigate.clone();
            let write = move || {
                let Some(scope) = self.scope.try_get_value() else {
                    return;
                };
                self.remember(&query);
                let options = NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..NavigateOptions::default()
                };
                navigate(&paths::logs(&scope, &query), options);
            };
            written.set_value(set_timeout_with_handle(write, WRITE).ok());
        });
        on_cleanup(move || {
            if let Some(timer) = written.try_get_value().flatten() {
                timer.clear();
            }
            self.turn.try_update_value(|turn| *turn += 1);
            self.out.try_set_value(None);
        });
    }

    /// How lines are shown is kept from one log to the next; what is read of them belongs to each.
    fn remember(self, query: &LogQuery) {
        let look = LogQuery {
            look: query.look.clone(),
            ..LogQuery::default()
        };
        if let (Some(storage), Ok(text)) = (kept(), serde_json::to_string(&look.to_pairs())) {
            let _ = storage.set_item(LOOKED, &text);
        }
    }

    /// A URL that says nothing is looked at as the last log was.
    fn recall(self) {
        let bare = self.query.with_untracked(|q| q.look == Look::default());
        let text = kept().and_then(|s| s.get_item(LOOKED).ok().flatten());
        let pairs: Option<Vec<(String, String)>> = text.and_then(|t| serde_json::from_str(&t).ok());
        if let Some(pairs) = pairs.filter(|_| bare) {
            let get = |key: &str| pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
            let look = LogQuery::from_pairs(get).look;
            self.query.update(|query| query.look = look);
        }
    }

    /// Shows what the look says.
    fn sift(self, look: &Look) {
        let patterns = Patterns::of(look);
        self.book
            .update(|book| book.sift(|line| patterns.shows(line, look)));
        self.patterns.set(patterns);
    }

    /// What the server brought.
    pub fn take(self, entries: Vec<Entry>) {
        let look = self.query.with_untracked(|q| q.look.clone());
        self.patterns.with_untracked(|patterns| {
            self.book
                .update(|book| book.take(entries, |line| patterns.shows(line, &look)));
        });
    }

    /// Changes what is read.
    pub fn read(self, change: impl FnOnce(&mut Reading)) {
        self.query.update(|query| change(&mut query.reading));
    }

    /// Changes how it is looked at.
    pub fn look(self, change: impl FnOnce(&mut Look)) {
        self.query.update(|query| change(&mut query.look));
    }

    /// Shows or hides a level.
    pub fn toggle(self, level: Level) {
        self.look(|look| {
            if !look.hidden.remove(&level) {
                look.hidden.insert(level);
            }
        });
    }

    /// Stops the reading, or goes on with it.
    pub fn pause(self) {
        let frame = if self.paused.get_untracked().is_some() {
            self.paused.set(None);
            ToServer::Go
        } else {
            let newest = self
                .book
                .with_untracked(|b| b.rows().iter().rev().find_map(|r| Some(line(&r.entry)?.at)));
            self.paused.set(Some(newest.unwrap_or(0)));
            ToServer::Pause
        };
        self.send(frame);
    }

    /// Says something to the server, where there is a connection.
    pub fn send(self, frame: ToServer) {
        self.out.with_value(|out| {
            if let Some(out) = out {
                let _ = out.unbounded_send(frame);
            }
        });
    }

    /// The next shown row that fits, after or before the one that the keys are at; from the other end where there is none.
    pub fn find(self, back: bool, fits: impl Fn(&Row) -> bool) {
        let found = self.book.with_untracked(|book| {
            let rows: Vec<&Row> = book.rows().iter().filter(|r| r.shown).collect();
            let at = self.current.get_untracked();
            let at = at.and_then(|id| rows.iter().position(|r| r.id == id));
            let count = rows.len();
            let begin = at.unwrap_or(if back { 0 } else { count.saturating_sub(1) });
            let step = |n: usize| {
                if back {
                    (begin + count - n) % count
                } else {
                    (begin + n) % count
                }
            };
            (1..=count).map(step).find(|n| fits(rows[*n])).map(|n| rows[n].id)
        });
        if found.is_some() {
            self.current.set(found);
            self.at_end.set(false);
            self.wanted.set(found);
        }
    }

    /// A time as the page tells it.
    pub fn told(self, at: Nanos) -> String {
        let times = self.query.with(|q| q.look.times);
        let east = if times == Times::Utc || !self.here.get() {
            0
        } else {
            east(at)
        };
        when::clock(at, east)
    }

    /// The name by which a stream's pod is told apart.
    pub fn pod_of(self, stream: u32) -> String {
        self.book.with_untracked(|b| {
            let found = b.streams().get(stream as usize);
            found.map(|s| s.pod.clone()).unwrap_or_default()
        })
    }
}

/// Minutes by which the browser's zone is east of Greenwich at that time.
fn east(at: Nanos) -> i64 {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64 / 1e6));
    -(date.get_timezone_offset() as i64)
}

/// Kept between visits, where the browser allows it.
fn kept() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten().or_else(session_storage)
}

/// The exact time, for who points at it.
pub fn exactly(at: Nanos) -> String {
    let nanos = at.rem_euclid(1_000_000_000);
    exact(when::seconds(at)).replace('Z', &format!(".{nanos:09}Z"))
}

/// Whether a line is what it is about.
pub fn is_error(row: &Row) -> bool {
    line(&row.entry).is_some_and(|l: &Line| l.level == Level::Error)
}
