//! Pages: they know routes, server functions and live topics.
pub mod claims;
pub mod create;
pub mod debug;
pub mod files;
pub mod frame;
pub mod logs;
pub mod pod;
pub mod sign_in;
pub mod statefulset;
pub mod terminal;
