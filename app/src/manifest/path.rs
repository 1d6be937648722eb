//! Where something stands in a manifest.
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// One step down the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Segment {
    /// The value of a key; shared, since thousands of places have the same keys above them.
    Key(Arc<str>),
    /// The n-th member of a list, or the n-th entry of a map (for maps whose keys are being typed).
    Index(usize),
    /// The member of a list of maps whose merge key has this value: `containers[name=etcd]`.
    Item {
        /// The merge key: `name` for containers, `mountPath` for mounts, and so on.
        key: String,
        /// Its value, unquoted.
        value: String,
    },
}

/// A way from the root of a document to a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Path(pub Vec<Segment>);

/// A path in one document of the bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Which document, counted from 0.
    pub document: usize,
    /// Where in it.
    pub path: Path,
}

impl Path {
    /// Reads the API server's notation (`spec.template.spec.containers[0].image`), which `details.causes` uses.
    /// A bracket with a number is an index; any other is a key that has dots in it.
    pub fn parse(text: &str) -> Self {
        Self(steps(text).map(Step::segment).collect())
    }

    /// This path and one key more.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.into()))
    }

    /// This path and one index more.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// This path and the keys of a dotted rest more.
    #[must_use]
    pub fn join(&self, rest: &str) -> Self {
        let own = self.0.iter().cloned();
        Self(own.chain(steps(rest).map(Step::segment)).collect())
    }

    /// The path without its last segment; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_last().map(|(_, rest)| Self(rest.to_vec()))
    }

    /// Whether the other path is this one or lies below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    fn with(&self, segment: Segment) -> Self {
        let mut path = Vec::with_capacity(self.0.len() + 1);
        path.extend_from_slice(&self.0);
        path.push(segment);
        Self(path)
    }
}

/// One step of a path in the API server's notation.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Step<'_> {
    fn segment(self) -> Segment {
        match self {
            Self::Key(key) => Segment::Key(key.into()),
            Self::Index(n) => Segment::Index(n),
        }
    }
}

/// The steps of a path in the API server's notation, as [`Path::parse`] has it.
pub(super) fn steps(text: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = text.trim_start_matches('.');
    std::iter::from_fn(move || {
        let (step, after) = match rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            Some((inside, after)) => (inside.parse().map_or(Step::Key(inside), Step::Index), after),
            None => {
                // A bracket that nothing closes is part of the key.
                let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '.' | '['));
                let (key, after) = rest.split_at(end.map_or(rest.len(), |(n, _)| n));
                (Step::Key(key), after)
            }
        };
        let whole = rest.is_empty();
        rest = after.strip_prefix('.').unwrap_or(after);
        (!whole).then_some(step)
    })
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if key.contains(['.', '/', '[']) || key.is_empty() => write!(f, "[{key}]")?,
                Segment::Key(key) => write!(f, "{}{key}", if n == 0 { "" } else { "." })?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Item { key, value } => write!(f, "[{key}={value}]")?,
            }
        }
        Ok(())
    }
}

impl Place {
    /// A place from a document's number and a path in the API server's notation.
    pub fn new(document: usize, path: &str) -> Self {
        Self {
            document,
            path: Path::parse(path),
        }
    }

    /// The place one key further down.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self {
            document: self.document,
            path: self.path.key(key),
        }
    }

    /// The place one index further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self {
            document: self.document,
            path: self.path.index(index),
        }
    }

    /// The place some dotted keys further down.
    #[must_use]
    pub fn join(&self, rest: &str) -> Self {
        Self {
            document: self.document,
            path: self.path.join(rest),
        }
    }

    /// Whether the other place is this one or lies below it.
    pub fn contains(&self, other: &Self) -> bool {
        self.document == other.document && self.path.contains(&other.path)
    }

    /// The place as an id for HTML: what `label for` and `aria-describedby` name.
    pub fn id(&self) -> String {
        format!("f{}-{}", self.document, self.path)
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '-' {
                    c
                } else {
                    '_'
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_of_the_api_server_there_and_back() {
        for text in [
            "spec.template.spec.containers[0].image",
            "metadata.labels[app.kubernetes.io/name]",
            "a[0][1].b",
            "",
        ] {
            assert_eq!(Path::parse(text).to_string(), text);
        }
        assert_eq!(Path::parse("a[0].b").0.len(), 3);
    }
}
