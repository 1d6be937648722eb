//! The live hub: one upstream watch for each kind and namespace scope, however many tabs look at it.
mod claims;
mod feed;
mod hub;
mod socket;
mod topic;
mod view;

pub use hub::Hub;
pub use socket::upgrade;

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
