//! The tree of a text with byte ranges. The only module that names the crate `yaml_edit`.
use super::{
    path::{Path, Segment},
    scalar::Style,
};
use std::ops::Range;
use yaml_edit::{MappingEntry, YamlFile, YamlNode};

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
    pub key: String,
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
        self.entries().iter().rev().find(|e| e.key == key)
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

    /// The node at a path.
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.0.iter().try_fold(self, |node, segment| node.step(segment))
    }
}

/// A parse error: byte and the parser's words.
pub(super) struct Broken {
    pub at: usize,
    pub words: String,
}

/// Reads every document of the text; the root of an empty one is [`Kind::Nothing`].
pub(super) fn read(text: &str) -> Result<Vec<(Range<usize>, Node)>, Broken> {
    let parse = YamlFile::parse(text);
    if let Some(error) = parse.positioned_errors().first() {
        return Err(Broken {
            at: error.range.start as usize,
            words: error.message.clone(),
        });
    }
    let file = parse.tree();
    let mut documents = Vec::new();
    for document in file.documents() {
        let range = document.byte_range();
        let (start, end) = (range.start as usize, range.end as usize);
        let root = document
            .as_mapping()
            .map(YamlNode::Mapping)
            .or_else(|| document.as_sequence().map(YamlNode::Sequence))
            .or_else(|| document.as_scalar().map(YamlNode::Scalar));
        let root = match root {
            Some(root) => convert(text, &root, 0)?,
            None => Node {
                range: start..start,
                kind: Kind::Nothing,
            },
        };
        documents.push((start..end, root));
    }
    Ok(documents)
}

fn range_of(text: &str, node: &YamlNode) -> Range<usize> {
    let position = node.byte_range();
    let (start, end) = (position.start as usize, position.end as usize);
    let inside = &text[start..end];
    start + (inside.len() - inside.trim_start().len())..start + inside.trim_end().len()
}

fn convert(text: &str, node: &YamlNode, depth: usize) -> Result<Node, Broken> {
    let range = range_of(text, node);
    if depth > MAX_DEPTH {
        return Err(Broken {
            at: range.start,
            words: String::new(),
        });
    }
    Ok(match node {
        YamlNode::Scalar(scalar) => {
            let style = match text.as_bytes().get(range.start) {
                Some(b'"') => Style::Double,
                Some(b'\'') => Style::Single,
                Some(b'|' | b'>') => Style::Block,
                _ => Style::Plain,
            };
            Node {
                range,
                kind: Kind::Scalar(scalar.as_string(), style),
            }
        }
        YamlNode::Mapping(map) => {
            let flow = text[range.clone()].starts_with('{');
            let mut entries = Vec::new();
            for entry in map.entries() {
                entries.extend(convert_entry(text, &entry, depth)?);
            }
            let inner = entries
                .first()
                .map(|e: &Entry| e.at.start)
                .zip(entries.last().map(|e| e.range().end));
            Node {
                range: bounds(range, inner, flow),
                kind: Kind::Map(entries, flow),
            }
        }
        YamlNode::Sequence(list) => {
            let flow = text[range.clone()].starts_with('[');
            let items = list
                .values()
                .map(|i| convert(text, &i, depth + 1))
                .collect::<Result<Vec<_>, _>>()?;
            let inner = items.last().map(|i| (range.start, i.range.end));
            Node {
                range: bounds(range, inner, flow),
                kind: Kind::List(items, flow),
            }
        }
        YamlNode::Alias(_) | YamlNode::TaggedNode(_) => Node {
            range,
            kind: Kind::Opaque,
        },
    })
}

/// A block collection ends where its last member does; a flow one at its bracket.
fn bounds(range: Range<usize>, inner: Option<(usize, usize)>, flow: bool) -> Range<usize> {
    match inner {
        Some((start, end)) if !flow => start..end,
        _ => range,
    }
}

fn convert_entry(text: &str, entry: &MappingEntry, depth: usize) -> Result<Option<Entry>, Broken> {
    let Some(key) = entry.key_node() else {
        return Ok(None);
    };
    let at = range_of(text, &key);
    let name = match &key {
        YamlNode::Scalar(scalar) => scalar.as_string(),
        _ => text[at.clone()].to_owned(),
    };
    let colon = text[at.end..].find(':').map_or(at.end, |n| at.end + n + 1);
    let value = match entry.value_node() {
        Some(value) if value.byte_range().start as usize >= colon && !range_of(text, &value).is_empty() => {
            convert(text, &value, depth + 1)?
        }
        _ => Node {
            range: colon..colon,
            kind: Kind::Nothing,
        },
    };
    Ok(Some(Entry {
        key: name,
        at,
        colon,
        value,
    }))
}
