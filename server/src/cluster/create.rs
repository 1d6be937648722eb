//! Creating what the wizard wrote. Each document is posted as the YAML that it is, so that the API server decodes it
//! exactly as it does for kubectl; strict field validation refuses what it does not know.
use super::{Act, Kube};
use crate::error::Error;
use app::{
    api::{
        ApiError,
        create::{Created, Outcome},
    },
    manifest::{Bundle, Finding, kinds::ObjectKind, merge::diff, strict},
};
use serde_json::Value;

/// The query of every create: unknown and doubled fields are errors, and the fields are ours.
const STRICT: &str = "fieldValidation=Strict&fieldManager=ordinal";

/// One document as a request.
pub(super) struct Part {
    pub index: usize,
    pub kind: String,
    pub api_version: String,
    pub namespace: String,
    pub name: String,
    pub text: String,
}

/// The collection that a document is posted to, and when; `None` for kinds that are not created here.
pub(super) fn collection(kind: &str, api_version: &str, namespace: &str) -> Option<(usize, String)> {
    ObjectKind::find(kind, api_version).map(|(order, kind)| (order, kind.collection(namespace)))
}

/// Names go into URLs: nothing that is no DNS name is ever sent.
pub(super) fn is_dns_name(text: &str) -> bool {
    let inner = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'.';
    let end = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let bytes = text.as_bytes();
    bytes.len() <= 253 && end(bytes.first()) && end(bytes.last()) && bytes.iter().copied().all(inner)
}

pub(super) fn invalid(message: String) -> ApiError {
    ApiError::Invalid {
        message,
        fields: Vec::new(),
    }
}

/// The documents in the order in which they are created: what others name comes before them.
fn parts(text: &str) -> Result<Vec<Part>, ApiError> {
    let told = |f: Finding| invalid(format!("line {}, column {}: {}", f.line, f.column, f.problem));
    let bundle = Bundle::read(text).map_err(told)?;
    if let Some(found) = strict::check(&bundle) {
        return Err(told(found));
    }
    let mut parts = Vec::new();
    for (index, document) in bundle.documents.iter().enumerate() {
        let part = Part {
            index,
            kind: document.kind().to_owned(),
            api_version: document.api_version().to_owned(),
            namespace: document.namespace().to_owned(),
            name: document.name().to_owned(),
            text: text.get(document.range.clone()).unwrap_or_default().to_owned(),
        };
        let Some((order, _)) = collection(&part.kind, &part.api_version, "x") else {
            let what = format!("{} {}", part.api_version, part.kind);
            return Err(invalid(format!(
                "line {}: {what} is not created here yet",
                document.lines.start + 1
            )));
        };
        for (field, value) in [
            ("metadata.namespace", &part.namespace),
            ("metadata.name", &part.name),
        ] {
            if !is_dns_name(value) {
                return Err(invalid(format!("{} {field}: {value:?} is no name", part.kind)));
            }
        }
        parts.push((order, part));
    }
    if parts.is_empty() {
        return Err(invalid("there is nothing to create".to_owned()));
    }
    parts.sort_by_key(|(order, part)| (*order, part.index));
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

fn created(part: &Part, made: &Value) -> Created {
    let uid = made.pointer("/metadata/uid").and_then(Value::as_str);
    Created {
        kind: part.kind.clone(),
        api_version: part.api_version.clone(),
        namespace: part.namespace.clone(),
        name: part.name.clone(),
        uid: uid.unwrap_or_default().to_owned(),
    }
}

/// What the text has and the object that would be stored has not: the API server drops a field whose feature is off
/// without a word.
fn dropped(text: &str, would: &Value) -> Vec<String> {
    let Ok(sent) = serde_yaml::from_str::<Value>(text) else {
        return Vec::new();
    };
    // An answer that is no such object says nothing about fields.
    if sent.get("kind") != would.get("kind") {
        return Vec::new();
    }
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        // A zero or a `false` that is not kept is what stands for nothing.
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Bool(on) => !on,
    };
    let lost = diff(&sent, would).into_iter();
    let lost = lost.filter(|c| c.after.is_none() && c.before.as_ref().is_some_and(|v| !empty(v)));
    // Two fields are the cluster's own at all times, and `stringData` becomes `data`.
    let own = |path: &str| {
        path.starts_with("status") || path == "metadata.creationTimestamp" || path.starts_with("stringData")
    };
    lost.map(|c| c.path.to_string())
        .filter(|path| !own(path))
        .collect()
}

