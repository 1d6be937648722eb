//! Scalars that are written over scalars: what a key in a form does. The tree follows without another reading of the
//! text where that is safe, so that typing costs the same in a text of thousands of lines as in a short one.
use super::{Edit, Value, in_flow, write::set};
use crate::manifest::{
    documents::{Bundle, Document},
    path::Place,
    problem::MAX_BYTES,
    splice::Splice,
    tree::{self, Kind, Node},
};
use std::ops::Range;

/// One scalar that is written over another.
struct Write<'a> {
    splice: Splice,
    place: &'a Place,
    value: &'a Value,
}

/// Sets several scalars that are there already: one reading of the text serves all of them, and one shows that they
/// hold. `None` where one of them is anything else, or they touch each other: then they are made one after the other.
pub(in crate::manifest) fn set_together<'a>(
    bundle: &Bundle,
    edits: impl Iterator<Item = &'a Edit>,
) -> Option<Bundle> {
    let mut writes = Vec::new();
    for edit in edits {
        let Edit::Set(place, value) = edit else {
            return None;
        };
        let there = bundle.at(place).is_some_and(|n| n.text().is_some());
        let splice = set(bundle, place, value).ok().filter(|_| there)?;
        writes.push(Write { splice, place, value });
    }
    writes.sort_by_key(|w| w.splice.range.start);
    let touch = |pair: &[Write<'_>]| pair[0].splice.range.end > pair[1].splice.range.start;
    if writes.windows(2).any(touch) {
        return None;
    }
    let mut text = bundle.text.clone();
    for write in writes.iter().rev() {
        text.replace_range(write.splice.range.clone(), &write.splice.with);
    }
    if let Some(followed) = follow(bundle, &writes, &text) {
        return Some(followed);
    }
    let read = Bundle::read(&text).ok()?;
    let kept = writes.iter().all(|w| read.get(w.place) == w.value.as_str());
    (kept && read.documents.len() == bundle.documents.len()).then_some(read)
}

/// The bundle of the new text, from the old one: every scalar stays in its line, and is what it is wherever it stands.
/// `None` where that is not certain. Property tests hold it to what [`Bundle::read`] makes of the text.
fn follow(bundle: &Bundle, writes: &[Write<'_>], text: &str) -> Option<Bundle> {
    let new = writes.iter().map(|w| Some((&w.splice, alone(bundle, w)?)));
    let new: Vec<(&Splice, Kind)> = new.collect::<Option<_>>()?;
    if text.len() > MAX_BYTES {
        return None;
    }
    let documents = bundle.documents.iter().map(|d| Document {
        range: moved(&d.range, &new),
        lines: d.lines.clone(),
        root: node(&d.root, &new),
    });
    Some(Bundle {
        text: text.to_owned(),
        documents: documents.collect(),
    })
}

/// What the parser makes of a scalar on its own; `None` where more than its line may change with it.
fn alone(bundle: &Bundle, write: &Write<'_>) -> Option<Kind> {
    let Splice { range, with } = &write.splice;
    // A brace may begin a template, which a bundle is not read with.
    let odd = bundle.text[range.clone()].contains(['\n', '\r']) || with.contains(['\n', '\r', '{']);
    let root = &bundle.documents.get(write.place.document)?.root;
    let text = if in_flow(root, &write.place.path) {
        format!("[{with}]")
    } else {
        format!("- {with}")
    };
    let read = tree::read(&text, 0..text.len())
        .ok()
        .filter(|_| !odd && !write.place.path.0.is_empty())?;
    let [
        Node {
            kind: Kind::List(items, _),
            ..
        },
    ] = read.as_slice()
    else {
        return None;
    };
    let [item] = items.as_slice() else {
        return None;
    };
    let whole = text[item.range.clone()] == **with && item.text() == Some(write.value.as_str());
    whole.then(|| item.kind.clone())
}

fn moved(range: &Range<usize>, new: &[(&Splice, Kind)]) -> Range<usize> {
    at(range.start, new)..at(range.end, new)
}

/// Where a byte of the old text is in the new one.
fn at(byte: usize, new: &[(&Splice, Kind)]) -> usize {
    let before = new.iter().take_while(|(s, _)| s.range.end <= byte);
    before.fold(byte, |at, (s, _)| at + s.with.len() - s.range.len())
}

fn node(old: &Node, new: &[(&Splice, Kind)]) -> Node {
    let written = new.iter().find(|(s, _)| s.range == old.range);
    let kind = match (&old.kind, written) {
        (Kind::Scalar(..), Some((_, kind))) => kind.clone(),
        (Kind::Map(entries, flow), _) => {
            let entry = |e: &tree::Entry| tree::Entry {
                key: e.key.clone(),
                at: moved(&e.at, new),
                colon: at(e.colon, new),
                value: node(&e.value, new),
            };
            Kind::Map(entries.iter().map(entry).collect(), *flow)
        }
        (Kind::List(items, flow), _) => Kind::List(items.iter().map(|i| node(i, new)).collect(), *flow),
        (kind, _) => kind.clone(),
    };
    Node {
        range: moved(&old.range, new),
        kind,
    }
}
