//! A key or a list member taken out, with what is empty then.
use super::{EditError, root};
use crate::manifest::{
    documents::Bundle,
    path::{Place, Segment},
    splice::{self, Splice},
    tree::Kind,
};

/// Maps that stay even when empty: without them the object is no object.
const KEPT: [&str; 4] = ["metadata", "spec", "spec.template", "spec.template.spec"];

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
    let parent = path
        .parent()
        .and_then(|p| root.at(&p))
        .ok_or(EditError::Unsupported)?;
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
    use crate::manifest::edit::{Edit, apply};

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
