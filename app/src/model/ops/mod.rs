//! Everyday operations on a set: what is sent for each, and on which condition.
//!
//! Two people never overwrite each other: a write names the `resourceVersion` of the object that was just read, and it is built
//! only while that object still is as the person saw it. `metadata.generation` tells: the API server raises it with every
//! change of `spec`, and with no change of `status`, which the controller writes all the time.
mod containers;
mod many;
mod revision;

use super::facts::REPLICAS_ANNOTATION;
use crate::api::ApiError;
pub use containers::{Amount, Change, Container, change, containers};
pub use many::{Job, Mark, Picked, TOGETHER, Verb};
pub use revision::{By, Revision, RolledBack, noise, template_of};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The annotation of the pod template by which `kubectl rollout restart` replaces all pods.
pub const RESTARTED: &str = "kubectl.kubernetes.io/restartedAt";
/// The annotation that says what is to be deleted once a set has no pods any more ([`super::delete::Intent`]).
pub const DELETING: &str = "ordinal.dev/delete";

/// A set as a person saw it. No other state of it is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    /// `metadata.generation`; none where only the object is meant, as with many sets at once.
    pub generation: Option<i64>,
}

impl Shown {
    /// The same object, whatever its spec is by now.
    #[must_use]
    pub fn whatever_spec(&self) -> Self {
        Self {
            generation: None,
            ..self.clone()
        }
    }
}

/// A set as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    pub uid: String,
    pub generation: i64,
    /// `metadata.resourceVersion`.
    pub version: String,
    pub replicas: i32,
    /// What a stop remembered.
    pub remembered: Option<i32>,
    /// What a delete that has begun is to delete.
    pub deleting: String,
}

impl Now {
    /// Reads the object.
    pub fn of(object: &Value) -> Self {
        let text = |at: &str| {
            let found = object.pointer(at).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        let note = |key: &str| text(&format!("/metadata/annotations/{}", key.replace('/', "~1")));
        let replicas = object.pointer("/spec/replicas").and_then(Value::as_i64);
        Self {
            uid: text("/metadata/uid"),
            generation: object
                .pointer("/metadata/generation")
                .and_then(Value::as_i64)
                .unwrap_or(0),
            version: text("/metadata/resourceVersion"),
            // The API server's default.
            replicas: replicas.and_then(|n| i32::try_from(n).ok()).unwrap_or(1),
            remembered: note(REPLICAS_ANNOTATION).parse().ok().filter(|n| *n > 0),
            deleting: note(DELETING),
        }
    }
}

/// What is done to a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Replaces all pods, after the set's update strategy, by a new value of [`RESTARTED`].
    Restart,
    /// 0 replicas, and how many there were is remembered in the set. With a note it is the beginning of a delete ([`DELETING`]).
    Stop { deleting: String },
    /// So many replicas; what was remembered is forgotten, and so is a delete that had begun.
    Start { replicas: i32 },
}

/// What to do about an [`Op`], the object being as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A JSON merge patch.
    Send(Value),
    /// It is so already.
    Nothing,
    /// It is not what the person saw.
    Refuse(ApiError),
}

/// Whether the object is still what the person saw.
///
/// # Errors
/// Conflict: another object, or another spec.
pub fn still(shown: &Shown, now: &Now) -> Result<(), ApiError> {
    let name = &shown.name;
    if now.uid != shown.uid {
        let words = format!("statefulsets.apps \"{name}\" is no longer the one you looked at");
        return Err(ApiError::Conflict(words));
    }
    match shown.generation {
        Some(seen) if seen != now.generation => Err(ApiError::Conflict(format!(
            "statefulsets.apps \"{name}\" was changed since you looked at it (generation {seen}, now {}): nothing was sent",
            now.generation
        ))),
        _ => Ok(()),
    }
}

