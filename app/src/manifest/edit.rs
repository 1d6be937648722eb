//! Edits of single places. The rest of the text stays byte for byte what it was.
use super::{
    documents::Bundle,
    path::{Path, Place, Segment},
    scalar::{self, Style},
    splice::{self, Content, Splice},
    tree::{Kind, Node},
};

/// What is written into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string: quoted where Kubernetes' reader would take it for something else.
    Text(String),
    /// A number or boolean: written plain where it is one, otherwise as the string that the user typed.
    Typed(String),
}

impl Value {
    /// What the user typed.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Typed(text) => text,
        }
    }

    fn write(&self, style: Style, in_flow: bool) -> String {
        match self {
            Self::Text(text) => scalar::string(text, style, in_flow),
            Self::Typed(text) => scalar::typed(text, style, in_flow),
        }
    }
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Writes a scalar; creates the maps above it that are missing.
    Set(Place, Value),
    /// Adds a member to a list, creating the list. The text is YAML without indentation (`name: x\nimage: y`).
    Append(Place, String),
    /// Adds a scalar member to a list, creating the list.
    Push(Place, Value),
    /// Adds an entry to a map, creating the map. Not refused when the key exists: a key is typed letter by letter.
    Insert(Place, String, Value),
    /// Gives an entry of a map another key.
    Rename(Place, String),
    /// Takes a key or a list member out, and the maps and lists above that are empty then.
    Remove(Place),
}

impl Edit {
    /// Where it is made.
    pub fn place(&self) -> &Place {
        match self {
            Self::Set(place, _)
            | Self::Append(place, _)
            | Self::Push(place, _)
            | Self::Insert(place, _, _)
            | Self::Rename(place, _)
            | Self::Remove(place) => place,
        }
    }
}

/// Why an edit did not happen. The text is unchanged then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text cannot be read.
    Unreadable,
    /// The place is written in a way that only the text itself can change: an alias, a tag, a nested flow list.
    Unsupported,
    /// There is nothing at the place.
    Missing,
}

/// Applies one edit and nothing else.
///
/// # Errors
/// See [`EditError`]; the result is read again before it is returned, so that an edit never breaks a text.
pub fn apply(text: &str, edit: &Edit) -> Result<String, EditError> {
    let bundle = Bundle::read(text).map_err(|_| EditError::Unreadable)?;
    let splice = match edit {
        Edit::Set(place, value) => set(&bundle, place, value)?,
        Edit::Append(place, yaml) => append(
            &bundle,
            place,
            Content::Lines(yaml.lines().map(str::to_owned).collect()),
        )?,
        Edit::Push(place, value) => push(&bundle, place, value)?,
        Edit::Insert(place, key, value) => insert(&bundle, place, key, value)?,
        Edit::Rename(place, key) => rename(&bundle, place, key)?,
        Edit::Remove(place) => remove(&bundle, place)?,
    };
    let mut new = text.to_owned();
    new.replace_range(splice.range, &splice.with);
    let read = Bundle::read(&new).map_err(|_| EditError::Unsupported)?;
    let kept = match edit {
        Edit::Set(place, value) => read.get(place) == value.as_str(),
        _ => true,
    };
    if kept && read.documents.len() == bundle.documents.len() {
        Ok(new)
    } else {
        Err(EditError::Unsupported)
    }
}

fn root(bundle: &Bundle, document: usize) -> Result<&Node, EditError> {
    bundle
        .documents
        .get(document)
        .map(|d| &d.root)
        .ok_or(EditError::Missing)
}

fn set(bundle: &Bundle, place: &Place, value: &Value) -> Result<Splice, EditError> {
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
    let parent = place.path.parent().and_then(|p| root.at(&p));
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

fn in_flow(root: &Node, path: &Path) -> bool {
    (0..=path.0.len())
        .filter_map(|n| root.at(&Path(path.0[..n].to_vec())))
        .any(|n| matches!(n.kind, Kind::Map(_, true) | Kind::List(_, true)))
}

/// Writes below the deepest node of the path that exists. Fails where a list member is missing on the way.
fn create(bundle: &Bundle, place: &Place, content: Content) -> Result<Splice, EditError> {
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
                Ok(key.clone())
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
fn fill(
    bundle: &Bundle,
    root: &Node,
    path: &Path,
    node: &Node,
    content: Content,
) -> Result<Splice, EditError> {
    let empty = node.is_nothing()
        || matches!(&node.kind, Kind::Map(e, _) if e.is_empty())
        || matches!(&node.kind, Kind::List(i, _) if i.is_empty());
    let parent = path
        .parent()
        .and_then(|p| root.at(&p))
        .ok_or(EditError::Unsupported)?;
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

fn append(bundle: &Bundle, place: &Place, content: Content) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    match root.at(&place.path) {
        Some(node) if !node.items().is_empty() => {
            splice::into_list(&bundle.text, node, content).ok_or(EditError::Unsupported)
        }
        Some(node) => fill(bundle, root, &place.path, node, content.item()),
        None => create(bundle, place, content.item()),
    }
}

fn push(bundle: &Bundle, place: &Place, value: &Value) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    append(
        bundle,
        place,
        Content::Scalar(value.write(Style::Plain, in_flow(root, &place.path))),
    )
}

fn insert(bundle: &Bundle, place: &Place, key: &str, value: &Value) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    let flow = in_flow(root, &place.path);
    let content = Content::Scalar(value.write(Style::Plain, flow)).below(&[key.to_owned()]);
    match root.at(&place.path) {
        Some(node) if !node.entries().is_empty() => {
            splice::into_map(&bundle.text, node, content).ok_or(EditError::Unsupported)
        }
        Some(node) => fill(bundle, root, &place.path, node, content),
        None => create(bundle, place, content),
    }
}

fn rename(bundle: &Bundle, place: &Place, key: &str) -> Result<Splice, EditError> {
    let root = root(bundle, place.document)?;
    let parent = place
        .path
        .parent()
        .and_then(|p| root.at(&p))
        .ok_or(EditError::Missing)?;
    let entry = match place.path.0.last() {
        Some(Segment::Key(old)) => parent.entry(old),
        Some(Segment::Index(n)) => parent.entries().get(*n),
        _ => None,
    };
    let entry = entry.ok_or(EditError::Missing)?;
    let style = match bundle.text.as_bytes().get(entry.at.start) {
        Some(b'"') if entry.key.is_empty() => Style::Plain,
        Some(b'"') => Style::Double,
        Some(b'\'') => Style::Single,
        _ => Style::Plain,
    };
    Ok(Splice {
        range: entry.at.clone(),
        with: scalar::string(key, style, in_flow(root, &place.path)),
    })
}

/// Maps that stay even when empty: without them the object is no object.
const KEPT: [&str; 4] = ["metadata", "spec", "spec.template", "spec.template.spec"];

fn remove(bundle: &Bundle, place: &Place) -> Result<Splice, EditError> {
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
