//! What stands at a place: one scalar, the members of a list, the entries of a map.
use super::{documents::Bundle, path::Place, tree::Node};

/// One scalar with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Where it is written.
    pub place: Place,
    /// What stands there, unquoted; empty when absent.
    pub text: String,
    /// Whether the manifest has it at all.
    pub set: bool,
}

/// A key with its value, both being typed. The place is that of the n-th entry of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Field,
}

/// A place, and what stands there: looked up once on the way down, not from the root for each field.
#[derive(Clone)]
pub struct At<'a> {
    pub place: Place,
    pub node: Option<&'a Node>,
}

impl<'a> At<'a> {
    pub fn new(bundle: &'a Bundle, place: Place) -> Self {
        let node = bundle.at(&place);
        Self { place, node }
    }

    /// Some dotted keys further down.
    pub fn join(&self, path: &str) -> Self {
        Self {
            place: self.place.join(path),
            node: self.node.and_then(|n| n.below(path)),
        }
    }

    /// The members of a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let items = self.node.map(Node::items).unwrap_or_default();
        items.iter().enumerate().map(move |(n, node)| Self {
            place: self.place.index(n),
            node: Some(node),
        })
    }

    /// The scalar. A list or a map counts as set and has no text.
    pub fn field(self) -> Field {
        Field {
            text: self.node.and_then(Node::text).unwrap_or_default().to_owned(),
            set: self.node.is_some_and(|n| !n.is_nothing()),
            place: self.place,
        }
    }
}

/// The scalar at a place. A list or a map there counts as set and has no text.
pub fn field(bundle: &Bundle, place: Place) -> Field {
    At::new(bundle, place).field()
}

/// The places of a list's members.
pub fn children<'a>(bundle: &'a Bundle, list: &'a Place) -> impl Iterator<Item = Place> + use<'a> {
    let count = bundle.at(list).map_or(0, |n| n.items().len());
    (0..count).map(|n| list.index(n))
}

/// The entries of a map of strings.
pub fn pairs(bundle: &Bundle, map: &Place) -> Vec<Pair> {
    let entries = bundle.at(map).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .enumerate()
        .map(|(n, e)| Pair {
            key: e.key.to_string(),
            value: field(bundle, map.index(n)),
        })
        .collect()
}
