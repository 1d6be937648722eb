//! Three-way merging of an object: what the user changed since they opened it, put onto what the cluster has now.
//!
//! Lists are merged member by member where Kubernetes says by which field members are told apart
//! (`x-kubernetes-list-map-keys`, `patchMergeKey`); any other list is one value. So is a list whose order changed,
//! or which grew elsewhere than at its end: the order of containers and variables means something.
use super::path::{Path, Segment};
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
            Segment::Key(key) => at.get(key)?,
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
                map.insert(key.clone(), value);
            }
        }
        (Segment::Key(key), None) => {
            at.as_object_mut().and_then(|map| map.remove(key));
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
            Some(at.as_object_mut()?.entry(key.clone()).or_insert_with(empty))
        }
        Segment::Index(index) => at.get_mut(index),
        Segment::Item { key, value } => at.as_array_mut()?.iter_mut().find(|item| named(item, key, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(image: &str, replicas: i64, env: &[(&str, &str)]) -> Value {
        let env: Vec<Value> = env.iter().map(|(n, v)| json!({"name": n, "value": v})).collect();
        json!({"spec": {"replicas": replicas, "template": {"spec": {"containers": [
            {"name": "db", "image": image, "env": env}, {"name": "proxy", "image": "p:1"}]}}}})
    }

    fn paths(changes: &[Change]) -> Vec<String> {
        changes.iter().map(|c| c.path.to_string()).collect()
    }

    #[test]
    fn a_change_has_its_place() {
        let (a, b) = (
            object("db:1", 3, &[("A", "1")]),
            object("db:2", 3, &[("A", "1"), ("B", "2")]),
        );
        let at = "spec.template.spec.containers[name=db]";
        assert_eq!(
            paths(&diff(&a, &b)),
            [format!("{at}.env[name=B]"), format!("{at}.image")]
        );
        assert!(diff(&a, &a).is_empty());
    }

    #[test]
    fn both_sides_are_kept_where_they_do_not_touch() {
        let base = object("db:1", 3, &[("A", "1")]);
        let mine = object("db:2", 3, &[("A", "1")]);
        let theirs = object("db:1", 5, &[("A", "1"), ("B", "2")]);
        assert_eq!(
            merge(&base, &mine, &theirs, &[]),
            Ok(object("db:2", 5, &[("A", "1"), ("B", "2")]))
        );
    }

    #[test]
    fn what_both_changed_is_chosen() {
        let (base, mine, theirs) = (
            object("db:1", 3, &[]),
            object("db:2", 3, &[]),
            object("db:3", 4, &[]),
        );
        let conflicts = merge(&base, &mine, &theirs, &[]).unwrap_err();
        assert_eq!(conflicts.len(), 1);
        let Conflict {
            path,
            mine: m,
            theirs: t,
            ..
        } = conflicts[0].clone();
        assert_eq!((m, t), (Some(json!("db:2")), Some(json!("db:3"))));
        let chosen = |side| merge(&base, &mine, &theirs, &[(path.clone(), side)]).unwrap();
        assert_eq!(chosen(Side::Mine), object("db:2", 4, &[]));
        assert_eq!(chosen(Side::Theirs), theirs);
        // To the same is no conflict.
        assert_eq!(merge(&base, &theirs, &theirs, &[]), Ok(theirs.clone()));
    }

    #[test]
    fn what_one_removed_and_the_other_changed_is_a_conflict_of_the_whole() {
        let base = object("db:1", 3, &[("A", "1")]);
        let mut mine = base.clone();
        put(&mut mine, &Path::parse("spec.template"), None);
        let theirs = object("db:9", 3, &[("A", "1")]);
        let conflicts = merge(&base, &mine, &theirs, &[]).unwrap_err();
        assert_eq!(conflicts[0].path.to_string(), "spec.template");
        assert_eq!(conflicts[0].mine, None);
    }

    #[test]
    fn a_new_order_is_a_change_of_the_list() {
        let (a, b) = (
            object("d", 1, &[("A", "1"), ("B", "2")]),
            object("d", 1, &[("B", "2"), ("A", "1")]),
        );
        assert_eq!(
            paths(&diff(&a, &b)),
            ["spec.template.spec.containers[name=db].env"]
        );
    }

    #[test]
    fn removing_removes() {
        let base = object("db:1", 3, &[("A", "1"), ("B", "2")]);
        let mine = object("db:1", 3, &[("B", "2")]);
        let theirs = object("db:1", 9, &[("A", "1"), ("B", "2"), ("C", "3")]);
        assert_eq!(
            merge(&base, &mine, &theirs, &[]),
            Ok(object("db:1", 9, &[("B", "2"), ("C", "3")]))
        );
    }

    mod properties {
        use super::super::*;
        use proptest::prelude::*;
        use serde_json::json;

        fn value() -> impl Strategy<Value = Value> {
            let leaf = prop_oneof![
                any::<bool>().prop_map(Value::from),
                (0..4i64).prop_map(Value::from),
                "[a-c]{0,2}".prop_map(Value::from)
            ];
            leaf.prop_recursive(4, 24, 4, |inner| {
                let members = prop::collection::btree_map("[a-c]", inner.clone(), 0..3);
                prop_oneof![
                    prop::collection::btree_map(
                        prop_oneof!["[a-c]", Just("list".to_owned())],
                        inner.clone(),
                        0..4
                    )
                    .prop_map(|m| json!(m)),
                    members.prop_map(|m| {
                        let items: Vec<Value> =
                            m.into_iter().map(|(k, v)| json!({"name": k, "v": v})).collect();
                        json!({"containers": items})
                    }),
                    prop::collection::vec(inner, 0..3).prop_map(Value::from),
                ]
            })
        }

        proptest! {
            #[test]
            fn one_side_alone_is_taken(base in value(), changed in value()) {
                prop_assert_eq!(merge(&base, &changed, &base, &[]), Ok(changed.clone()));
                prop_assert_eq!(merge(&base, &base, &changed, &[]), Ok(changed));
            }

            #[test]
            fn both_sides_alike_are_no_conflict(base in value(), changed in value()) {
                prop_assert_eq!(merge(&base, &changed, &changed, &[]), Ok(changed));
            }

            #[test]
            fn a_conflict_can_always_be_settled(base in value(), mine in value(), theirs in value()) {
                if let Err(conflicts) = merge(&base, &mine, &theirs, &[]) {
                    for side in [Side::Mine, Side::Theirs] {
                        let choices: Vec<(Path, Side)> = conflicts.iter().map(|c| (c.path.clone(), side)).collect();
                        prop_assert!(merge(&base, &mine, &theirs, &choices).is_ok());
                    }
                }
            }
        }
    }
}
