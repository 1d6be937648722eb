//! The manifest text, its tree, its form, and the rules about it. Pure: no I/O, nothing drawn.
//!
//! The text is the source of truth. Everything that the wizard shows is read from it, every edit is a splice
//! at one place of it, and whatever stands elsewhere stays byte for byte what it was.
#[cfg(test)]
mod acceptance_tests;
pub mod default;
pub mod documents;
pub mod edit;
pub mod expand;
mod export;
#[cfg(test)]
mod fidelity_tests;
pub mod field;
#[cfg(test)]
mod field_tests;
pub mod fields;
pub mod fix;
pub mod form;
#[cfg(test)]
mod fuzz_tests;
pub mod governing;
pub mod history;
pub mod import;
pub mod kinds;
pub mod links;
pub mod lint;
pub mod lists;
pub mod merge;
pub mod path;
mod pieces;
pub mod preset;
pub mod problem;
mod resolve;
pub mod rules;
mod scalar;
pub mod secrets;
#[cfg(test)]
mod secrets_tests;
pub mod shapes;
mod splice;
pub mod spot;
pub mod strict;
pub mod tabs;
#[cfg(test)]
mod trap_tests;
pub mod tree;
pub mod write;

pub use documents::{Bundle, Document};
pub use edit::{Edit, EditError, Value, apply};
pub use path::{Path, Place, Segment};
pub use problem::{Finding, Problem};
