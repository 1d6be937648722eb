//! StatefulSets: the list, the detail page, and the text of one.
pub mod detail;
pub mod edit;
pub mod list;
pub mod ops;
