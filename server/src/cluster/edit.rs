//! Saving the text of an existing set, or of a Service of one: the change that the user made is put onto what the
//! cluster has now.
//!
//! The text itself is read by the API server: a dry run of it answers with the object that `kubectl replace` would
//! store, so that no second opinion about YAML or defaults is needed here.
use super::{Act, Kube, lots::without_lots, owners::owner, parts::is_dns_name};
use crate::error::Error;
use app::{
    api::{ApiError, FieldError},
    manifest::{
        Bundle, Document, Path,
        merge::{diff, merge},
        strict,
        write::yaml,
    },
    model::{
        edit::Subject,
        saving::{Changed, Clash, Edited, Opened, Other, Saving},
    },
};
use serde_json::Value;

/// How often a save begins anew because somebody else was faster.
const TRIES: usize = 5;
/// What only the cluster writes, and what nobody edits.
const HIDDEN: &[&str] = &[
    "managedFields",
    "resourceVersion",
    "uid",
    "generation",
    "creationTimestamp",
    "selfLink",
];
/// What `kubectl apply` notes for itself. It is kept, since what is hidden does not change.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The part of an object that a person edits.
pub fn shown(object: &Value) -> Value {
    let mut shown = object.clone();
    if let Some(map) = shown.as_object_mut() {
        map.remove("status");
    }
    // The cluster gives each claim template a status, which says nothing.
    let templates = shown
        .pointer_mut("/spec/volumeClaimTemplates")
        .and_then(Value::as_array_mut);
    for template in templates.into_iter().flatten() {
        if let Some(map) = template.as_object_mut() {
            map.remove("status");
        }
    }
    if let Some(metadata) = shown.get_mut("metadata").and_then(Value::as_object_mut) {
        for key in HIDDEN {
            metadata.remove(*key);
        }
        let annotations = metadata.get_mut("annotations").and_then(Value::as_object_mut);
        if annotations.is_some_and(|map| map.remove(LAST_APPLIED).is_some() && map.is_empty()) {
            metadata.remove("annotations");
        }
    }
    shown
}

fn words(value: Option<&Value>) -> String {
    let text = value.map(yaml).unwrap_or_default();
    text.trim_end().to_owned()
}

fn invalid(field: &str, message: String) -> ApiError {
    let fields = (!field.is_empty()).then(|| FieldError {
        field: field.to_owned(),
        message: message.clone(),
    });
    ApiError::Invalid {
        message,
        fields: fields.into_iter().collect(),
    }
}

/// The one document of a text, if it is the object that was opened.
fn only(edited: &Edited) -> Result<(), ApiError> {
    let told = |line: usize, column: usize, words: String| {
        invalid("", format!("line {line}, column {column}: {words}"))
    };
    let bundle = Bundle::read(&edited.text).map_err(|f| told(f.line, f.column, f.problem.to_string()))?;
    if let Some(found) = strict::check(&bundle) {
        return Err(told(found.line, found.column, found.problem.to_string()));
    }
    let [document] = bundle.documents.as_slice() else {
        return Err(invalid(
            "",
            format!("one document is saved here: the {}", edited.subject.kind()),
        ));
    };
    let same = |field: &str, is: &str, was: &str| {
        let words = || invalid(field, format!("{field} is fixed: {was}"));
        if is == was { Ok(()) } else { Err(words()) }
    };
    same("apiVersion", document.api_version(), edited.subject.api_version())?;
    same("kind", document.kind(), edited.subject.kind())?;
    same("metadata.name", document.name(), &edited.name)?;
    same(
        "metadata.namespace",
        namespace(document, edited),
        &edited.namespace,
    )
}

/// A text without a namespace means the one of the URL, as it does for kubectl.
fn namespace<'a>(document: &'a Document, edited: &'a Edited) -> &'a str {
    match document.namespace() {
        "" => &edited.namespace,
        named => named,
    }
}

/// A text as kubectl sends it, and whether it has to go as JSON, because a key stands twice in it.
pub(super) fn read(text: &str) -> (Value, bool) {
    Bundle::read(text).map(|b| b.json(0)).unwrap_or_default()
}

pub(super) fn changed(subject: Subject, change: app::manifest::merge::Change) -> Changed {
    Changed {
        impact: subject.impact(&change.path),
        before: words(change.before.as_ref()),
        after: words(change.after.as_ref()),
        path: change.path,
    }
}

impl Kube {
    /// # Errors
    /// Not found, forbidden, or unavailable; nothing is asked for an empty name.
    pub async fn raw_set(&self, namespace: &str, name: &str) -> Result<Value, Error> {
        self.raw(Subject::StatefulSet, namespace, name).await
    }

    /// # Errors
    /// As [`Kube::raw_set`].
    pub(super) async fn raw(&self, subject: Subject, namespace: &str, name: &str) -> Result<Value, Error> {
        self.get_json(&path(subject, namespace, name)?).await
    }

    pub async fn open_set(&self, namespace: &str, name: &str) -> Result<Opened, ApiError> {
        let object = self.raw_set(namespace, name).await?;
        Ok(Opened {
            uid: uid(&object).to_owned(),
            text: yaml(&shown(&object)),
            ..Opened::default()
        })
    }

