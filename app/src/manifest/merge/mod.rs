//! Three-way merging of an object: what the user changed since they opened it, put onto what the cluster has now.
//!
//! Lists are merged member by member where Kubernetes says by which field members are told apart
//! (`x-kubernetes-list-map-keys`, `patchMergeKey`); any other list is one value. So is a list whose order changed,
//! or which grew elsewhere than at its end: the order of containers and variables means something.
use crate::manifest::path::{Path, Segment};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Something that is different between two versions of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Where.
    pub path: Path,
    /// What was there; `None` where nothing was.
    pub before: Option<Value>,
    /// What is there now; `None` where it is gone.
    pub after: Option<Value>,
}

/// A place that both sides changed, and not to the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Where: the whole of it is taken from one of the sides.
    pub path: Path,
    /// As it was opened.
    pub base: Option<Value>,
    /// As the user wrote it.
    pub mine: Option<Value>,
    /// As the cluster has it.
    pub theirs: Option<Value>,
}

/// One of the sides of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    Mine,
    Theirs,
}

/// The field by which the members of a list are told apart, if they are.
fn merge_key(list: &str) -> Option<&'static str> {
    Some(match list {
        "containers" | "initContainers" | "ephemeralContainers" | "env" | "volumes" | "imagePullSecrets" => {
            "name"
        }
        // Kubernetes goes by number and protocol. Names are as unique, and stay where a number is what changes.
        "ports" => "name",
        "volumeClaimTemplates" => "metadata.name",
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "ownerReferences" => "uid",
        _ => return None,
    })
}

/// The merge key's value of each member; `None` where one has none, or two have the same.
fn keys_of(items: &[Value], key: &str) -> Option<Vec<String>> {
    let pointer = format!("/{}", key.replace('.', "/"));
    let mut keys: Vec<String> = Vec::with_capacity(items.len());
    for item in items {
        let value = item.pointer(&pointer)?.as_str()?.to_owned();
        if keys.contains(&value) {
            return None;
        }
        keys.push(value);
    }
    Some(keys)
}

/// Both versions of a list by merge key; `None` where the second is not the first without some, with new ones at the end.
fn by_key<'a>(name: &str, a: &'a [Value], b: &'a [Value]) -> Option<Members<'a>> {
    let key = merge_key(name)?;
    let (left, right) = (keys_of(a, key)?, keys_of(b, key)?);
    let kept: Vec<&String> = left.iter().filter(|k| right.contains(k)).collect();
    if !right.iter().take(kept.len()).eq(kept.iter().copied()) {
        return None;
    }
    let mut keys = left.clone();
    keys.extend(right.iter().filter(|k| !left.contains(k)).cloned());
    Some(Members {
        field: key,
        keys,
        left: left.into_iter().zip(a).collect(),
        right: right.into_iter().zip(b).collect(),
    })
}

/// Two versions of a list, member by member.
struct Members<'a> {
    field: &'static str,
    keys: Vec<String>,
    left: Vec<(String, &'a Value)>,
    right: Vec<(String, &'a Value)>,
}

/// Every difference from `a` to `b`, as deep as it goes.
pub fn diff(a: &Value, b: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(&Path::default(), Some(a), Some(b), &mut changes);
    changes
}

fn walk(path: &Path, a: Option<&Value>, b: Option<&Value>, out: &mut Vec<Change>) {
    match (a, b) {
        (a, b) if a == b => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for key in a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))) {
                walk(&path.key(key), a.get(key), b.get(key), out);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) if members(path, left, right, out) => {}
        (a, b) => out.push(Change {
            path: path.clone(),
            before: a.cloned(),
            after: b.cloned(),
        }),
    }
}

fn members(path: &Path, left: &[Value], right: &[Value], out: &mut Vec<Change>) -> bool {
    let Some(Segment::Key(name)) = path.0.last() else {
        return false;
    };
    let Some(members) = by_key(name, left, right) else {
        return false;
    };
    let of =
        |side: &[(String, &Value)], key: &str| side.iter().find(|(k, _)| k == key).map(|(_, v)| (*v).clone());
    for key in &members.keys {
        let mut member = path.clone();
        member.0.push(Segment::Item {
            key: members.field.to_owned(),
            value: key.clone(),
        });
        let (a, b) = (of(&members.left, key), of(&members.right, key));
        walk(&member, a.as_ref(), b.as_ref(), out);
    }
    true
}

