//! Pods: what their pages show, and what is done to them.
pub mod act;
mod body;
mod debug;
mod environment;
mod scheduling;
mod template;

pub use body::body;
