//! From the events of the YAML parser to the tree. The only module that names the parser.
use super::{
    Entry, Kind, MAX_DEPTH, Node,
    marks::{BLANKS, after_dash, closed, colon_after, content, quoted},
};
use crate::manifest::{
    problem::{MAX_ALIASES, Problem},
    scalar::Style,
};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::{ops::Range, sync::Arc};

/// A parse error: where, in bytes, and what.
pub(in crate::manifest) struct Broken {
    pub at: usize,
    pub problem: Problem,
}

/// Reads a part of the text, strictly and in one pass; the root of an empty document is [`Kind::Nothing`].
/// It ends at the first error, and holds no more than the nodes that are open: nothing is expanded.
pub(in crate::manifest) fn read(text: &str, part: Range<usize>) -> Result<Vec<Node>, Broken> {
    let mut builder = Builder::new(text, part);
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
    key: Option<(Arc<str>, Range<usize>)>,
    is_map: bool,
}

struct Builder<'a> {
    text: &'a str,
    /// What the parser is shown: a document, without a byte order mark.
    part: Range<usize>,
    /// The byte of each character, where they differ: the parser counts characters.
    bytes: Option<Vec<usize>>,
    documents: Vec<Node>,
    open: Vec<Open>,
    aliases: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, part: Range<usize>) -> Self {
        let body = text[part.clone()].trim_start_matches('\u{feff}');
        let bytes = || {
            let starts = body.char_indices().map(|(n, _)| n);
            starts.chain([body.len()]).collect()
        };
        Self {
            text,
            part: part.end - body.len()..part.end,
            bytes: (!body.is_ascii()).then(bytes),
            documents: Vec::new(),
            open: Vec::new(),
            aliases: 0,
        }
    }

    fn body(&self) -> &'a str {
        &self.text[self.part.clone()]
    }

    fn byte(&self, character: usize) -> usize {
        let inside = match &self.bytes {
            None => character,
            Some(bytes) => bytes.get(character).copied().unwrap_or(usize::MAX),
        };
        self.part.end.min(inside.saturating_add(self.part.start))
    }

    /// What a span holds, without white space at its ends.
    fn range(&self, span: &Span) -> Range<usize> {
        let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
        let inside = &self.text[start..end.max(start)];
        let start = start + (inside.len() - inside.trim_start_matches(BLANKS).len());
        start..start + inside.trim_matches(BLANKS).len()
    }

    fn take(&mut self, event: Result<(Event<'_>, Span), ScanError>) -> Result<(), Broken> {
        let (event, span) =
            event.map_err(|error| broken(self.byte(error.marker().index()), problem_of(&error)))?;
        let start = self.byte(span.start.index());
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let mut range = self.range(&span);
                let style = style_of(style);
                if style == Style::Block {
                    // The parser's span begins below the sign, or with the anchor before it.
                    let mut sign = content(self.text, self.after_sign(range.start));
                    while self.text[sign..].starts_with('#') {
                        let end = self.text[sign..]
                            .find(['\n', '\r'])
                            .map_or(self.text.len(), |n| sign + n);
                        sign = content(self.text, end);
                    }
                    if sign < range.end && self.text[sign..].starts_with(['|', '>']) {
                        range.start = sign;
                    }
                } else if anchor > 0 {
                    range.start = content(self.text, range.start).min(range.end);
                }
                if matches!(style, Style::Single | Style::Double) {
                    // The parser's span goes on to the end of the comment behind it.
                    let start = content(self.text, range.start).min(range.end);
                    range.end = start + quoted(&self.text[start..range.end], style);
                }
                let kind = match style {
                    _ if tag.is_some() => Kind::Opaque,
                    Style::Plain if range.is_empty() || value.is_empty() => Kind::Nothing,
                    style => Kind::Scalar(value.into_owned(), style),
                };
                self.node(Node { range, kind })?;
            }
            Event::Alias(_) => {
                self.aliases += 1;
                if self.aliases > MAX_ALIASES {
                    return Err(broken(start, Problem::TooManyAliases));
                }
                let range = self.range(&span);
                self.node(Node {
                    range,
                    kind: Kind::Opaque,
                })?;
            }
            Event::MappingStart(_, tag) => self.begin(start, tag.is_some(), true)?,
            Event::SequenceStart(_, tag) => self.begin(start, tag.is_some(), false)?,
            Event::MappingEnd | Event::SequenceEnd => self.finish()?,
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

    fn finish(&mut self) -> Result<(), Broken> {
        let Some(done) = self.open.pop() else {
            return Ok(());
        };
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
        self.node(Node { range, kind })
    }

    /// Puts a finished node into what it belongs to.
    fn node(&mut self, mut node: Node) -> Result<(), Broken> {
        let text = self.text;
        let Some(parent) = self.open.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        if !parent.is_map {
            if matches!(node.kind, Kind::Nothing) {
                let after = parent.items.last().map_or(parent.start, |i| i.range.end);
                let at = after_dash(text, after);
                node.range = at..at;
            }
            parent.items.push(node);
            return Ok(());
        }
        match parent.key.take() {
            None => {
                let name = match node.kind {
                    Kind::Scalar(name, _) => name.into(),
                    // As `{{ .Values.x }}` of a template looks to a reader of YAML.
                    Kind::Map(..) | Kind::List(..) => {
                        return Err(broken(node.range.start, Problem::ComplexKey));
                    }
                    _ => text[node.range.clone()].into(),
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
        Ok(())
    }
}

pub(super) fn broken(at: usize, problem: Problem) -> Broken {
    Broken { at, problem }
}

/// What the parser has against a text.
pub(super) fn problem_of(error: &ScanError) -> Problem {
    match error.info() {
        // Its own limit, for brackets.
        "recursion limit exceeded" => Problem::TooDeep,
        words => Problem::Syntax(words.to_owned()),
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}
