//! The bundle: one text of several documents, and what is wrong with it.
use super::{
    path::{Path, Place, Segment},
    tree::{self, Entry, Kind, Node},
};
use std::{fmt, ops::Range};

/// The largest text that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most documents in one text.
pub const MAX_DOCUMENTS: usize = 200;
/// The most aliases (`*name`) in one text. They are never expanded here.
pub const MAX_ALIASES: usize = 1000;

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Above [`MAX_BYTES`].
    TooLarge,
    /// Above [`MAX_DOCUMENTS`].
    TooManyDocuments,
    /// Nested deeper than [`tree::MAX_DEPTH`].
    TooDeep,
    /// Above [`MAX_ALIASES`].
    TooManyAliases,
    /// A template for Helm or Go, not yet a manifest.
    Template,
    /// No YAML; in the parser's words.
    Syntax(String),
    /// A key that stands twice in the same map.
    Duplicate(String),
    /// The keys of a second object in the first one: the `---` between them is missing.
    MissingSeparator,
    /// A document without `apiVersion` and `kind`.
    NotAnObject,
    /// Nothing but comments.
    Empty,
    /// Bytes that are no text in UTF-8.
    NotText,
    /// A character that looks like YAML's own and is not.
    OddCharacter(char),
    /// A line that begins with `//`, which is no comment in YAML.
    SlashComment,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "above {MAX_BYTES} bytes"),
            Self::TooManyDocuments => write!(f, "above {MAX_DOCUMENTS} documents"),
            Self::TooDeep => f.write_str("nested too deep"),
            Self::TooManyAliases => write!(f, "above {MAX_ALIASES} aliases"),
            Self::Template => f.write_str("a template, not yet a manifest"),
            Self::Syntax(words) => f.write_str(words),
            Self::Duplicate(key) => write!(f, "the key {key:?} stands twice"),
            Self::MissingSeparator => f.write_str("a second object begins here without --- above it"),
            Self::NotAnObject => f.write_str("no apiVersion and kind"),
            Self::Empty => f.write_str("nothing in it"),
            Self::NotText => f.write_str("no text in UTF-8"),
            Self::OddCharacter(odd) => write!(f, "the character {odd:?}"),
            Self::SlashComment => f.write_str("// begins no comment"),
        }
    }
}

/// A problem with its place, both counted from 1; the column counts characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// One document of the bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its bytes, from the line after `---` to the last line.
    pub range: Range<usize>,
    /// Its lines, counted from 0, end exclusive.
    pub lines: Range<usize>,
    /// The tree.
    pub root: Node,
}

impl Document {
    /// The text of a scalar, empty when absent.
    pub fn text(&self, path: &str) -> &str {
        self.root.below(path).and_then(Node::text).unwrap_or_default()
    }

    /// `kind`
    pub fn kind(&self) -> &str {
        self.text("kind")
    }

    /// `apiVersion`
    pub fn api_version(&self) -> &str {
        self.text("apiVersion")
    }

    /// `metadata.name`
    pub fn name(&self) -> &str {
        self.text("metadata.name")
    }

    /// `metadata.namespace`
    pub fn namespace(&self) -> &str {
        self.text("metadata.namespace")
    }
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The text itself.
    pub text: String,
    /// The documents that hold something, in their order.
    pub documents: Vec<Document>,
}

impl Bundle {
    /// Reads a text.
    ///
    /// # Errors
    /// The first problem, with its line and column.
    pub fn read(text: &str) -> Result<Self, Finding> {
        let find = |at: usize, problem| finding(text, at, problem);
        if text.len() > MAX_BYTES {
            return Err(find(0, Problem::TooLarge));
        }
        if let Some(at) = template(text) {
            return Err(find(at, Problem::Template));
        }
        let read = tree::read(text).map_err(|broken| {
            // Braces of a template begin a flow map, whose error would say nothing to its author.
            let problem = match (text.find("{{"), broken.problem) {
                (Some(_), Problem::Syntax(_)) => Problem::Template,
                (_, problem) => problem,
            };
            find(broken.at, problem)
        })?;
        if read.len() > MAX_DOCUMENTS {
            return Err(find(0, Problem::TooManyDocuments));
        }
        let held: Vec<Node> = read.into_iter().filter(|r| !r.is_nothing()).collect();
        let starts: Vec<usize> = held.iter().map(|root| start_of(text, root.range.start)).collect();
        let documents = held
            .into_iter()
            .enumerate()
            .map(|(n, root)| {
                let next = starts.get(n + 1).copied().unwrap_or(text.len());
                let end = marker_before(text, starts[n], next);
                let first = line_of(text, starts[n]);
                let lines = first..first + text[starts[n]..end].lines().count();
                Document {
                    range: starts[n]..end,
                    lines,
                    root,
                }
            })
            .collect();
        Ok(Self {
            text: text.to_owned(),
            documents,
        })
    }

