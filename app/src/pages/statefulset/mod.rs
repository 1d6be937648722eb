//! StatefulSets: the list and the detail page.
pub mod detail;
pub mod list;
