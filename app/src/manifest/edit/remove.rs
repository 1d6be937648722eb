//! A key or a list member taken out, with what is empty then.
use super::{Edit, EditError, above, root};
use crate::manifest::{
    documents::Bundle,
    path::{Place, Segment},
    splice::{self, Splice},
    tree::{Kind, Node},
};

/// Maps that stay even when empty: without them the object is no object.
const KEPT: [&str; 4] = ["metadata", "spec", "spec.template", "spec.template.spec"];

/// The edit that takes the last thing out of what was empty when the text began: it is written as it stood then. `None`
/// for any other edit.
pub fn emptied(now: &Bundle, began: &Bundle, edit: &Edit) -> Option<Edit> {
    let Edit::Remove(place) = edit else { return None };
    let mut path = place.path.clone();
    while let Some(parent) = path.parent() {
        let above = Place {
            path: parent.clone(),
            ..place.clone()
        };
        let node = now.at(&above)?;
        if node.entries().len() + node.items().len() != 1 {
            return None;
        }
        let held = began.at(&above).filter(|n| is_empty(n));
        if let Some(held) = held {
            return Some(Edit::Empty(above, began.text[held.range.clone()].to_owned()));
        }
        path = parent;
    }
    None
}

/// Nothing, or a map or a list without members.
pub(super) fn is_empty(node: &Node) -> bool {
    let none = node.entries().is_empty() && node.items().is_empty();
    node.is_nothing() || none && matches!(node.kind, Kind::Map(..) | Kind::List(..))
}

/// The value of a key in this notation; the comment behind the key stays.
pub(super) fn empty(bundle: &Bundle, place: &Place, held: &str) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    let parent = above(root, &place.path).ok_or(EditError::Missing)?;
    let Some(Segment::Key(key)) = place.path.0.last() else {
        return Err(EditError::Unsupported);
    };
    let entry = parent.entry(key).ok_or(EditError::Missing)?;
    let range = entry.colon..entry.value.range.end.max(entry.colon);
    let behind = bundle.text[entry.colon..entry.value.range.start.max(entry.colon)]
        .lines()
        .next();
    let comment = behind
        .map(str::trim_end)
        .filter(|c| c.trim_start().starts_with('#'));
    let space = if held.is_empty() { "" } else { " " };
    Ok(Splice {
        range,
        with: format!("{space}{held}{}", comment.unwrap_or_default()),
    })
}

