//! The tree of a text with byte ranges.
mod marks;
mod read;
mod value;

pub(super) use marks::content;
pub(super) use read::read;
pub(super) use value::{key_name, value};

use super::{
    path::{Path, Place, Segment, Step, steps},
    scalar::Style,
};
use std::{ops::Range, sync::Arc};

/// How deep a manifest may nest. Kubernetes' own deepest schema needs about 30.
pub const MAX_DEPTH: usize = 100;

/// A node with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the whole text, from the first to the last character of the content (no comment, no line end).
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Text as its reader sees it, unquoted.
    Scalar(String, Style),
    /// Entries in their order; `true` for `{…}`.
    Map(Vec<Entry>, bool),
    /// Members in their order; `true` for `[…]`.
    List(Vec<Node>, bool),
    /// `key:` with nothing after it.
    Nothing,
    /// An alias or a tagged node: shown, never edited.
    Opaque,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, unquoted.
    pub key: Arc<str>,
    /// Where the key stands.
    pub at: Range<usize>,
    /// Where the entry's `:` ends.
    pub colon: usize,
    /// The value.
    pub value: Node,
}

impl Entry {
    /// From the key to the end of the value.
    pub fn range(&self) -> Range<usize> {
        self.at.start..self.value.range.end.max(self.colon)
    }
}

impl Node {
    /// The scalar's text. `null` and an absent value are no text.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text, Style::Plain) if matches!(text.as_str(), "null" | "~" | "Null" | "NULL") => {
                None
            }
            Kind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether there is no value: absent or `null`.
    pub fn is_nothing(&self) -> bool {
        matches!(self.kind, Kind::Nothing) || matches!(self.kind, Kind::Scalar(..)) && self.text().is_none()
    }

    /// The entries, if this is a map.
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Map(entries, _) = &self.kind {
            entries
        } else {
            &[]
        }
    }

    /// The members, if this is a list.
    pub fn items(&self) -> &[Self] {
        if let Kind::List(items, _) = &self.kind {
            items
        } else {
            &[]
        }
    }

    /// The value of a key; of several equal ones the last, which is the one that Kubernetes' reader keeps.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|e| *e.key == *key)
    }

    /// One step down.
    pub fn step(&self, segment: &Segment) -> Option<&Self> {
        match segment {
            Segment::Key(key) => self.entry(key).map(|e| &e.value),
            Segment::Index(n) => match &self.kind {
                Kind::List(items, _) => items.get(*n),
                Kind::Map(entries, _) => entries.get(*n).map(|e| &e.value),
                _ => None,
            },
            Segment::Item { key, value } => self
                .items()
                .iter()
                .find(|i| i.entry(key).and_then(|e| e.value.text()) == Some(value)),
        }
    }

    /// The node at a path in the API server's notation.
    pub fn below(&self, path: &str) -> Option<&Self> {
        steps(path).try_fold(self, |node, step| match step {
            Step::Key(key) => node.entry(key).map(|e| &e.value),
            Step::Index(n) => node.step(&Segment::Index(n)),
        })
    }

    /// The node at a path.
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.0.iter().try_fold(self, |node, segment| node.step(segment))
    }
}

/// Every node below a place, itself first.
pub(super) fn each(node: &Node, mut place: Place, visit: &mut dyn FnMut(&Place, &Node)) {
    walk(node, &mut place, visit);
}

/// With one place, that goes down and up: texts of thousands of lines are walked at every key.
fn walk(node: &Node, place: &mut Place, visit: &mut dyn FnMut(&Place, &Node)) {
    visit(place, node);
    for entry in node.entries() {
        place.path.0.push(Segment::Key(Arc::clone(&entry.key)));
        walk(&entry.value, place, visit);
        place.path.0.pop();
    }
    for (n, item) in node.items().iter().enumerate() {
        place.path.0.push(Segment::Index(n));
        walk(item, place, visit);
        place.path.0.pop();
    }
}