/// What the user changed, put onto what the cluster has. `choices` are the sides that the user took in earlier conflicts.
///
/// # Errors
/// The places that both changed and for which no side was chosen.
pub fn merge(
    base: &Value,
    mine: &Value,
    theirs: &Value,
    choices: &[(Path, Side)],
) -> Result<Value, Vec<Conflict>> {
    let others = diff(base, theirs);
    let mut merged = theirs.clone();
    let mut conflicts: Vec<Conflict> = Vec::new();
    for change in diff(base, mine) {
        let place = others
            .iter()
            .filter(|o| o.path.contains(&change.path) || change.path.contains(&o.path))
            .map(|o| {
                if o.path.contains(&change.path) {
                    &o.path
                } else {
                    &change.path
                }
            })
            .min_by_key(|path| path.0.len());
        let Some(place) = place else {
            put(&mut merged, &change.path, change.after);
            continue;
        };
        let (mine, theirs) = (get(mine, place), get(theirs, place));
        if mine == theirs || conflicts.iter().any(|c| c.path == *place) {
            continue;
        }
        match choices.iter().find(|(path, _)| path == place) {
            Some((_, Side::Theirs)) => {}
            Some((_, Side::Mine)) => put(&mut merged, place, mine),
            None => conflicts.push(Conflict {
                path: place.clone(),
                base: get(base, place),
                mine,
                theirs,
            }),
        }
    }
    if conflicts.is_empty() {
        Ok(merged)
    } else {
        Err(conflicts)
    }
}

fn get(value: &Value, path: &Path) -> Option<Value> {
    let mut at = value;
    for segment in &path.0 {
        at = match segment {
            Segment::Key(key) => at.get(&**key)?,
            Segment::Index(index) => at.get(index)?,
            Segment::Item { key, value } => at.as_array()?.iter().find(|item| named(item, key, value))?,
        };
    }
    Some(at.clone())
}

fn named(item: &Value, key: &str, value: &str) -> bool {
    let pointer = format!("/{}", key.replace('.', "/"));
    item.pointer(&pointer).and_then(Value::as_str) == Some(value)
}

/// Writes a value at a path, or takes it out; what is missing above it is made.
fn put(root: &mut Value, path: &Path, value: Option<Value>) {
    let Some((last, above)) = path.0.split_last() else {
        *root = value.unwrap_or_default();
        return;
    };
    let mut at = root;
    for (n, segment) in above.iter().enumerate() {
        let list = matches!(path.0.get(n + 1), Some(Segment::Item { .. }));
        let Some(next) = child(at, segment, list) else {
            return;
        };
        at = next;
    }
    match (last, value) {
        (Segment::Key(key), Some(value)) => {
            if let Some(map) = at.as_object_mut() {
                map.insert(key.to_string(), value);
            }
        }
        (Segment::Key(key), None) => {
            at.as_object_mut().and_then(|map| map.remove(&**key));
        }
        (Segment::Item { key, value: name }, value) => {
            let Some(items) = at.as_array_mut() else { return };
            let place = items.iter().position(|item| named(item, key, name));
            match (place, value) {
                (Some(n), Some(value)) => items[n] = value,
                (Some(n), None) => drop(items.remove(n)),
                (None, Some(value)) => items.push(value),
                (None, None) => {}
            }
        }
        // No change has an index in its path.
        (Segment::Index(_), _) => {}
    }
}

fn child<'a>(at: &'a mut Value, segment: &Segment, list: bool) -> Option<&'a mut Value> {
    match segment {
        Segment::Key(key) => {
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            let empty = || {
                if list {
                    Value::Array(Vec::new())
                } else {
                    Value::Object(Map::new())
                }
            };
            Some(at.as_object_mut()?.entry(&**key).or_insert_with(empty))
        }
        Segment::Index(index) => at.get_mut(index),
        Segment::Item { key, value } => at.as_array_mut()?.iter_mut().find(|item| named(item, key, value)),
    }
}

#[cfg(test)]
mod tests;
