//! The wasm entry.
#![recursion_limit = "512"]
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server drew.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_lazy(app::app::Hydrated);
}
