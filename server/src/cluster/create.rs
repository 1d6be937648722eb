//! Creating what a text holds. Each document is posted as the YAML that it is, so that the API server decodes it exactly
//! as it does for kubectl; strict field validation refuses what it does not know.
use super::{
    Act, Kube,
    parts::{Part, is_dns_name, is_path_name},
};
use crate::error::Error;
use app::{
    api::ApiError,
    manifest::merge::diff,
    model::{
        create::{Created, Order, Outcome, Said},
        said::plain,
    },
};
use serde_json::Value;
use std::time::Duration;

/// The query of every create: unknown and doubled fields are errors, and the fields are ours.
const STRICT: &str = "fieldValidation=Strict&fieldManager=ordinal";
/// How often is asked whether a definition that was just made is served.
const DEFINED: (usize, Duration) = (40, Duration::from_millis(250));

fn created(part: &Part, made: &Value) -> Created {
    let text = |pointer: &str| made.pointer(pointer).and_then(Value::as_str);
    Created {
        kind: part.kind.clone(),
        api_version: part.api_version.clone(),
        namespace: part.namespace.clone(),
        // The cluster may have completed it.
        name: text("/metadata/name").unwrap_or(&part.name).to_owned(),
        uid: text("/metadata/uid").unwrap_or_default().to_owned(),
    }
}

/// What was sent and the object that would be stored has not: the API server drops a field whose feature is off
/// without a word.
fn dropped(sent: &Value, would: &Value) -> Vec<String> {
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
    let lost = diff(sent, would).into_iter();
    let lost = lost.filter(|c| c.after.is_none() && c.before.as_ref().is_some_and(|v| !empty(v)));
    // Some fields are the cluster's own at all times, and `stringData` becomes `data`.
    let own = |path: &str| {
        path.starts_with("status")
            || path.starts_with("stringData")
            || [
                "creationTimestamp",
                "uid",
                "resourceVersion",
                "managedFields",
                "selfLink",
                "generation",
            ]
            .iter()
            .any(|key| path == format!("metadata.{key}"))
    };
    lost.map(|c| c.path.to_string())
        .filter(|path| !own(path))
        .collect()
}

/// A warning of the API server: `spec.template…: words`, or words alone.
fn said(document: usize, words: &str) -> Said {
    let words = plain(words);
    let field = words
        .split_once(": ")
        .map(|(field, _)| field)
        .filter(|field| field.contains('.') && !field.contains(' '));
    Said {
        document,
        field: field.unwrap_or_default().to_owned(),
        words,
    }
}

