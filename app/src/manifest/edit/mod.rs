//! Edits of single places. The rest of the text stays byte for byte what it was.
mod remove;
mod together;
mod write;

use super::{
    documents::Bundle,
    path::{Path, Place, Segment},
    scalar::{self, Style},
    splice::{self, Content, Splice},
    tree::{Kind, Node},
};
pub use remove::emptied;
use remove::{empty, remove};
pub(super) use together::set_together;
use write::{create, fill, set};

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
    /// Writes an empty map, list or value as it stood when the text began: `{}`, `[]`, `~`, `null`, or nothing.
    Empty(Place, String),
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
            | Self::Empty(place, _)
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
    apply_to(&bundle, edit).map(|new| new.text)
}

/// As [`apply`], on a text that has been read; and the new one as it was read.
///
/// # Errors
/// As [`apply`].
pub fn apply_to(bundle: &Bundle, edit: &Edit) -> Result<Bundle, EditError> {
    let splice = match edit {
        Edit::Set(place, value) => set(bundle, place, value)?,
        Edit::Append(place, yaml) => append(
            bundle,
            place,
            Content::Lines(yaml.lines().map(str::to_owned).collect()),
        )?,
        Edit::Push(place, value) => push(bundle, place, value)?,
        Edit::Insert(place, key, value) => insert(bundle, place, key, value)?,
        Edit::Rename(place, key) => rename(bundle, place, key)?,
        Edit::Remove(place) => remove(bundle, place)?,
        Edit::Empty(place, held) => empty(bundle, place, held)?,
    };
    let mut new = bundle.text.clone();
    new.replace_range(splice.range, &splice.with);
    let read = Bundle::read(&new).map_err(|_| EditError::Unsupported)?;
    let kept = match edit {
        Edit::Set(place, value) => read.get(place) == value.as_str(),
        _ => true,
    };
    if kept && read.documents.len() == bundle.documents.len() {
        Ok(read)
    } else {
        Err(EditError::Unsupported)
    }
}

/// Applies edits one after the other: each place is one of the text that the edits before it left.
///
/// # Errors
/// The first that cannot be made; the text is unchanged then.
pub fn apply_all(text: &str, edits: impl IntoIterator<Item = Edit>) -> Result<String, EditError> {
    let bundle = Bundle::read(text).map_err(|_| EditError::Unreadable)?;
    let done = edits
        .into_iter()
        .try_fold(bundle, |bundle, edit| apply_to(&bundle, &edit));
    done.map(|bundle| bundle.text)
}

/// What a place stands in.
fn above<'a>(root: &'a Node, path: &Path) -> Option<&'a Node> {
    path.parent().and_then(|p| root.at(&p))
}

fn root(bundle: &Bundle, document: usize) -> Result<&Node, EditError> {
    bundle
        .documents
        .get(document)
        .map(|d| &d.root)
        .ok_or(EditError::Missing)
}

fn in_flow(root: &Node, path: &Path) -> bool {
    (0..=path.0.len())
        .filter_map(|n| root.at(&Path(path.0[..n].to_vec())))
        .any(|n| matches!(n.kind, Kind::Map(_, true) | Kind::List(_, true)))
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
    let parent = above(root, &place.path).ok_or(EditError::Missing)?;
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