impl Op {
    /// As it stands in the audit.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Stop { .. } => "stop",
            Self::Start { .. } => "start",
        }
    }

    /// The number of replicas that it asks for; none where it leaves that alone.
    pub fn replicas(&self) -> Option<i32> {
        match self {
            Self::Restart => None,
            Self::Stop { .. } => Some(0),
            Self::Start { replicas } => Some(*replicas),
        }
    }

    /// What is sent. `time` is RFC 3339, as kubectl writes it.
    pub fn decide(&self, shown: &Shown, now: &Now, time: &str) -> Decision {
        if let Err(error) = still(shown, now) {
            return Decision::Refuse(error);
        }
        let (notes, spec) = match self {
            Self::Restart => {
                let template = json!({"metadata": {"annotations": {RESTARTED: time}}});
                (json!({}), json!({ "template": template }))
            }
            Self::Stop { deleting } if now.replicas == 0 && *deleting == now.deleting => {
                return Decision::Nothing;
            }
            Self::Stop { deleting } => {
                // Who stops a stopped set forgets nothing.
                let had = Some(now.replicas).filter(|n| *n > 0).or(now.remembered);
                let note = (!deleting.is_empty()).then_some(deleting);
                let had = had.map(|n| n.to_string());
                (
                    json!({REPLICAS_ANNOTATION: had, DELETING: note}),
                    json!({"replicas": 0}),
                )
            }
            Self::Start { replicas } if now.replicas == *replicas && now.deleting.is_empty() => {
                return Decision::Nothing;
            }
            Self::Start { replicas } => {
                let forget = json!({REPLICAS_ANNOTATION: null, DELETING: null});
                (forget, json!({ "replicas": replicas }))
            }
        };
        let metadata = json!({"uid": now.uid, "resourceVersion": now.version, "annotations": notes});
        Decision::Send(json!({"metadata": metadata, "spec": spec}))
    }
}

/// Whether an object has all that a merge patch asks for (RFC 7396): what got no answer is looked for by this.
pub fn holds(object: &Value, patch: &Value) -> bool {
    match patch {
        Value::Object(map) => map.iter().all(|(key, part)| match object.get(key) {
            // It names the state before.
            _ if key == "resourceVersion" => true,
            None => part.is_null() || part.as_object().is_some_and(|m| m.values().all(Value::is_null)),
            Some(there) => holds(there, part),
        }),
        other => object == other,
    }
}

/// A pod of the set, to be restarted alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodLine {
    pub name: String,
    pub uid: String,
    pub ordinal: i64,
    /// What the label says by which it leads: `role=primary`; empty for the others.
    pub leads: String,
}

/// The label by which software says that a pod leads the others.
pub fn leads<'a>(labels: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    const WORDS: [&str; 3] = ["leader", "master", "primary"];
    let told = |(key, value): (&String, &String)| {
        let word = value.to_lowercase();
        let by_key = word == "true" && WORDS.iter().any(|w| key.to_lowercase().ends_with(w));
        (WORDS.contains(&word.as_str()) || by_key).then(|| format!("{key}={value}"))
    };
    labels.into_iter().find_map(told).unwrap_or_default()
}

/// The order in which pods are restarted by hand: from the highest ordinal down as the controller does, who leads at last.
pub fn one_by_one(mut pods: Vec<PodLine>) -> Vec<PodLine> {
    pods.sort_by_key(|p| (!p.leads.is_empty(), -p.ordinal));
    pods
}

/// What the dialogs are drawn from, read when they open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpsPlan {
    pub shown: Shown,
    pub replicas: i32,
    /// See [`Now::remembered`].
    pub remembered: Option<i32>,
    /// Why it may not be changed, in the cluster's words to a dry run.
    pub refused: Option<ApiError>,
    /// Why its number of replicas may not be set by the `scale` subresource.
    pub scale_refused: Option<ApiError>,
    /// In the order of [`one_by_one`], as many as a table shows.
    pub pods: Vec<PodLine>,
    pub containers: Vec<Container>,
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Something was written.
    pub changed: bool,
    /// How many replicas there were before it could not be noted in the set.
    pub unremembered: bool,
}

#[cfg(test)]
mod tests;
