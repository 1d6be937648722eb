//! Aliases and merge keys written out: Kubernetes' reader expands them, a form cannot show what they stand for.
use super::{
    documents::Bundle,
    path::{Place, Segment},
    scalar::{self, Style},
    splice::{self, Content},
    tree::{self, Entry, Kind, Node, each},
};

/// The most aliases that are written out one by one, with the comments around them.
const ONE_BY_ONE: usize = 60;

/// Where the aliases and merge keys of a document are; what is below a merge key goes with it.
pub fn aliases(bundle: &Bundle, document: usize) -> Vec<Place> {
    let mut found = Vec::new();
    if let Some(root) = bundle.documents.get(document).map(|d| &d.root) {
        each(root, Place::new(document, ""), &mut |place, node| {
            let above = place.path.0.iter().rev().skip(1).any(is_merge);
            let merges = place.path.0.last().is_some_and(is_merge);
            if !above && (merges || is_alias(&bundle.text, node)) {
                found.push(place.clone());
            }
        });
    }
    found
}

/// A document without any alias; as the cluster would write it where that cannot be done in the text.
pub(super) fn all(bundle: &Bundle, document: usize) -> String {
    let Some(range) = bundle.documents.get(document).map(|d| d.range.clone()) else {
        return String::new();
    };
    let text = bundle.text[range].to_owned();
    let plain = |mut text: String| {
        for _ in 0..ONE_BY_ONE {
            let read = Bundle::read(&text).ok()?;
            let Some(place) = aliases(&read, 0).into_iter().next() else {
                return Some(text);
            };
            text = written_out(&read, &place)?;
        }
        None
    };
    plain(text).unwrap_or_else(|| super::write::yaml(&bundle.json(document).0))
}

fn is_merge(segment: &Segment) -> bool {
    matches!(segment, Segment::Key(key) if **key == *"<<")
}

fn is_alias(text: &str, node: &Node) -> bool {
    matches!(node.kind, Kind::Opaque) && text[node.range.clone()].starts_with('*')
}

/// The text with what one alias or merge key stands for; what that names in turn is left to the next call.
pub fn written_out(bundle: &Bundle, place: &Place) -> Option<String> {
    let node = bundle.at(place)?;
    let parent = bundle.at(&Place {
        document: place.document,
        path: place.path.parent()?,
    })?;
    let entry = parent
        .entries()
        .iter()
        .find(|e| std::ptr::eq(&raw const e.value, node));
    let in_flow = matches!(parent.kind, Kind::Map(_, true) | Kind::List(_, true));
    let (range, with) = match entry {
        Some(entry) if is_merge(place.path.0.last()?) => {
            let lines = merged(bundle, parent, entry, node)?;
            let with = if in_flow {
                Content::Lines(lines).flow()?
            } else {
                let column = splice::column(&bundle.text, entry.at.start);
                Content::Lines(lines).indented(column).trim_start().to_owned()
            };
            (entry.range(), with)
        }
        _ => match (
            content(&bundle.text, target(bundle, place.document, node)?)?,
            entry,
        ) {
            (Content::Scalar(text), _) => (node.range.clone(), text),
            (lines, _) if in_flow => (node.range.clone(), format!("{{{}}}", lines.flow()?)),
            (lines, Some(entry)) => {
                let column = splice::column(&bundle.text, entry.at.start);
                (
                    entry.colon..node.range.end,
                    format!("\n{}", lines.indented(column + 2)),
                )
            }
            (lines, None) => {
                let column = splice::column(&bundle.text, node.range.start);
                (node.range.clone(), lines.indented(column).trim_start().to_owned())
            }
        },
    };
    let text = [&bundle.text[..range.start], &with, &bundle.text[range.end..]].concat();
    // A copy that cannot be read, or that loses a document, is none.
    let read = Bundle::read(&text).ok()?;
    (read.documents.len() == bundle.documents.len()).then_some(text)
}

