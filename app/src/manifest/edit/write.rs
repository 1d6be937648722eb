//! A value at its place: the old one replaced, or the way to a new one made.
use super::{EditError, Value, above, in_flow, remove::is_empty, root};
use crate::manifest::{
    documents::Bundle,
    path::{Path, Place, Segment},
    scalar::{self, Style},
    splice::{self, Content, Splice},
    tree::{Kind, Node},
};

pub(super) fn set(bundle: &Bundle, place: &Place, value: &Value) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    match root.at(&place.path) {
        Some(node) => match &node.kind {
            Kind::Scalar(old, style) => {
                // `""` stands where a value is still missing: its quotes are no style of the author's.
                let placeholder = old.is_empty() && *style == Style::Double;
                let style = if placeholder { Style::Plain } else { *style };
                let in_flow = in_flow(root, &place.path);
                let (lines, block) = (value.as_str().contains('\n'), style == Style::Block);
                let line_end = splice::line_end(&bundle.text, node.range.end);
                let last_in_line = bundle.text[node.range.end..line_end].trim().is_empty();
                let with = if lines && (block || style == Style::Plain) && !in_flow && last_in_line {
                    block_scalar(bundle, root, place, value.as_str())
                } else {
                    value.write(style, in_flow)
                };
                Ok(Splice {
                    range: node.range.clone(),
                    with,
                })
            }
            Kind::Nothing => {
                let with = value.write(Style::Plain, in_flow(root, &place.path));
                Ok(Splice {
                    range: node.range.clone(),
                    with: format!(" {with}"),
                })
            }
            _ => Err(EditError::Unsupported),
        },
        None => {
            let plain = Content::Scalar(value.write(Style::Plain, in_flow(root, &place.path)));
            create(bundle, place, plain)
        }
    }
}

/// Lines as a literal block; where they cannot stand as one (leading blanks), in double quotes.
fn block_scalar(bundle: &Bundle, root: &Node, place: &Place, value: &str) -> String {
    let body = value.trim_end_matches('\n');
    let ends = value.len() - body.len();
    let odd = |c: char| c.is_control() && c != '\n';
    if body.is_empty()
        || body.starts_with([' ', '\n'])
        || value.contains(odd)
        || body.lines().any(|l| l.trim() != l && l.trim().is_empty())
    {
        return scalar::string(value, Style::Double, false);
    }
    let parent = above(root, &place.path);
    let column = parent.map_or(0, |p| match &p.kind {
        Kind::Map(entries, _) => entries
            .first()
            .map_or(0, |e| splice::column(&bundle.text, e.at.start)),
        _ => splice::column(&bundle.text, p.range.start),
    });
    let head = match ends {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    let pad = " ".repeat(column + 2);
    let lines = value.strip_suffix('\n').unwrap_or(value).split('\n');
    let lines = lines.map(|l| {
        if l.is_empty() {
            String::new()
        } else {
            format!("{pad}{l}")
        }
    });
    format!("{head}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Writes below the deepest node of the path that exists. Fails where a list member is missing on the way.
pub(super) fn create(bundle: &Bundle, place: &Place, content: Content) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    let depth = (0..place.path.0.len())
        .rev()
        .find(|n| root.at(&Path(place.path.0[..*n].to_vec())).is_some())
        .ok_or(EditError::Missing)?;
    let (there, missing) = place.path.0.split_at(depth);
    let keys: Vec<String> = missing
        .iter()
        .map(|s| {
            if let Segment::Key(key) = s {
                Ok(key.to_string())
            } else {
                Err(EditError::Missing)
            }
        })
        .collect::<Result<_, _>>()?;
    let there = Path(there.to_vec());
    let node = root.at(&there).ok_or(EditError::Missing)?;
    let content = if in_flow(root, &there) {
        content.below_in_flow(&keys)
    } else {
        Some(content.below(&keys))
    };
    let content = content.ok_or(EditError::Unsupported)?;
    if matches!(&node.kind, Kind::Map(entries, _) if !entries.is_empty()) {
        return splice::into_map(&bundle.text, node, content).ok_or(EditError::Unsupported);
    }
    fill(bundle, root, &there, node, content)
}

/// Gives a place without a value, or with `{}` or `[]`, its first content.
pub(super) fn fill(
    bundle: &Bundle,
    root: &Node,
    path: &Path,
    node: &Node,
    content: Content,
) -> Result<Splice, EditError> {
    let empty = is_empty(node);
    let parent = above(root, path).ok_or(EditError::Unsupported)?;
    let entry = match path.0.last() {
        Some(Segment::Key(key)) => parent.entry(key),
        Some(Segment::Index(n)) => parent.entries().get(*n),
        _ => None,
    };
    let (true, Some(entry), Kind::Map(_, false)) = (empty, entry, &parent.kind) else {
        return Err(EditError::Unsupported);
    };
    let first = parent.entries().first().map_or(entry.at.start, |e| e.at.start);
    let indent = splice::column(&bundle.text, first) + 2;
    Ok(splice::below_key(
        &bundle.text,
        entry.colon,
        node,
        content,
        indent,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::edit::{Edit, apply};

    #[test]
    fn an_anchor_stays_with_its_value() {
        for held in ["a", "'a'", "|\n    a\n    b", ">-\n    a"] {
            let text = format!("m:\n  k: &x {held}\n  l: *x\n");
            let new = apply(&text, &Edit::Set(Place::new(0, "m.k"), Value::Text("z".into()))).unwrap();
            assert!(
                new.starts_with("m:\n  k: &x ") && new.ends_with("  l: *x\n"),
                "{new}"
            );
        }
    }

    #[test]
    fn a_comment_behind_any_notation_stays() {
        for held in [
            "a",
            "\"a\"",
            "'a'",
            "'it''s'",
            "\"\\\"\"",
            "&x 'a'",
            "[b, 'c']",
            "{b: \"c\"}",
        ] {
            let text = format!("m:\n  k: {held}   # why \"so\"\n  l: 1 # last\n");
            let bundle = Bundle::read(&text).unwrap();
            let place = Place::new(0, "m.k");
            let at = match bundle.at(&place).unwrap().kind {
                Kind::Scalar(..) => place,
                Kind::List(..) => place.index(1),
                _ => place.key("b"),
            };
            let new = apply(&text, &Edit::Set(at, Value::Text("z".into()))).unwrap();
            assert!(new.ends_with("   # why \"so\"\n  l: 1 # last\n"), "{new}");
        }
    }
}
