//! What the page of one set needs of a cluster.
use super::Answer;
use crate::model::{information::Information, pod::Template, saving::Opened};

/// The sets of a cluster as one person sees them.
pub trait Sets {
    /// The template of a set, with its environment.
    fn template<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Template>;
    /// The text of the headless Service that the set names.
    fn governing_service<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, String>;
    /// A Service of the set as text, to be edited; a new one for an empty name.
    fn open_service<'a>(&'a self, namespace: &'a str, set: &'a str, name: &'a str) -> Answer<'a, Opened>;
    /// Changes labels and annotations of exactly the set with this UID.
    fn inform<'a>(
        &'a self,
        namespace: &'a str,
        name: &'a str,
        uid: &'a str,
        information: Information,
    ) -> Answer<'a, ()>;
}
