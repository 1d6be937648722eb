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

pub use super::edit::apply_all;

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
