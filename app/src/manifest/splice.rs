//! Where to cut and what to put in: the lowest level of an edit.
use super::{
    scalar::{self, Style},
    tree::{Kind, Node},
};
use std::ops::Range;

/// One replacement.
pub(super) struct Splice {
    pub range: Range<usize>,
    pub with: String,
}

/// What is written at a new place, before its indentation is known.
pub(super) enum Content {
    /// A scalar, already written.
    Scalar(String),
    /// Lines of YAML without indentation; continuation lines carry their own below it.
    Lines(Vec<String>),
}

impl Content {
    /// Below the missing rest of a path: `a`, `b` around `x` become `a:`, `  b: x`.
    pub fn below(self, keys: &[String]) -> Self {
        keys.iter().rev().fold(self, |inner, key| {
            let key = scalar::string(key, Style::Plain, false);
            match inner {
                Self::Scalar(text) => Self::Lines(vec![format!("{key}: {text}")]),
                Self::Lines(lines) => {
                    let nested = lines.into_iter().map(|line| format!("  {line}"));
                    Self::Lines(std::iter::once(format!("{key}:")).chain(nested).collect())
                }
            }
        })
    }

    /// As [`Self::below`], between braces.
    pub fn below_in_flow(self, keys: &[String]) -> Option<Self> {
        let Some((last, above)) = keys.split_last() else {
            return Some(self);
        };
        let last = scalar::string(last, Style::Plain, true);
        let inner = match &self {
            Self::Scalar(text) => format!("{last}: {text}"),
            Self::Lines(lines) if lines.first().is_some_and(|l| l.starts_with("- ")) => return None,
            Self::Lines(_) => format!("{last}: {{{}}}", self.flow()?),
        };
        let nest =
            |inner: String, key: &String| format!("{}: {{{inner}}}", scalar::string(key, Style::Plain, true));
        Some(Self::Lines(vec![above.iter().rev().fold(inner, nest)]))
    }

    /// As a member of a list: `- ` before the first line, two spaces before the others.
    pub fn item(self) -> Self {
        let lines = match self {
            Self::Scalar(text) => vec![text],
            Self::Lines(lines) => lines,
        };
        let marked = lines
            .into_iter()
            .enumerate()
            .map(|(n, l)| format!("{}{l}", if n == 0 { "- " } else { "  " }));
        Self::Lines(marked.collect())
    }

    /// As text whose lines begin at a column.
    pub fn indented(self, column: usize) -> String {
        match self {
            Self::Scalar(text) => text,
            Self::Lines(lines) => {
                let pad = " ".repeat(column);
                lines
                    .iter()
                    .map(|line| format!("{pad}{line}"))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        }
    }

    /// `k: v` lines as they stand between braces; `None` when they nest.
    pub fn flow(&self) -> Option<String> {
        match self {
            Self::Scalar(text) => Some(text.clone()),
            Self::Lines(lines) if lines.iter().all(|l| !l.starts_with(' ') && !l.ends_with(':')) => {
                Some(lines.join(", "))
            }
            Self::Lines(_) => None,
        }
    }
}

/// The column of a byte: how many characters stand before it in its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    let start = line_start(text, at);
    text[start..at].chars().count()
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n)
}

/// Puts lines below the line in which a block node ends.
fn after_line(text: &str, at: usize, body: &str) -> Splice {
    let end = line_end(text, at);
    Splice {
        range: end..end,
        with: format!("\n{body}"),
    }
}

/// One more entry in a map that has some.
pub(super) fn into_map(text: &str, map: &Node, content: Content) -> Option<Splice> {
    let Kind::Map(entries, flow) = &map.kind else {
        return None;
    };
    let last = entries.last()?;
    if *flow {
        let end = last.range().end;
        return Some(Splice {
            range: end..end,
            with: format!(", {}", content.flow()?),
        });
    }
    let body = content.indented(column(text, entries.first()?.at.start));
    Some(after_line(text, last.range().end, &body))
}

/// One more member in a list that has some.
pub(super) fn into_list(text: &str, list: &Node, content: Content) -> Option<Splice> {
    let Kind::List(items, flow) = &list.kind else {
        return None;
    };
    let last = items.last()?;
    if *flow {
        let inner = match &content {
            Content::Scalar(_) => content.flow()?,
            Content::Lines(_) => format!("{{{}}}", content.flow()?),
        };
        return Some(Splice {
            range: last.range.end..last.range.end,
            with: format!(", {inner}"),
        });
    }
    let body = content.item().indented(column(text, list.range.start));
    Some(after_line(text, last.range.end, &body))
}

/// Gives a key that has no value (or `{}`, `[]`, `null`) one, as lines below it.
pub(super) fn below_key(text: &str, colon: usize, old: &Node, content: Content, indent: usize) -> Splice {
    match content {
        Content::Scalar(scalar) => {
            let range = if old.range.is_empty() {
                colon..colon
            } else {
                old.range.clone()
            };
            let with = if old.range.is_empty() {
                format!(" {scalar}")
            } else {
                scalar
            };
            Splice { range, with }
        }
        lines @ Content::Lines(_) if matches!(old.kind, Kind::Nothing) => {
            after_line(text, colon, &lines.indented(indent))
        }
        lines @ Content::Lines(_) => {
            // The comment behind the old value stays in its line.
            let end = line_end(text, old.range.end);
            let rest = &text[old.range.end..end];
            Splice {
                range: colon..end,
                with: format!("{rest}\n{}", lines.indented(indent)),
            }
        }
    }
}

/// Takes a member of a flow collection out, with one comma.
pub(super) fn out_of_flow(
    text: &str,
    range: Range<usize>,
    previous: Option<usize>,
    next: Option<usize>,
) -> Splice {
    let range = match (next, previous) {
        (Some(next), _) => range.start..next,
        (None, Some(previous)) => previous..range.end,
        (None, None) => range,
    };
    debug_assert!(text.is_char_boundary(range.start));
    Splice {
        range,
        with: String::new(),
    }
}

/// The whole lines of a block node, with the line end; with the comment lines right above it if asked for.
pub(super) fn whole_lines(text: &str, range: &Range<usize>, with_comments: bool) -> Range<usize> {
    let mut start = line_start(text, range.start);
    let indent = column(text, range.start - dash_before(text, range.start));
    while with_comments && start > 0 {
        let above = line_start(text, start - 1);
        let line = &text[above..start];
        let content = line.trim_start();
        if !content.starts_with('#') || line.len() - content.len() != indent {
            break;
        }
        start = above;
    }
    let end = line_end(text, range.end);
    if end < text.len() {
        start..end + 1
    } else {
        start.saturating_sub(1)..end
    }
}

/// How many bytes lie between the dash of a list member and the member.
pub(super) fn dash_before(text: &str, at: usize) -> usize {
    let before = &text[line_start(text, at)..at];
    before
        .rfind('-')
        .filter(|n| before[*n + 1..].trim().is_empty())
        .map_or(0, |n| before.len() - n)
}
