//! The few contexts of the whole app.
pub mod clock;
pub mod keys;
pub mod late;
pub mod live;
pub mod object;
pub mod session;
pub mod socket;
pub mod terminals;
pub mod texts;
pub mod toasts;
pub mod unsettled;
pub mod usage;

/// What this tab keeps across reloads, where the browser allows it.
pub fn session_storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}
