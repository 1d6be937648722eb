//! Logs: what a line is, how several streams become one, and what is told of them.
pub mod ansi;
pub mod book;
mod cover;
pub mod fields;
pub mod kubectl;
mod level;
pub mod merge;
pub mod pieces;
pub mod query;
pub mod resume;
pub mod when;
mod wire;

pub use cover::{Cover, cover};
pub use level::{Level, level};
pub use query::{LogQuery, Look, Reading, Runs, Scope, TAIL, Times};
pub use wire::{Ask, Cursor, Dropped, Entry, Line, Page, State, Stream, ToBrowser, ToServer};

/// Nanoseconds since 1970: what the kubelet writes before each line.
pub type Nanos = i64;

/// Nanoseconds of a second.
pub const SECOND: Nanos = 1_000_000_000;

/// The bytes of a line that are shown; of a longer one the rest is asked for.
pub const CUT: usize = 16 * 1024;

/// The most bytes of one line that a page shows; of a longer one the rest is in the download.
pub const WHOLE: usize = 1024 * 1024;

/// The lines that a tab keeps.
pub const KEPT: usize = 20_000;

/// The most streams that are followed at once: each is a connection to the API server.
pub const STREAMS: usize = 50;

/// How long a line waits for an earlier one of another stream, in milliseconds: streams of several nodes are not at the same
/// moment on their way.
pub const WINDOW: u64 = 250;
