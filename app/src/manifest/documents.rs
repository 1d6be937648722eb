//! The bundle: one text of several documents, and what is wrong with it.
use super::{
    path::{Path, Place, Segment},
    pieces::pieces,
    problem::{Finding, MAX_BYTES, MAX_DOCUMENTS, Problem, finding, line_of},
    tree::{self, Entry, Kind, Node},
};
use std::ops::Range;

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
        let pieces = pieces(text).map_err(|(at, problem)| find(at, problem))?;
        let (mut documents, mut at, mut line) = (Vec::new(), 0, 0);
        for piece in pieces {
            line += text[at..piece.start].matches('\n').count();
            let lines = text[piece.clone()].lines().count();
            if let Some(at) = directive(&text[piece.clone()]) {
                return Err(find(piece.start + at, Problem::Directive));
            }
            let roots = tree::read(text, piece.clone()).map_err(|broken| {
                let problem = match broken.problem {
                    Problem::Syntax(_) | Problem::ComplexKey if has_braces(text, broken.at) => {
                        Problem::Template
                    }
                    problem => problem,
                };
                find(broken.at, problem)
            })?;
            documents.extend(roots.into_iter().find(|r| !r.is_nothing()).map(|root| Document {
                range: piece.clone(),
                lines: line..line + lines,
                root,
            }));
            if documents.len() > MAX_DOCUMENTS {
                return Err(find(0, Problem::TooManyDocuments));
            }
            line += text[piece.clone()].matches('\n').count();
            at = piece.end;
        }
        Ok(Self {
            text: text.to_owned(),
            documents,
        })
    }

    /// A document as the JSON that kubectl makes of it, and whether a strict reader would refuse it for a key that
    /// stands twice; null for a document that is not there.
    pub fn json(&self, document: usize) -> (serde_json::Value, bool) {
        let document = self.documents.get(document);
        let read = document.and_then(|d| tree::value(&self.text, d.range.clone()).ok());
        read.map(|r| (r.value, r.doubled)).unwrap_or_default()
    }

    /// The number of the first document of a kind.
    pub fn find(&self, kind: &str) -> Option<usize> {
        self.documents.iter().position(|d| d.kind() == kind)
    }

    /// The documents that are StatefulSets.
    pub fn sets(&self) -> impl Iterator<Item = usize> {
        let documents = self.documents.iter().enumerate();
        documents
            .filter(|(_, d)| d.kind() == "StatefulSet")
            .map(|(n, _)| n)
    }

    /// The n-th StatefulSet; the last one where there are fewer.
    pub fn nth_set(&self, n: usize) -> Option<usize> {
        self.sets().take(n.saturating_add(1)).last()
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

/// Where a directive stands that begins a document.
fn directive(piece: &str) -> Option<usize> {
    let mut at = 0;
    for line in piece.split_inclusive('\n') {
        match line.trim_start_matches('\u{feff}').trim_end() {
            directive if directive.starts_with('%') => return Some(at),
            "" => {}
            comment if comment.starts_with('#') => {}
            _ => return None,
        }
        at += line.len();
    }
    None
}

/// Whether the line of an error, or one of the two above it, has the braces of a template.
fn has_braces(text: &str, at: usize) -> bool {
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    text[..end].lines().rev().take(3).any(|line| line.contains("{{"))
}
