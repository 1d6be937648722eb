//! Logs: the streams of a pod or of all pods of a set, merged into one, with nothing that grows without bound.
mod answer;
mod download;
mod gather;
mod lines;
mod outbox;
mod pods;
mod socket;
mod stream;
mod why;

pub use download::download;
pub use socket::upgrade;
