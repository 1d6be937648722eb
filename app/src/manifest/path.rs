//! Where something stands in a manifest.
use serde::{Deserialize, Serialize};
use std::fmt;

/// One step down the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Segment {
    /// The value of a key.
    Key(String),
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
        let mut path = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some((inside, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
                path.0.push(
                    inside
                        .parse()
                        .map_or_else(|_| Segment::Key(inside.to_owned()), Segment::Index),
                );
                rest = after.strip_prefix('.').unwrap_or(after);
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end > 0 {
                    path.0.push(Segment::Key(rest[..end].to_owned()));
                }
                let after = &rest[end..];
                rest = after.strip_prefix('.').unwrap_or(after);
                if end == 0 && rest.len() == after.len() {
                    break;
                }
            }
        }
        path
    }

    /// This path and one key more.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    /// This path and one index more.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// This path and the keys of a dotted rest more.
    #[must_use]
    pub fn join(&self, rest: &str) -> Self {
        let mut path = self.clone();
        path.0.extend(Self::parse(rest).0);
        path
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
        let mut path = self.clone();
        path.0.push(segment);
        path
    }
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