impl Kube {
    async fn post(&self, part: &Part, dry_run: bool) -> Result<Value, Error> {
        let (_, path) = collection(&part.kind, &part.api_version, &part.namespace)
            .ok_or_else(|| Error::Unbuildable(part.kind.clone()))?;
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let request = http::Request::post(format!("{path}?{STRICT}{dry}"))
            .header(http::header::CONTENT_TYPE, "application/yaml")
            .header(http::header::ACCEPT, "application/json")
            .body(part.text.clone().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "create",
            kind: &part.kind,
            namespace: &part.namespace,
            name: &part.name,
            uid: "",
            dry_run,
        };
        self.mutate(act, request).await
    }

    /// A dry run of every document; then, unless only that was asked for, the creation of each in order.
    ///
    /// # Errors
    /// Invalid where the text names nothing that can be created; what the cluster refuses is in the outcome.
    pub(super) async fn create_all(
        &self,
        text: &str,
        kept: &[Created],
        dry_run: bool,
    ) -> Result<Outcome, ApiError> {
        let mut parts = parts(text)?;
        // What an earlier try has created, and the user kept, is there.
        let same =
            |p: &Part, k: &Created| (&p.kind, &p.namespace, &p.name) == (&k.kind, &k.namespace, &k.name);
        parts.retain(|p| !kept.iter().any(|k| same(p, k)));
        let mut outcome = Outcome::default();
        for part in &parts {
            let asked = match self.post(part, true).await {
                Err(Error::Refused(status)) if status.reason == "AlreadyExists" => {
                    outcome.unchanged.push(part.index);
                    self.unchanged(part).await
                }
                Ok(would) => {
                    let lost = dropped(&part.text, &would).into_iter();
                    outcome.dropped.extend(lost.map(|path| (part.index, path)));
                    Ok(())
                }
                Err(error) => Err(error.into()),
            };
            if let Err(error) = asked {
                outcome.refused = Some((part.index, error));
                return Ok(outcome);
            }
        }
        parts.retain(|part| !dry_run && !outcome.unchanged.contains(&part.index));
        for part in &parts {
            match self.post(part, false).await {
                Ok(made) => outcome.created.push(created(part, &made)),
                Err(error) => {
                    outcome.refused = Some((part.index, error.into()));
                    break;
                }
            }
        }
        Ok(outcome)
    }

    /// Deletes exactly the objects with these UIDs, the last first.
    ///
    /// # Errors
    /// Conflict where one was made anew meanwhile; the others before it are gone then.
    pub(super) async fn undo_all(&self, created: &[Created]) -> Result<(), ApiError> {
        for Created {
            kind,
            api_version,
            namespace,
            name,
            uid,
        } in created.iter().rev()
        {
            let named = is_dns_name(namespace) && is_dns_name(name) && !uid.is_empty();
            let (_, path) = collection(kind, api_version, namespace)
                .filter(|_| named)
                .ok_or_else(|| invalid(format!("{kind} {name:?}: not what was created")))?;
            let act = Act {
                verb: "delete",
                kind,
                namespace,
                name,
                uid,
                dry_run: false,
            };
            self.delete_by_uid(act, format!("{path}/{name}"), "Background")
                .await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::dropped;
    use serde_json::json;

    #[test]
    fn what_is_taken_and_not_kept_is_named() {
        let text = "kind: StatefulSet\nspec:\n  paused: false\n  updateStrategy:\n    rollingUpdate:\n      maxUnavailable: 2\n      partition: 0\n  template:\n    spec:\n      volumes: []\n      containers:\n      - name: a\n        odd: 1\n";
        let kept = json!({"kind": "StatefulSet", "spec": {"updateStrategy": {"rollingUpdate": {"partition": 0}}, "template": {"spec": {"containers": [{"name": "a", "image": "i"}]}}}});
        assert_eq!(
            dropped(text, &kept),
            [
                "spec.template.spec.containers[name=a].odd",
                "spec.updateStrategy.rollingUpdate.maxUnavailable"
            ]
        );
        assert_eq!(dropped(text, &json!({"kind": "Status"})), [""; 0]);
    }
}
