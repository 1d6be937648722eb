//! The wasm entry.
#![recursion_limit = "512"]
use leptos::prelude::{document, request_animation_frame, set_timeout};
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server drew, once it is on the screen: to take it over first would hold it up.
#[wasm_bindgen]
pub fn hydrate() {
    let take_over = || leptos::mount::hydrate_lazy(app::app::Hydrated);
    if document().hidden() {
        // No frame is drawn for a tab in the background.
        take_over();
    } else {
        // The timeout comes after the frame that the callback belongs to.
        request_animation_frame(move || set_timeout(take_over, Duration::ZERO));
    }
}
