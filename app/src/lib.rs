//! Everything that Ordinal draws, and every type that crosses the wire. Compiles to wasm and to native; never
//! names `kube` or `k8s_openapi` (see `docs/architecture.md`).
#![recursion_limit = "512"]

pub mod api;
pub mod app;
pub mod components;
pub mod interop;
pub mod manifest;
pub mod model;
pub mod pages;
pub mod paths;
pub mod ports;
pub mod state;
pub mod texts;
