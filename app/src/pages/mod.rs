//! Pages: they know routes, server functions and live topics.
pub mod create;
pub mod frame;
pub mod statefulset;
