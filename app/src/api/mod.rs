//! Server functions, one file a resource, and the errors that cross the wire.
pub mod claims;
pub mod codec;
pub mod create;
pub mod delete;
pub mod edit;
pub mod error;
pub mod logs;
pub mod objects;
pub mod offers;
pub mod ops;
pub mod pods;
pub mod session;
pub mod sets;
pub mod texts;

pub use error::{ApiError, FieldError};