    async fn put(
        &self,
        edited: &Edited,
        body: Vec<u8>,
        content: &str,
        dry_run: bool,
    ) -> Result<Value, Error> {
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let path = path(edited.subject, &edited.namespace, &edited.name)?;
        let request = http::Request::put(format!("{path}?fieldValidation=Strict&fieldManager=ordinal{dry}"))
            .header(http::header::CONTENT_TYPE, content)
            .header(http::header::ACCEPT, "application/json")
            .body(body)
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "update",
            kind: edited.subject.kind(),
            namespace: &edited.namespace,
            name: &edited.name,
            uid: &edited.uid,
            dry_run,
        };
        self.mutate(act, request).await
    }

    /// Saves, or asks what saving would do (`dry_run`).
    ///
    /// # Errors
    /// See [`app::api::edit::check_edit`].
    pub async fn save(&self, edited: &Edited, dry_run: bool) -> Result<Saving, ApiError> {
        only(edited)?;
        let (base, _) = read(&edited.base);
        let mut saving = Saving::default();
        let (body, content) = match read(&edited.text) {
            (json, true) => (json.to_string().into_bytes(), "application/json"),
            _ => (edited.text.clone().into_bytes(), "application/yaml"),
        };
        let mine = match self.put(edited, body, content, true).await {
            Ok(object) => without_lots(edited.subject, shown(&object), &read(&edited.text).0, &base),
            Err(error) => {
                saving.changes = self.fixed(&base, edited).await;
                if saving.changes.is_empty() {
                    return refused(saving, error);
                }
                return Ok(saving);
            }
        };
        saving.changes = diff(&base, &mine)
            .into_iter()
            .map(|change| changed(edited.subject, change))
            .collect();
        for _ in 0..TRIES {
            let live = self.raw(edited.subject, &edited.namespace, &edited.name).await?;
            if uid(&live) != edited.uid {
                let words = format!("{} was deleted and made anew since it was opened", edited.name);
                return Err(ApiError::Conflict(words));
            }
            saving.theirs = yaml(&shown(&live));
            saving.others = others(&base, &live);
            let merged = match merge(&base, &mine, &live, &edited.choices) {
                Ok(merged) => merged,
                Err(conflicts) => {
                    saving.clashes = conflicts.into_iter().map(|c| clash(c, &live)).collect();
                    return Ok(saving);
                }
            };
            // Nothing to store, and no new version of the object for others to trip over.
            if merged == live {
                saving.saved = !dry_run;
                return Ok(saving);
            }
            let body = serde_json::to_vec(&merged).map_err(|e| Error::Unbuildable(e.to_string()))?;
            match self.put(edited, body, "application/json", dry_run).await {
                Ok(object) => {
                    saving.theirs = yaml(&shown(&object));
                    saving.saved = !dry_run;
                    return Ok(saving);
                }
                // Somebody was faster: the newest object is read and the change put onto that.
                Err(Error::Refused(status)) if status.code == 409 => {}
                Err(error) => return refused(saving, error),
            }
        }
        Err(ApiError::Conflict(format!(
            "{} changes all the time; try again",
            edited.name
        )))
    }
}

/// What the cluster says to the object is part of the answer; that it cannot be asked is an error.
fn refused(mut saving: Saving, error: Error) -> Result<Saving, ApiError> {
    match ApiError::from(error) {
        error @ (ApiError::Invalid { .. } | ApiError::Forbidden { .. } | ApiError::Conflict(_)) => {
            saving.refused = Some(error);
            Ok(saving)
        }
        error => Err(error),
    }
}

pub(super) fn path(subject: Subject, namespace: &str, name: &str) -> Result<String, Error> {
    if is_dns_name(namespace) && is_dns_name(name) {
        return Ok(match subject {
            Subject::StatefulSet => format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/{name}"),
            Subject::Service => format!("/api/v1/namespaces/{namespace}/services/{name}"),
        });
    }
    Err(Error::Unbuildable(format!(
        "{namespace:?}/{name:?}: no {} has such a name",
        subject.kind()
    )))
}

pub(super) fn uid(object: &Value) -> &str {
    object
        .pointer("/metadata/uid")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn manager(live: &Value, path: &Path) -> String {
    live.pointer("/metadata/managedFields")
        .and_then(|fields| owner(fields, path))
        .unwrap_or_default()
}

fn others(base: &Value, live: &Value) -> Vec<Other> {
    let theirs = diff(base, &shown(live)).into_iter();
    theirs
        .map(|change| Other {
            after: words(change.after.as_ref()),
            manager: manager(live, &change.path),
            path: change.path,
        })
        .collect()
}

fn clash(conflict: app::manifest::merge::Conflict, live: &Value) -> Clash {
    Clash {
        base: words(conflict.base.as_ref()),
        mine: words(conflict.mine.as_ref()),
        theirs: words(conflict.theirs.as_ref()),
        manager: manager(live, &conflict.path),
        path: conflict.path,
    }
}