impl Kube {
    async fn post(&self, part: &Part, dry_run: bool) -> Result<(Value, Vec<String>), Error> {
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let (body, content) = part.body();
        let request = http::Request::post(format!("{}?{STRICT}{dry}", part.collection()?))
            .header(http::header::CONTENT_TYPE, content)
            .header(http::header::ACCEPT, "application/json")
            .body(body)
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "create",
            kind: &part.kind,
            namespace: &part.namespace,
            name: &part.name,
            uid: "",
            dry_run,
        };
        self.mutate_warned(act, request).await
    }

    /// A dry run of every document; then, unless only that was asked for, the creation of each in order.
    ///
    /// # Errors
    /// Invalid where the text names nothing that can be created; what the cluster refuses is in the outcome.
    pub async fn create_all(&self, order: &Order, dry_run: bool) -> Result<Outcome, ApiError> {
        let (mut parts, refused) = self.parts(order).await?;
        let mut outcome = Outcome {
            refused,
            ..Outcome::default()
        };
        // What an earlier try has created, and the user kept, is there.
        parts.retain(|part| !order.kept.iter().any(|kept| part.became(kept)));
        self.dry(&mut parts, &mut outcome).await;
        let unsure = !outcome.doubled.is_empty() && !order.last_key_counts;
        if dry_run || unsure || !outcome.refused.is_empty() {
            return Ok(outcome);
        }
        parts.retain(|part| !outcome.unchanged.contains(&part.index));
        for part in &mut parts {
            match self.make(part).await {
                Ok(made) => outcome.created.push(created(part, &made)),
                Err(error) => {
                    outcome.refused.push((part.index, error.into()));
                    break;
                }
            }
        }
        Ok(outcome)
    }

    /// What the cluster says of each, without storing anything.
    async fn dry(&self, parts: &mut [Part], outcome: &mut Outcome) {
        let spaces: Vec<String> = parts
            .iter()
            .filter(|p| p.kind == "Namespace")
            .map(|p| p.name.clone())
            .collect();
        let mut there = Vec::new();
        for part in parts.iter_mut() {
            if part.doubled {
                outcome.doubled.push(part.index);
            }
            part.later |= spaces.contains(&part.namespace) && !there.contains(&part.namespace);
            if part.later {
                outcome.later.push(part.index);
                continue;
            }
            match self.post(part, true).await {
                Err(Error::Refused(status)) if status.reason == "AlreadyExists" => {
                    outcome.unchanged.push(part.index);
                    match self.unchanged(part).await {
                        Ok(()) if part.kind == "Namespace" => there.push(part.name.clone()),
                        Ok(()) => {}
                        Err(error) => outcome.refused.push((part.index, error)),
                    }
                }
                Ok((would, warnings)) => {
                    let lost = dropped(&part.json, &would).into_iter();
                    outcome.dropped.extend(lost.map(|path| Said {
                        document: part.index,
                        field: path.clone(),
                        words: path,
                    }));
                    outcome
                        .warnings
                        .extend(warnings.into_iter().map(|words| said(part.index, &words)));
                    if part.kind == "StatefulSet" {
                        outcome.pods.extend(self.first_pod(part, &would).await);
                    }
                }
                Err(error) => outcome.refused.push((part.index, error.into())),
            }
        }
        // The admission of a pod wants what the same text brings.
        let brought: Vec<String> = parts.iter().map(|p| format!("\"{}\"", p.name)).collect();
        let own = |said: &Said| {
            let mut names = brought.iter().filter(|name| name.len() > 2);
            said.words.contains("not found") && names.any(|name| said.words.contains(name.as_str()))
        };
        outcome.pods.retain(|said| !own(said));
        outcome.doubled.dedup();
        outcome.later.dedup();
    }

    /// Creates one object; where its kind was defined a moment ago, as soon as it is served.
    async fn make(&self, part: &mut Part) -> Result<Value, Error> {
        let (times, pause) = DEFINED;
        for _ in 0..times {
            if part.served.is_some() {
                break;
            }
            part.served = self.served(&part.kind, &part.api_version, true).await?;
            if part.served.is_none() {
                tokio::time::sleep(pause).await;
            }
        }
        if part.served.as_ref().is_some_and(|s| !s.namespaced) {
            part.namespace.clear();
        }
        self.post(part, false).await.map(|(made, _)| made)
    }

    /// Deletes exactly the objects with these UIDs, the last first. What is gone already is no reason to stop.
    ///
    /// # Errors
    /// Conflict where one was made anew meanwhile; the others before it are gone then.
    pub async fn undo_all(&self, created: &[Created]) -> Result<(), ApiError> {
        for one in created.iter().rev() {
            let told = || ApiError::invalid(format!("{} {:?}: not what was created", one.kind, one.name));
            let served = self.served(&one.kind, &one.api_version, false).await?;
            let good = served.filter(|s| {
                let space = !s.namespaced || is_dns_name(&one.namespace);
                space && is_path_name(&one.name) && !one.uid.is_empty()
            });
            let path = good
                .map(|s| s.collection(&one.api_version, &one.namespace))
                .ok_or_else(told)?;
            let act = Act {
                verb: "delete",
                kind: &one.kind,
                namespace: &one.namespace,
                name: &one.name,
                uid: &one.uid,
                dry_run: false,
            };
            match self
                .delete_by_uid(act, format!("{path}/{}", one.name), "Background")
                .await
            {
                Err(Error::Refused(status)) if status.code == 404 => {}
                answer => answer?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_taken_and_not_kept_is_named() {
        let sent = json!({"kind": "StatefulSet", "spec": {"paused": false,
            "updateStrategy": {"rollingUpdate": {"maxUnavailable": 2, "partition": 0}},
            "template": {"spec": {"volumes": [], "containers": [{"name": "a", "odd": 1}]}}}});
        let kept = json!({"kind": "StatefulSet", "spec": {"updateStrategy": {"rollingUpdate": {"partition": 0}}, "template": {"spec": {"containers": [{"name": "a", "image": "i"}]}}}});
        assert_eq!(
            dropped(&sent, &kept),
            [
                "spec.template.spec.containers[name=a].odd",
                "spec.updateStrategy.rollingUpdate.maxUnavailable"
            ]
        );
        assert_eq!(dropped(&sent, &json!({"kind": "Status"})), [""; 0]);
    }

    #[test]
    fn a_warning_leads_to_its_field() {
        let field = |words: &str| said(0, words).field;
        assert_eq!(
            field("spec.template.spec.containers[0].env[2]: hides previous"),
            "spec.template.spec.containers[0].env[2]"
        );
        assert_eq!(field("would violate PodSecurity \"restricted:latest\": a"), "");
    }
}
