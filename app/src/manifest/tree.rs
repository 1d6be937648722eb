//! The tree of a text with byte ranges. The only module that names the YAML parser.
use super::{
    documents::Problem,
    path::{Path, Segment},
    scalar::Style,
};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::ops::Range;

/// How deep a manifest may nest. Kubernetes' own deepest schema needs about 30.
pub const MAX_DEPTH: usize = 100;

/// White space of YAML. Other characters that look empty, such as a non-breaking space, are part of a value.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

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

/// A parse error: where, in bytes, and what.
pub(super) struct Broken {
    pub at: usize,
    pub problem: Problem,
}

/// Reads every document of the text, strictly and in one pass; the root of an empty one is [`Kind::Nothing`].
/// It ends at the first error, and holds no more than the nodes that are open: nothing is expanded.
pub(super) fn read(text: &str) -> Result<Vec<Node>, Broken> {
    let mut builder = Builder::new(text);
    let mut parser = Parser::new_from_str(builder.body());
    while let Some(event) = parser.next_event() {
        builder.take(event)?;
    }
    Ok(builder.documents)
}

/// A collection whose end has not come.
struct Open {
    start: usize,
    tagged: bool,
    flow: bool,
    entries: Vec<Entry>,
    items: Vec<Node>,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
    is_map: bool,
}

struct Builder<'a> {
    text: &'a str,
    /// Bytes of a byte order mark, which the parser is not shown.
    skipped: usize,
    /// The byte of each character, where they differ: the parser counts characters.
    bytes: Option<Vec<usize>>,
    documents: Vec<Node>,
    open: Vec<Open>,
    aliases: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
        let body = &text[skipped..];
        let bytes = || {
            let starts = body.char_indices().map(|(n, _)| n);
            starts.chain([body.len()]).collect()
        };
        Self {
            text,
            skipped,
            bytes: (!body.is_ascii()).then(bytes),
            documents: Vec::new(),
            open: Vec::new(),
            aliases: 0,
        }
    }

    fn body(&self) -> &'a str {
        &self.text[self.skipped..]
    }

    fn byte(&self, character: usize) -> usize {
        let inside = match &self.bytes {
            None => character,
            Some(bytes) => bytes.get(character).copied().unwrap_or(usize::MAX),
        };
        self.text.len().min(inside.saturating_add(self.skipped))
    }

    /// What a span holds, without white space at its ends.
    fn range(&self, span: &Span) -> Range<usize> {
        let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
        let inside = &self.text[start..end.max(start)];
        let start = start + (inside.len() - inside.trim_start_matches(BLANKS).len());
        start..start + inside.trim_matches(BLANKS).len()
    }

    fn take(&mut self, event: Result<(Event<'_>, Span), ScanError>) -> Result<(), Broken> {
        let (event, span) = event.map_err(|error| {
            let at = self.byte(error.marker().index());
            match error.info() {
                // Its own limit, for brackets.
                "recursion limit exceeded" => broken(at, Problem::TooDeep),
                words => broken(at, Problem::Syntax(words.to_owned())),
            }
        })?;
        let start = self.byte(span.start.index());
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let mut range = self.range(&span);
                let style = style_of(style);
                if style == Style::Block {
                    // The parser's span begins below the sign.
                    range.start = content(self.text, self.after_sign(range.start)).min(range.start);
                } else if anchor > 0 {
                    range.start = content(self.text, range.start).min(range.end);
                }
                let kind = match style {
                    _ if tag.is_some() => Kind::Opaque,
                    Style::Plain if range.is_empty() || value.is_empty() => Kind::Nothing,
                    style => Kind::Scalar(value.into_owned(), style),
                };
                self.node(Node { range, kind });
            }
            Event::Alias(_) => {
                self.aliases += 1;
                if self.aliases > super::documents::MAX_ALIASES {
                    return Err(broken(start, Problem::TooManyAliases));
                }
                let range = self.range(&span);
                self.node(Node {
                    range,
                    kind: Kind::Opaque,
                });
            }
            Event::MappingStart(_, tag) => self.begin(start, tag.is_some(), true)?,
            Event::SequenceStart(_, tag) => self.begin(start, tag.is_some(), false)?,
            Event::MappingEnd | Event::SequenceEnd => self.finish(),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: usize, tagged: bool, is_map: bool) -> Result<(), Broken> {
        if self.open.len() > MAX_DEPTH {
            return Err(broken(start, Problem::TooDeep));
        }
        let start = content(self.text, start);
        let flow = self.text[start..].starts_with(if is_map { '{' } else { '[' });
        // A list that is not indented begins, for the parser, behind its first dash.
        let start = match self.open.last() {
            Some(parent) if parent.is_map && !is_map && !flow => {
                after_dash(self.text, self.after_sign(start)).saturating_sub(1)
            }
            _ => start,
        };
        self.open.push(Open {
            start,
            tagged,
            flow,
            entries: Vec::new(),
            items: Vec::new(),
            key: None,
            is_map,
        });
        Ok(())
    }

    /// Where the value begins that is read now: behind the `:` of its key or the dash of its member.
    fn after_sign(&self, fallback: usize) -> usize {
        match self.open.last() {
            Some(Open {
                key: Some((_, at)), ..
            }) => colon_after(self.text, at.end),
            Some(open) if !open.is_map && !open.flow => {
                after_dash(self.text, open.items.last().map_or(open.start, |i| i.range.end))
            }
            _ => fallback,
        }
    }

    fn finish(&mut self) {
        let Some(done) = self.open.pop() else { return };
        // A block ends where its last member does, and a member without a value at its sign.
        let last = if done.is_map {
            done.entries.last().map(|e| e.range().end)
        } else {
            done.items.last().map(|i| i.range.end)
        };
        let first = done
            .entries
            .first()
            .map_or(done.start, |e| e.at.start.min(done.start));
        let range = match last {
            _ if done.flow => done.start..closed(self.text, last.unwrap_or(done.start + 1)),
            Some(last) => first..last.max(first),
            None => done.start..done.start,
        };
        let kind = match (done.tagged, done.is_map) {
            (true, _) => Kind::Opaque,
            (false, true) => Kind::Map(done.entries, done.flow),
            (false, false) => Kind::List(done.items, done.flow),
        };
        self.node(Node { range, kind });
    }

    /// Puts a finished node into what it belongs to.
    fn node(&mut self, mut node: Node) {
        let text = self.text;
        let Some(parent) = self.open.last_mut() else {
            self.documents.push(node);
            return;
        };
        if !parent.is_map {
            if matches!(node.kind, Kind::Nothing) {
                let after = parent.items.last().map_or(parent.start, |i| i.range.end);
                let at = after_dash(text, after);
                node.range = at..at;
            }
            parent.items.push(node);
            return;
        }
        match parent.key.take() {
            None => {
                let name = match node.kind {
                    Kind::Scalar(name, _) => name,
                    _ => text[node.range.clone()].to_owned(),
                };
                parent.key = Some((name, node.range));
            }
            Some((key, at)) => {
                let colon = colon_after(text, at.end);
                if matches!(node.kind, Kind::Nothing) {
                    node.range = colon..colon;
                }
                parent.entries.push(Entry {
                    key,
                    at,
                    colon,
                    value: node,
                });
            }
        }
    }
}

