// COORDINATION (lead, 03:04): api/create.rs, ports for create and server/src/cluster/create.rs are written by the SECOND
// colleague now; the first goes on with manifest/ and pages/create (see manifest/00-COORDINATION.txt for its signatures).
//! Server functions, one file a resource, and the errors that cross the wire.
pub mod error;
pub mod sets;

pub use error::{ApiError, FieldError};
