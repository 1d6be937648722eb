//! Lists of names in a sentence.
use crate::{
    model::many::Many,
    texts::{Texts, grouped},
};

/// The first of the names, and how many more there are.
pub fn told(t: Texts, names: &Many<String>) -> String {
    let list = names.first.join(", ");
    match names.more {
        0 => list,
        more => t.page_and_more(list, grouped(more)),
    }
}
