//! The console over a scripted API server: the real router, no cluster.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod claims;
mod common;
mod create;
mod debug;
mod delete;
mod files;
mod fill;
mod guards;
mod identities;
mod logs;
mod many;
mod objects;
mod ops;
mod pods;
mod services;
mod sets;
mod signin;
mod site;
mod style;
mod terminal;
mod usage;
mod writes;
