//! The few contexts of the whole app.
pub mod clock;
pub mod keys;
pub mod live;
mod socket;
pub mod toasts;
