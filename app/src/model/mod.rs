//! Plain data and rules: what crosses the wire and how a StatefulSet is judged. Nothing here does I/O or draws.
pub mod claims;
pub mod delete;
pub mod detail;
pub mod edit;
pub mod facts;
pub mod list;
pub mod live;
pub mod many;
pub mod offers;
pub mod ordinals;
pub mod quantity;
pub mod said;
pub mod scale;
pub mod session;
pub mod status;
pub mod strip;
pub mod time;
mod words;
