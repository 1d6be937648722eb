//! What a terminal and the server say to each other. Keys and output travel as they are, in binary frames.
use crate::api::ApiError;
use serde::{Deserialize, Serialize};

/// How many bytes of output may be on their way to a browser that has not drawn them yet: then the server stops reading, so that
/// what was typed meets a short queue.
pub const WINDOW: u64 = 128 * 1024;

/// What runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Run {
    /// The best shell of the image: bash, ash or sh.
    #[default]
    Shell,
    /// What somebody wrote: a program with its arguments.
    Command(Vec<String>),
}

/// Columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// Where, and what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub namespace: String,
    pub pod: String,
    pub container: String,
    pub run: Run,
    pub size: Size,
}

/// From the browser, in text frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToServer {
    /// The first one.
    Open(Open),
    Size(Size),
    /// So many bytes of output are drawn, in all.
    Drawn(u64),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// The program ended with this exit code.
    Exit(i32),
    /// It did not start, or the connection to it broke: in the words of the cluster.
    Failed(String),
    /// Nothing was typed for so many seconds.
    Idle(u64),
    /// It was open for so many seconds.
    Limit(u64),
    /// The console stops.
    Stopping,
    /// It is refused, or no longer allowed.
    Refused(ApiError),
    /// The console was started without terminals.
    Off,
}

impl End {
    /// Whether the image has no such program: runtimes say so in the words of the system.
    pub fn is_missing(&self) -> bool {
        let Self::Failed(words) = self else {
            return false;
        };
        ["not found", "no such file"].iter().any(|w| words.contains(w))
    }
}

/// From the server, in text frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToBrowser {
    /// It runs.
    Started,
    Ended(End),
}
