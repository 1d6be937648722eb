//! What one click writes: several edits that belong together. Each is a pure function of the text.
mod clock;
mod env;
mod keys;
mod logs;
mod services;
mod words;

pub use clock::{shows_node_time, with_node_time};
pub use env::{Pasted, pasted, with_variables};
pub use keys::{Holder, variable_name, with_keys};
pub use logs::{Collect, with_logs};
pub use services::{ServiceText, service_document, with_document};
pub use words::{in_shell, is_in_shell, words};

use super::{
    documents::Bundle,
    edit::{Edit, EditError, apply_to},
};

/// Applies edits one after the other: each place is one of the text that the edits before it left.
///
/// # Errors
/// The first that cannot be made; the text is unchanged then.
pub fn apply_all(text: &str, edits: impl IntoIterator<Item = Edit>) -> Result<String, EditError> {
    let bundle = Bundle::read(text).map_err(|_| EditError::Unreadable)?;
    let done = edits
        .into_iter()
        .try_fold(bundle, |bundle, edit| apply_to(&bundle, &edit));
    done.map(|bundle| bundle.text)
}

/// The first of `base`, `base-2`, `base-3` … that is not taken.
pub fn free_name(base: &str, taken: &[&str]) -> String {
    let name = |n: usize| {
        if n == 1 {
            base.to_owned()
        } else {
            format!("{base}-{n}")
        }
    };
    (1..=taken.len() + 1)
        .map(name)
        .find(|n| !taken.contains(&n.as_str()))
        .unwrap_or_default()
}