/// The entries that a merge key brings: those that the map has not itself.
fn merged(bundle: &Bundle, map: &Node, merge: &Entry, value: &Node) -> Option<Vec<String>> {
    let document = bundle.documents.iter().position(|d| {
        let range = &d.root.range;
        range.start <= merge.at.start && merge.at.start < range.end
    })?;
    let sources: Vec<&Node> = match &value.kind {
        Kind::List(items, _) => items.iter().collect(),
        _ => vec![value],
    };
    // What stands above a merge key is written over by it: nobody means that, and no copy shows it.
    let below = map.entries().iter().skip_while(|e| !std::ptr::eq(*e, merge));
    let mut taken: Vec<&str> = below.map(|e| &*e.key).filter(|k| *k != "<<").collect();
    let above: Vec<&str> = map.entries().iter().map(|e| &*e.key).collect();
    let mut lines = Vec::new();
    for source in sources {
        let source = if is_alias(&bundle.text, source) {
            target(bundle, document, source)?
        } else {
            source
        };
        for entry in source.entries().iter().filter(|e| !taken.contains(&&*e.key)) {
            if above.contains(&&*entry.key) {
                return None;
            }
            let Content::Lines(more) = content(&bundle.text, &entry.value)?.below(&[entry.key.to_string()])
            else {
                return None;
            };
            lines.extend(more);
        }
        taken.extend(source.entries().iter().map(|e| &*e.key));
    }
    (!lines.is_empty()).then_some(lines)
}

/// What an alias names: the node behind the last anchor of this name before it.
fn target<'a>(bundle: &'a Bundle, document: usize, alias: &Node) -> Option<&'a Node> {
    let name = bundle.text[alias.range.clone()].strip_prefix('*')?;
    let document = bundle.documents.get(document)?;
    let before = &bundle.text[document.range.start..alias.range.start];
    let anchor = format!("&{name}");
    let at = before.rmatch_indices(&anchor).map(|(at, _)| at).find(|at| {
        let ends = before[at + anchor.len()..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || ",]}".contains(c));
        let begins = before[..*at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || "[{,".contains(c));
        ends && begins
    })?;
    let start = tree::content(&bundle.text, document.range.start + at);
    find(&document.root, start)
}

fn find(node: &Node, start: usize) -> Option<&Node> {
    if node.range.start == start && !matches!(node.kind, Kind::Nothing) {
        return Some(node);
    }
    let values = node.entries().iter().map(|e| &e.value);
    values.chain(node.items()).find_map(|n| find(n, start))
}

/// A copy of a node, without comments.
fn content(text: &str, node: &Node) -> Option<Content> {
    let held = &text[node.range.clone()];
    Some(match &node.kind {
        Kind::Scalar(value, _) if held.contains('\n') => {
            Content::Scalar(scalar::string(value, Style::Double, false))
        }
        Kind::Scalar(..) | Kind::Opaque if !held.contains('\n') => Content::Scalar(held.to_owned()),
        Kind::Opaque | Kind::Scalar(..) => return None,
        Kind::Nothing => Content::Scalar("null".to_owned()),
        Kind::Map(entries, _) if entries.is_empty() => Content::Scalar("{}".to_owned()),
        Kind::List(items, _) if items.is_empty() => Content::Scalar("[]".to_owned()),
        Kind::Map(entries, _) => {
            let all = entries
                .iter()
                .map(|e| Some(content(text, &e.value)?.below(&[e.key.to_string()])));
            lines(all)?
        }
        Kind::List(items, _) => lines(items.iter().map(|i| Some(content(text, i)?.item())))?,
    })
}

fn lines(all: impl Iterator<Item = Option<Content>>) -> Option<Content> {
    let mut lines = Vec::new();
    for content in all {
        match content? {
            Content::Lines(more) => lines.extend(more),
            Content::Scalar(one) => lines.push(one),
        }
    }
    Some(Content::Lines(lines))
}
