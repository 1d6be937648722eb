//! JavaScript that is not the browser's own, bound by hand.
pub mod monaco_sys;
