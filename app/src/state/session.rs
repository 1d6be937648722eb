//! The session of the page.
use crate::model::session::Session;
use leptos::prelude::use_context;

/// Whether this console has terminals.
pub fn has_terminals() -> bool {
    use_context::<Session>().is_some_and(|s| s.exec)
}

/// Whether this console changes nothing, whoever asks.
pub fn is_read_only() -> bool {
    use_context::<Session>().is_some_and(|s| s.read_only)
}