    /// The number of the first document of a kind.
    pub fn find(&self, kind: &str) -> Option<usize> {
        self.documents.iter().position(|d| d.kind() == kind)
    }

    /// The node at a place.
    pub fn at(&self, place: &Place) -> Option<&Node> {
        self.documents.get(place.document)?.root.at(&place.path)
    }

    /// The text of a scalar, empty when absent.
    pub fn get(&self, place: &Place) -> &str {
        self.at(place).and_then(Node::text).unwrap_or_default()
    }

    /// The lines of a place, counted from 0, end exclusive: its key and its value. `None` when it is absent.
    pub fn lines(&self, place: &Place) -> Option<Range<usize>> {
        let node = self.at(place)?;
        let parent = place.path.parent().and_then(|p| {
            self.at(&Place {
                document: place.document,
                path: p,
            })
        });
        let entry = parent.and_then(|p| {
            p.entries()
                .iter()
                .find(|e| std::ptr::eq(&raw const e.value, node))
        });
        let range = entry.map_or_else(|| node.range.clone(), Entry::range);
        let end = range.end.max(range.start + 1) - 1;
        Some(line_of(&self.text, range.start)..line_of(&self.text, end.min(self.text.len())) + 1)
    }

    /// What stands in a line (counted from 0): the deepest place whose key is there, or that spans it.
    pub fn place_of_line(&self, line: usize) -> Option<Place> {
        let document = self.documents.iter().position(|d| d.lines.contains(&line))?;
        let mut path = Path::default();
        let mut node = &self.documents[document].root;
        while let Some((segment, next)) = self.child_of_line(node, line) {
            path.0.push(segment);
            node = next;
        }
        Some(Place { document, path })
    }

    fn child_of_line<'a>(&self, node: &'a Node, line: usize) -> Option<(Segment, &'a Node)> {
        let spans = |r: Range<usize>| {
            (line_of(&self.text, r.start)..=line_of(&self.text, r.end.max(r.start + 1) - 1)).contains(&line)
        };
        match &node.kind {
            Kind::Map(entries, _) => entries
                .iter()
                .find(|e| spans(e.range()))
                .map(|e| (Segment::Key(e.key.clone()), &e.value)),
            Kind::List(items, _) => items
                .iter()
                .enumerate()
                .find(|(_, i)| spans(i.range.clone()))
                .map(|(n, i)| (Segment::Index(n), i)),
            _ => None,
        }
    }
}

/// The line of a byte, counted from 0.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}

/// A problem at a byte of the text.
pub(super) fn finding(text: &str, at: usize, problem: Problem) -> Finding {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|n| text.is_char_boundary(*n))
        .unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    Finding {
        line: line_of(text, at) + 1,
        column: text[line_start..at].chars().count() + 1,
        problem,
    }
}

/// Where a document starts: after the `---` above its first content, so that its head comment belongs to it.
fn start_of(text: &str, content: usize) -> usize {
    let mut start = 0;
    let mut at = 0;
    for line in text[..content].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" || line.starts_with("--- ") || line.trim_end() == "..." {
            start = at.min(content);
        }
    }
    start
}

/// The end of a document that begins at `start` when the next begins at `next`: before the first `---` between.
fn marker_before(text: &str, start: usize, next: usize) -> usize {
    let mut at = start;
    for line in text[start..next].split_inclusive('\n') {
        if line.trim_end() == "---" || line.starts_with("--- ") || line.trim_end() == "..." {
            return at;
        }
        at += line.len();
    }
    next
}

/// A line that is nothing but a directive of a template, or a value that begins with one.
fn template(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start().trim_start_matches("- ");
        if content.starts_with("{{") || line.contains(": {{") {
            return Some(at + line.find("{{").unwrap_or(0));
        }
        at += line.len();
    }
    None
}
