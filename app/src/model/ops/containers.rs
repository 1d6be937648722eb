//! Images, requests and limits of the containers of a template.
use crate::api::ApiError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A field of a container that is changed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    Image,
    CpuRequest,
    CpuLimit,
    MemoryRequest,
    MemoryLimit,
}

impl Amount {
    pub const ALL: [Self; 5] = [
        Self::Image,
        Self::CpuRequest,
        Self::CpuLimit,
        Self::MemoryRequest,
        Self::MemoryLimit,
    ];

    /// Its path below the container.
    pub fn path(self) -> &'static [&'static str] {
        match self {
            Self::Image => &["image"],
            Self::CpuRequest => &["resources", "requests", "cpu"],
            Self::CpuLimit => &["resources", "limits", "cpu"],
            Self::MemoryRequest => &["resources", "requests", "memory"],
            Self::MemoryLimit => &["resources", "limits", "memory"],
        }
    }
}

/// A container of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    pub name: String,
    /// It is one of `initContainers`.
    pub init: bool,
    /// The values of [`Amount::ALL`], empty where there is none.
    pub values: [String; 5],
}

/// Another value for a field, in the place of the one that was shown. Empty: none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub container: String,
    pub init: bool,
    pub field: Amount,
    pub before: String,
    pub after: String,
}

fn list(init: bool) -> &'static str {
    if init { "initContainers" } else { "containers" }
}

fn value_at(container: &Value, field: Amount) -> String {
    let found = field.path().iter().try_fold(container, |at, key| at.get(key));
    match found {
        Some(Value::String(text)) => text.clone(),
        // Written without quotes a quantity is a number.
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The containers of a set, those that start first before the others.
pub fn containers(set: &Value) -> Vec<Container> {
    let of = |init: bool| {
        let all = set.pointer("/spec/template/spec").and_then(|s| s.get(list(init)));
        let all = all.and_then(Value::as_array).into_iter().flatten();
        all.map(move |c| Container {
            name: c
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            init,
            values: Amount::ALL.map(|field| value_at(c, field)),
        })
    };
    of(true).chain(of(false)).collect()
}

/// Makes the changes in a set, each only where the value is the one that was shown.
///
/// # Errors
/// Conflict, with every field that is no longer what was shown.
pub fn change(set: &mut Value, changes: &[Change]) -> Result<(), ApiError> {
    let mut moved = Vec::new();
    for wanted in changes {
        let found = set
            .pointer_mut("/spec/template/spec")
            .and_then(|s| s.get_mut(list(wanted.init)))
            .and_then(Value::as_array_mut)
            .and_then(|all| {
                all.iter_mut()
                    .find(|c| c.get("name").and_then(Value::as_str) == Some(&wanted.container))
            });
        let Some(container) = found else {
            moved.push(format!("container {} is gone", wanted.container));
            continue;
        };
        let now = value_at(container, wanted.field);
        if now == wanted.after {
            continue;
        }
        if now != wanted.before {
            let path = wanted.field.path().join(".");
            moved.push(format!(
                "{} {path} is {now:?} now, not {:?}",
                wanted.container, wanted.before
            ));
            continue;
        }
        put(container, wanted.field.path(), &wanted.after);
    }
    if moved.is_empty() {
        return Ok(());
    }
    Err(ApiError::Conflict(format!(
        "nothing was sent: {}",
        moved.join("; ")
    )))
}

/// Sets a value, or takes it away; what is empty afterwards goes with it.
fn put(at: &mut Value, path: &[&str], after: &str) {
    let (Some((key, rest)), Some(map)) = (path.split_first(), at.as_object_mut()) else {
        return;
    };
    if !rest.is_empty() {
        let next = map.entry(*key).or_insert_with(|| Value::Object(Map::new()));
        put(next, rest, after);
        if next.as_object().is_some_and(Map::is_empty) {
            map.remove(*key);
        }
    } else if after.is_empty() {
        map.remove(*key);
    } else {
        map.insert((*key).to_owned(), Value::String(after.to_owned()));
    }
}
