//! The server of Ordinal: the only crate that knows kube, sessions and sockets.
#![recursion_limit = "512"]

pub mod access;
pub mod cluster;
mod compress;
pub mod config;
pub mod error;
pub mod files;
pub mod guard;
mod held;
mod https;
pub mod live;
pub mod logs;
pub mod page;
pub mod prometheus;
pub mod read_only;
pub mod router;
pub mod signin;
pub mod site;
pub mod telemetry;
pub mod terminal;
pub mod tls;
