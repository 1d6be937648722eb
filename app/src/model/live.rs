//! The protocol of the one WebSocket a tab: JSON frames, topics subscribed by the page that draws them.
use super::{claims::ClaimsQuery, list::ListQuery, usage::UsageQuery};
use crate::api::ApiError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Seconds between two beats of the server to a visible tab.
pub const BEAT: u32 = 1;

/// After so many seconds without a beat, what a tab shows is as old as the last one.
pub const LATE: u32 = 3;

/// What a page wants to follow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    Sets(ListQuery),
    Claims(ClaimsQuery),
    /// A set's page, with the ordinals from there on.
    Set {
        namespace: String,
        name: String,
        from: i64,
    },
    Pod {
        namespace: String,
        name: String,
    },
    /// What the pods of a set use.
    Usage(UsageQuery),
}

/// With which code a socket ends whose session has ended; 4000 to 4999 are free for use (RFC 6455, 7.4.2).
pub const SESSION_OVER: u16 = 4401;

/// The number of a picture: `epoch` names the life of its question, `seq` counts its pictures from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub epoch: u64,
    pub seq: u64,
}

/// A picture for the first paint, with the version from which the socket goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned<T> {
    pub version: Version,
    pub picture: T,
}

/// How fresh a topic's upstream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum Freshness {
    /// The watches are open.
    Live,
    /// A watch is broken since then (seconds since 1970); what is shown may be old.
    Stale { since: i64 },
}

/// From the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// `since` is the version of the picture that the browser holds, from the page or from before the break.
    Subscribe {
        id: u32,
        topic: Topic,
        since: Option<Version>,
    },
    Unsubscribe {
        id: u32,
    },
    /// Whether somebody can see the tab: browsers slow down the timers of one that nobody sees.
    Visible(bool),
}

/// From the server. Pictures and changes are passed on as text to the page that draws them: what the types of a lazy
/// page cost is not in the first download.
#[derive(Debug, Serialize, Deserialize)]
pub enum ServerFrame {
    Snapshot {
        id: u32,
        version: Version,
        /// A [`Shown`](super::shown::Shown).
        picture: Box<RawValue>,
    },
    Delta {
        id: u32,
        version: Version,
        /// What changes in it.
        change: Box<RawValue>,
    },
    Freshness {
        id: u32,
        freshness: Freshness,
    },
    /// The topic ends: the right is gone, or the object.
    Closed {
        id: u32,
        error: ApiError,
    },
    /// The server is there, with its clock: once a second to a visible tab.
    Beat {
        now: i64,
    },
}
