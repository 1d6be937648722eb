//! JavaScript that is not the browser's own, bound by hand.
pub mod monaco_sys;
mod script;
pub mod xterm_sys;