pub(super) fn remove(bundle: &Bundle, place: &Place) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    root.at(&place.path).ok_or(EditError::Missing)?;
    let mut path = place.path.clone();
    // What would be left empty above goes too.
    while let Some(parent) = path.parent() {
        let lonely = root
            .at(&parent)
            .is_some_and(|n| n.entries().len() + n.items().len() == 1);
        let kept = KEPT.contains(&parent.to_string().as_str());
        if !lonely || kept || !matches!(parent.0.last(), Some(Segment::Key(_))) {
            break;
        }
        path = parent;
    }
    let parent = above(root, &path).ok_or(EditError::Unsupported)?;
    let text = bundle.text.as_str();
    match &parent.kind {
        Kind::Map(entries, flow) => {
            let n = match path.0.last() {
                Some(Segment::Key(key)) => entries.iter().rposition(|e| e.key == *key),
                Some(Segment::Index(n)) => Some(*n),
                _ => None,
            };
            let n = n.ok_or(EditError::Missing)?;
            let (before, after) = (n.checked_sub(1).and_then(|n| entries.get(n)), entries.get(n + 1));
            let range = entries[n].range();
            if *flow {
                let (before, after) = (before.map(|e| e.range().end), after.map(|e| e.at.start));
                return Ok(splice::out_of_flow(text, range, before, after));
            }
            let alone = splice::line_start(text, range.start) + splice::column(text, range.start);
            let leads = text[splice::line_start(text, range.start)..range.start].contains('-')
                && alone >= range.start;
            match (leads, after, entries.len()) {
                // The first key of a list member stands in the line of the dash: the next one takes its place.
                (true, Some(next), _) => Ok(Splice {
                    range: range.start..next.at.start,
                    with: String::new(),
                }),
                (_, _, 1) => Ok(Splice {
                    range,
                    with: "{}".to_owned(),
                }),
                _ => Ok(Splice {
                    range: splice::whole_lines(text, &range, false),
                    with: String::new(),
                }),
            }
        }
        Kind::List(items, flow) => {
            let n = match path.0.last() {
                Some(Segment::Index(n)) => *n,
                Some(segment) => {
                    let node = parent.step(segment).ok_or(EditError::Missing)?;
                    items
                        .iter()
                        .position(|i| std::ptr::eq(i, node))
                        .ok_or(EditError::Missing)?
                }
                None => return Err(EditError::Missing),
            };
            let range = items.get(n).ok_or(EditError::Missing)?.range.clone();
            if *flow {
                let before = n.checked_sub(1).and_then(|n| items.get(n)).map(|i| i.range.end);
                return Ok(splice::out_of_flow(
                    text,
                    range,
                    before,
                    items.get(n + 1).map(|i| i.range.start),
                ));
            }
            if items.len() == 1 {
                return Err(EditError::Unsupported);
            }
            Ok(Splice {
                range: splice::whole_lines(text, &range, true),
                with: String::new(),
            })
        }
        _ => Err(EditError::Unsupported),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::edit::{Edit, Value, apply};

    #[test]
    fn what_was_empty_is_as_it_was_when_it_is_empty_again() {
        for held in ["{}", "{ }", "~", "null", "", "{} # none", " # none", "~   # none"] {
            let text = format!("spec:\n  labels: {held}\n  b: 1\n").replace(": \n", ":\n");
            let began = Bundle::read(&text).unwrap();
            let map = Place::new(0, "spec.labels");
            let filled = apply(
                &text,
                &Edit::Insert(map.clone(), "a".into(), Value::Text("x".into())),
            )
            .unwrap();
            let now = Bundle::read(&filled).unwrap();
            let edit = emptied(&now, &began, &Edit::Remove(map.key("a"))).unwrap();
            assert_eq!(apply(&filled, &edit).unwrap(), text, "{filled}");
        }
        let text = "a:\n  args: [] # none\nb: {c: {}}\n";
        let began = Bundle::read(text).unwrap();
        let list = Place::new(0, "a.args");
        let filled = apply(text, &Edit::Push(list.clone(), Value::Text("x".into()))).unwrap();
        let edit = emptied(
            &Bundle::read(&filled).unwrap(),
            &began,
            &Edit::Remove(list.index(0)),
        )
        .unwrap();
        assert_eq!(apply(&filled, &edit).unwrap(), text);
        // What was not there is taken out as ever.
        let filled = apply(
            text,
            &Edit::Insert(Place::new(0, "a.new"), "x".into(), Value::Text("y".into())),
        )
        .unwrap();
        let now = Bundle::read(&filled).unwrap();
        assert_eq!(
            emptied(&now, &began, &Edit::Remove(Place::new(0, "a.new.x"))),
            None
        );
    }

    #[test]
    fn comments_above_a_removed_member_go_with_it() {
        let text = "a:\n  # one\n  - 1\n  # two\n  - 2 # behind\n  - 3\nb: x\n";
        let new = apply(text, &Edit::Remove(Place::new(0, "a[1]"))).unwrap();
        assert_eq!(new, "a:\n  # one\n  - 1\n  - 3\nb: x\n");
        let new = apply("a: [1, 2, 3]\n", &Edit::Remove(Place::new(0, "a[1]"))).unwrap();
        assert_eq!(new, "a: [1, 3]\n");
        let new = apply(
            "c:\n- name: x\n  image: y\n",
            &Edit::Remove(Place::new(0, "c[0].name")),
        )
        .unwrap();
        assert_eq!(new, "c:\n- image: y\n");
    }
}
