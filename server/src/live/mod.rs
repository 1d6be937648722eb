//! The live hub: one upstream watch for each kind and namespace scope, however many tabs look at it.
mod changes;
mod claims;
mod detail;
mod feed;
mod hub;
mod list;
mod scope;
mod socket;
mod topic;

pub use hub::Hub;
pub use socket::upgrade;

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
