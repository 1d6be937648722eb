//! Files out of a container, by programs that run in it: as the person who asks, with the rights of a terminal.
mod download;
mod fill;
mod held;
mod list;
mod program;

use crate::{cluster::is_dns_name, error::Error};
use app::{
    api::ApiError,
    model::files::{At, path},
};
pub use download::download;
pub use fill::measure;
pub use list::list;

/// Nothing is asked about what is no name and no absolute path.
fn checked(at: &At) -> Result<(), ApiError> {
    let named = [&at.namespace, &at.pod, &at.container].map(|name| is_dns_name(name));
    if named == [true; 3] && path(&at.path).is_some_and(|path| path == at.path) {
        return Ok(());
    }
    let words = "a file needs a namespace, a pod, a container and an absolute path";
    Err(Error::Unbuildable(words.to_owned()).into())
}
