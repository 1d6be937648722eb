//! Every field of a StatefulSet and of a Service, with its type, as Kubernetes 1.36 has them.
//!
//! `shapes.txt` has one object a line: its name, then its fields as `name:type`. No type is a string, `i` a whole
//! number, `b` a boolean, `q` a quantity, `p` a number or a string, `?` anything, any other word an object of the table;
//! `*` behind it is a list, `%` a map. A test of the server compares it with `k8s-openapi` and writes it anew
//! (`server/src/cluster/shapes.rs`). The cluster has the last word: what it knows beyond this is only a warning here.

use std::sync::LazyLock;

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

/// An object and its fields.
type Object = (&'static str, Vec<(&'static str, Type)>);

/// The table as it was read once; it is sorted.
static OBJECTS: LazyLock<Vec<Object>> = LazyLock::new(|| {
    let field = |field: &'static str| {
        let (name, of) = field.split_once(':').unwrap_or((field, ""));
        (name, Type::read(of))
    };
    let object = |line: &'static str| {
        let mut words = line.split(' ');
        (words.next().unwrap_or_default(), words.map(field).collect())
    };
    TABLE.lines().map(object).collect()
});

/// The fields of an object.
pub fn fields(object: &str) -> &'static [(&'static str, Type)] {
    let at = OBJECTS.binary_search_by_key(&object, |(name, _)| name);
    at.map_or(&[], |at| &OBJECTS[at].1)
}

/// The type of one field.
pub fn field(object: &str, key: &str) -> Option<Type> {
    let found = fields(object).iter().find(|(name, _)| *name == key);
    found.map(|(_, of)| *of)
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
            assert!(!fields(object).is_empty(), "{object}: not in its order");
            for (name, of) in fields(object) {
                if let Value::Object(other) = of.of {
                    assert!(fields(other).len() > 1 || !other.is_empty(), "{object}.{name}");
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
