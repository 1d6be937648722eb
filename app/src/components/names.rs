//! Lists of names in a sentence.
use crate::texts::Texts;

/// Names that are told before the rest is counted.
const TOLD: usize = 4;

/// The first of the names, and how many more there are.
pub fn told(t: Texts, names: &[String]) -> String {
    let list = names.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(TOLD) {
        0 => list,
        more => t.scale_and_more(list, more),
    }
}
