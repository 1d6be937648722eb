//! Every field of a StatefulSet and of a Service, with its type, as Kubernetes 1.36 has them.
//!
//! `shapes.txt` has one object a line: its name, then its fields as `name:type`. No type is a string, `i` a whole
//! number, `b` a boolean, `q` a quantity, `p` a number or a string, `?` anything, any other word an object of the table;
//! `*` behind it is a list, `%` a map. A test of the server compares it with `k8s-openapi` and writes it anew
//! (`server/src/cluster/shapes.rs`). The cluster has the last word: what it knows beyond this is only a warning here.

/// The table.
pub const TABLE: &str = include_str!("shapes.txt");

/// What one value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Flag,
    /// A number or a string: a quantity, or a port by number or name.
    Either,
    /// Not looked into.
    Any,
    /// An object of the table, by its name.
    Object(&'static str),
}

/// How many of it there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One.
    One,
    /// A list.
    List,
    /// A map with keys of the user's.
    Map,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type {
    /// How many.
    pub many: Many,
    /// Of what.
    pub of: Value,
}

impl Type {
    fn read(text: &'static str) -> Self {
        let (many, of) = match (text.strip_suffix('*'), text.strip_suffix('%')) {
            (Some(of), _) => (Many::List, of),
            (_, Some(of)) => (Many::Map, of),
            _ => (Many::One, text),
        };
        let of = match of {
            "" => Value::Text,
            "i" => Value::Integer,
            "b" => Value::Flag,
            "q" | "p" => Value::Either,
            "?" => Value::Any,
            object => Value::Object(object),
        };
        Self { many, of }
    }

    /// The type of a document that the table has.
    pub fn of_document(kind: &str, api_version: &str) -> Option<Self> {
        // Old versions of a StatefulSet are told elsewhere; their fields are the same.
        let object = match kind {
            "StatefulSet" if api_version.starts_with("apps/") => "StatefulSet",
            "Service" if api_version == "v1" => "Service",
            _ => return None,
        };
        Some(Self {
            many: Many::One,
            of: Value::Object(object),
        })
    }
}

/// The fields of an object.
pub fn fields(object: &str) -> impl Iterator<Item = (&'static str, Type)> {
    let line = TABLE
        .lines()
        .find_map(|line| line.strip_prefix(object)?.strip_prefix(' '));
    let fields = line.unwrap_or_default().split(' ');
    fields.map(|field| {
        let (name, of) = field.split_once(':').unwrap_or((field, ""));
        (name, Type::read(of))
    })
}

/// The type of one field.
pub fn field(object: &str, key: &str) -> Option<Type> {
    fields(object).find_map(|(name, of)| (name == key).then_some(of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{
        fields::{FieldDef, GROUPS, Holds, Scope},
        path::{Path, Segment},
    };

    #[test]
    fn every_object_that_a_field_names_is_there() {
        for line in TABLE.lines() {
            let object = line.split(' ').next().unwrap();
            for (name, of) in fields(object) {
                if let Value::Object(other) = of.of {
                    assert!(fields(other).count() > 1 || !other.is_empty(), "{object}.{name}");
                    assert!(
                        TABLE.lines().any(|l| l.split(' ').next() == Some(other)),
                        "{other}"
                    );
                }
            }
        }
        let mounts = Type {
            many: Many::List,
            of: Value::Object("VolumeMount"),
        };
        assert_eq!(field("Container", "volumeMounts"), Some(mounts));
        assert_eq!(field("VolumeMount", "extendPathMode"), None);
    }

    /// Follows a declared field through the table.
    fn known(object: &'static str, declared: &FieldDef) {
        let mut at = Type {
            many: Many::One,
            of: Value::Object(object),
        };
        for segment in &Path::parse(declared.path).0 {
            let Segment::Key(key) = segment else {
                panic!("{}", declared.path)
            };
            at = match (at.many, at.of) {
                (Many::One, Value::Object(object)) => {
                    field(object, key).unwrap_or_else(|| panic!("{object} has no {key}"))
                }
                (Many::Map, of) => Type { many: Many::One, of },
                other => panic!("{} {other:?}", declared.path),
            };
        }
        let Value::Object(object) = at.of else { return };
        let below: Vec<&FieldDef> = match declared.holds {
            Holds::Rows(fields, _) | Holds::Group(fields) => fields.iter().collect(),
            Holds::Either(variants) => {
                for variant in variants {
                    let key = FieldDef {
                        path: variant.key,
                        holds: Holds::Group(variant.fields),
                        ..*declared
                    };
                    known(object, &key);
                }
                Vec::new()
            }
            _ => Vec::new(),
        };
        below.into_iter().for_each(|f| known(object, f));
    }

    #[test]
    fn every_declared_field_is_one_of_kubernetes() {
        for (scope, declared) in GROUPS {
            let object = match scope {
                Scope::Set => "StatefulSet",
                Scope::Container => "Container",
                Scope::Template => "PersistentVolumeClaim",
                Scope::Service | Scope::Access => "Service",
            };
            declared.iter().for_each(|f| known(object, f));
        }
    }
}
