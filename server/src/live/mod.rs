//! The live hub: one upstream watch for each kind and namespace scope, one answer for each question, however many tabs
//! look at it.
mod changes;
mod claims;
mod detail;
mod feed;
mod hub;
mod kinds;
mod list;
mod logs;
mod pod;
mod question;
mod rows;
mod scope;
mod socket;
mod topic;
mod usage;
mod watch;

pub use hub::Hub;
pub use logs::PodsThere;
pub(crate) use socket::signed_out;
pub use socket::upgrade;

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
