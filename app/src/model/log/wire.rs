//! The protocol of the socket of logs, and the page that is drawn before it is open.
use super::{Level, Nanos, query::Reading, query::Scope};
use crate::{api::ApiError, model::pod::Role};
use serde::{Deserialize, Serialize};

/// The log of one container of one pod, whatever pods bear that name one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// Its number on this socket.
    pub id: u32,
    pub pod: String,
    /// -1 where the pod has none.
    pub ordinal: i64,
    pub container: String,
    pub role: Role,
    /// What was asked for, so a stream of it is wanted.
    pub wanted: bool,
    pub state: State,
    /// The UID of the pod that is read, and how often its container was started before.
    pub run: Option<(String, i32)>,
}

/// How a stream is doing; why there is nothing, where there is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is being opened.
    #[default]
    Opening,
    Reading,
    /// The container has ended with this code; all of it was read.
    Ended(i32),
    /// The container has not started; in the kubelet's words.
    Waiting {
        reason: String,
        message: String,
    },
    /// There was no run before this one.
    NoPrevious,
    /// The pod does not exist.
    Missing,
    /// Not opened: there are more than [`super::STREAMS`].
    TooMany,
    /// The node of the pod does not answer; in the API server's words.
    Unreachable(String),
    /// Refused, in the cluster's words.
    Refused(String),
}

impl State {
    /// Something of it is read, or was.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::Reading | Self::Ended(_))
    }
}

/// A line of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "(u32, Nanos, Level, String, u64)",
    into = "(u32, Nanos, Level, String, u64)"
)]
pub struct Line {
    /// The [`Stream::id`].
    pub stream: u32,
    pub at: Nanos,
    pub level: Level,
    pub text: String,
    /// The bytes of the whole line, where `text` is only its beginning; else 0.
    pub whole: u64,
}

impl From<(u32, Nanos, Level, String, u64)> for Line {
    fn from((stream, at, level, text, whole): (u32, Nanos, Level, String, u64)) -> Self {
        Self {
            stream,
            at,
            level,
            text,
            whole,
        }
    }
}

impl From<Line> for (u32, Nanos, Level, String, u64) {
    fn from(line: Line) -> Self {
        (line.stream, line.at, line.level, line.text, line.whole)
    }
}

/// Lines that were left out, for the browser was slower than they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub from: Nanos,
    pub to: Nanos,
    /// How many of each stream, and the time of the last of these.
    pub of: Vec<(u32, u64, Nanos)>,
}

impl Dropped {
    /// One more.
    pub fn add(&mut self, stream: u32, at: Nanos) {
        if self.of.is_empty() {
            (self.from, self.to) = (at, at);
        }
        (self.from, self.to) = (self.from.min(at), self.to.max(at));
        match self.of.iter_mut().find(|(id, ..)| *id == stream) {
            Some((_, count, last)) => (*count, *last) = (*count + 1, at.max(*last)),
            None => self.of.push((stream, 1, at)),
        }
    }

    /// All of them.
    pub fn count(&self) -> u64 {
        self.of.iter().map(|(_, count, _)| count).sum()
    }
}

/// What stands in the log, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    #[serde(rename = "L")]
    Line(Line),
    Dropped(Dropped),
    /// Between these times lines are missing that nobody can bring back: the node rotated its log before it was read.
    Gap {
        stream: u32,
        from: Nanos,
        to: Nanos,
    },
    /// The container, or its pod, began anew.
    Began {
        stream: u32,
        at: Nanos,
        /// How the run before ended, where the pod is still the same.
        code: Option<i32>,
        /// Another pod of the same name.
        pod: bool,
    },
}

/// Where a browser stands in a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub pod: String,
    pub container: String,
    /// The second from which it wants that again, for it does not know how much of it there is; since 1970.
    pub since: i64,
}

/// What a browser wants to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub scope: Scope,
    pub reading: Reading,
    /// Empty at the first time.
    pub cursors: Vec<Cursor>,
}

/// From the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToServer {
    /// The first frame, and the only one of its kind.
    Ask(Ask),
    /// The frame of this number is worked up: one more may come.
    Ack(u64),
    /// Read no further.
    Pause,
    /// Go on at the next line.
    Go,
}

/// From the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToBrowser {
    /// All streams, whenever one of them changed.
    Streams(Vec<Stream>),
    Entries {
        seq: u64,
        entries: Vec<Entry>,
    },
    /// The server is there.
    Beat,
    /// All that was wanted is read, and nothing more will come.
    Whole,
    /// It ends: the right is gone, or it was never there.
    Over(ApiError),
}

/// The end of the log as it was when the page was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub streams: Vec<Stream>,
    pub entries: Vec<Entry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_short_on_the_wire() {
        let line = Entry::Line(Line {
            stream: 3,
            at: 1_795_700_000_123_456_789,
            level: Level::Warn,
            text: "a \"b\"".into(),
            whole: 0,
        });
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(text, r#"{"L":[3,1795700000123456789,2,"a \"b\"",0]}"#);
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), line);
    }

    #[test]
    fn what_is_left_out_is_counted_by_stream() {
        let mut left = Dropped::default();
        for (stream, at) in [(1, 50), (2, 40), (1, 60)] {
            left.add(stream, at);
        }
        assert_eq!((left.from, left.to, left.count()), (40, 60, 3));
        assert_eq!(left.of, [(1, 2, 60), (2, 1, 40)]);
    }
}
