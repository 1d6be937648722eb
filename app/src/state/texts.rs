//! Texts that a page brings along: asked for once in the life of the tab.
use crate::{
    api::texts::get_texts,
    texts::{Part, Texts, use_texts},
};
use leptos::prelude::*;

/// The page's texts with a lazy part, which is fetched where the tab has not got it yet. What the cluster is asked for
/// goes on meanwhile.
pub fn lazy_texts(part: Part) -> Resource<Vec<String>> {
    let t = use_texts();
    Resource::new_blocking(|| (), move |()| part_of(t, part))
}

/// A lazy part: what the tab has of it, or what the server says.
pub async fn part_of(t: Texts, part: Part) -> Vec<String> {
    match t.kept(part) {
        Some(list) => list.to_vec(),
        // Without them the page is without words, and says so by the frame's line about the connection.
        None => get_texts(part).await.unwrap_or_default(),
    }
}

/// Gives the texts to all that is drawn below.
pub fn provide_lazy(part: Part, list: &[String]) -> Texts {
    let t = use_texts().with_lazy(part, list);
    provide_context(t);
    t
}