fn broken(at: usize, problem: Problem) -> Broken {
    Broken { at, problem }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

/// The end of the `:` behind a key; a key in `{…}` may have none.
fn colon_after(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(BLANKS);
    if rest.starts_with(':') {
        text.len() - rest.len() + 1
    } else {
        at
    }
}

/// The end of the bracket that closes a flow collection whose last member ends at `at`.
fn closed(text: &str, at: usize) -> usize {
    let mut rest = &text[at.min(text.len())..];
    loop {
        rest = rest.trim_start_matches(|c| BLANKS.contains(&c) || c == ',');
        if !rest.starts_with('#') {
            // Behind the bracket; the parser has seen that it is there.
            return (text.len() - rest.len() + 1).min(text.len());
        }
        rest = rest.split_once('\n').map_or("", |(_, below)| below);
    }
}

/// Where a node's content begins: behind white space, its anchor and its tag.
pub(super) fn content(text: &str, mut at: usize) -> usize {
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(BLANKS).len();
        if !text[at..].starts_with(['&', '!']) {
            return at;
        }
        at += text[at..].find(BLANKS).unwrap_or(text.len() - at);
    }
}

/// The end of the next dash that begins a member, from `at` on.
fn after_dash(text: &str, at: usize) -> usize {
    let mut line_at = at;
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim_start_matches(BLANKS);
        if content.starts_with('-') {
            return line_at + (line.len() - content.len()) + 1;
        }
        line_at += line.len();
    }
    at
}
