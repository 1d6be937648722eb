//! Deleting: by UID only, each object with its own answer. What was made anew since it was shown stays.
use super::{Act, Kube, parts::is_dns_name};
use crate::error::Error;
use app::{
    api::ApiError,
    model::delete::{Done, Fate, Kind, Propagation, Target},
};
use futures::{StreamExt, stream};
use serde_json::{Value, json};

/// Claims that are deleted at the same time.
const TOGETHER: usize = 8;
/// The most objects of one request: a set with a thousand claims is deleted in parts.
const MOST: usize = 1_000;

/// The path of an object; none where a name is none, so that no request is ever built from it.
fn path(target: &Target) -> Option<String> {
    let Target {
        kind,
        namespace,
        name,
        uid,
    } = target;
    let named = is_dns_name(namespace) && is_dns_name(name) && !uid.is_empty();
    let collection = match kind {
        Kind::StatefulSet => format!("/apis/apps/v1/namespaces/{namespace}/statefulsets"),
        Kind::Service => format!("/api/v1/namespaces/{namespace}/services"),
        Kind::PersistentVolumeClaim => format!("/api/v1/namespaces/{namespace}/persistentvolumeclaims"),
        Kind::Pod => format!("/api/v1/namespaces/{namespace}/pods"),
        Kind::HorizontalPodAutoscaler => {
            format!("/apis/autoscaling/v2/namespaces/{namespace}/horizontalpodautoscalers")
        }
        Kind::PodDisruptionBudget => format!("/apis/policy/v1/namespaces/{namespace}/poddisruptionbudgets"),
    };
    named.then(|| format!("{collection}/{name}"))
}

/// A set goes as it was chosen: by itself it stays, as "Deleting", until its pods are gone (Foreground), so that the list
/// shows what still runs.
fn propagation(kind: Kind, of_set: Propagation) -> &'static str {
    match kind {
        Kind::StatefulSet => of_set.name(),
        _ => Propagation::Background.name(),
    }
}

/// Whether all of it can be asked for.
///
/// # Errors
/// Invalid where something has no name or UID, or where it is too much at once.
pub(super) fn deletable(targets: &[Target]) -> Result<(), ApiError> {
    if targets.len() <= MOST && targets.iter().all(|t| path(t).is_some()) {
        return Ok(());
    }
    let message = format!("up to {MOST} objects with a name and a UID are deleted at once");
    Err(ApiError::invalid(message))
}

/// Whether this object is still there and nobody has asked for its end.
fn still(object: &Value, uid: &str) -> bool {
    let metadata = &object["metadata"];
    metadata["uid"] == uid && metadata["deletionTimestamp"].is_null()
}

impl Kube {
    /// Deletes exactly this object, or asks whether the cluster would (`dry_run`).
    ///
    /// # Errors
    /// The cluster's; conflict where the object was made anew meanwhile.
    pub(super) async fn delete_one(
        &self,
        target: &Target,
        of_set: Propagation,
        dry_run: bool,
    ) -> Result<(), Error> {
        let kind = target.kind.name();
        let path = path(target)
            .ok_or_else(|| Error::Unbuildable(format!("{kind} {:?}: not what was shown", target.name)))?;
        let Target {
            namespace, name, uid, ..
        } = target;
        let act = Act {
            verb: "delete",
            kind,
            namespace,
            name,
            uid,
            dry_run,
        };
        self.delete_by_uid(act, path, propagation(target.kind, of_set))
            .await
    }

    /// The one request that deletes: whatever stands at the path now goes only if it still has the act's UID.
    ///
    /// # Errors
    /// The cluster's; conflict where the object was made anew meanwhile.
    pub(super) async fn delete_by_uid(
        &self,
        act: Act<'_>,
        path: String,
        propagation: &str,
    ) -> Result<(), Error> {
        let mut options = json!({
            "kind": "DeleteOptions", "apiVersion": "v1",
            "preconditions": {"uid": act.uid}, "propagationPolicy": propagation,
        });
        if act.dry_run {
            options["dryRun"] = json!(["All"]);
        }
        let request = http::Request::delete(&path)
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(options.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        match self.mutate::<Value>(act, request).await {
            Err(Error::NotKnown(words)) => match self.get_json(&path).await {
                Ok(there) if still(&there, act.uid) => Err(Error::NotKnown(words)),
                Ok(_) => Ok(()),
                Err(Error::Refused(status)) if status.code == 404 => Ok(()),
                Err(_) => Err(Error::NotKnown(words)),
            },
            answer => answer.map(|_| ()),
        }
    }

    /// Deletes what was shown, the StatefulSet first: while it cannot be deleted the rest is left alone, for it still
    /// stands on it.
    ///
    /// # Errors
    /// Invalid where something has no name or UID; nothing is sent then.
    pub async fn delete_all(&self, targets: Vec<Target>, of_set: Propagation) -> Result<Vec<Done>, ApiError> {
        deletable(&targets)?;
        let (sets, rest): (Vec<_>, Vec<_>) = targets.into_iter().partition(|t| t.kind == Kind::StatefulSet);
        let mut done = self.each(sets, of_set).await;
        let stopped = done.iter().any(|d| !d.is_gone());
        done.extend(if stopped {
            rest.into_iter()
                .map(|target| Done {
                    target,
                    fate: Fate::Untried,
                })
                .collect()
        } else {
            self.each(rest, of_set).await
        });
        Ok(done)
    }

    /// What became of a delete. A conflict mostly is the precondition, which API servers word in several ways; so what
    /// stands there now decides.
    async fn fate(&self, target: &Target, answer: Result<(), Error>) -> Fate {
        match answer.map_err(ApiError::from) {
            Ok(()) => Fate::Deleted,
            Err(ApiError::NotFound(_)) => Fate::Gone,
            Err(error @ ApiError::Conflict(_)) => match self.uid_now(target).await.map_err(ApiError::from) {
                Ok(uid) if uid != target.uid => Fate::Anew,
                Err(ApiError::NotFound(_)) => Fate::Gone,
                _ => Fate::Refused(error),
            },
            Err(error) => Fate::Refused(error),
        }
    }

    /// The UID of what has the target's name now.
    async fn uid_now(&self, target: &Target) -> Result<String, Error> {
        let path = path(target).ok_or_else(|| Error::Unbuildable(target.name.clone()))?;
        let request = http::Request::get(path)
            .body(Vec::new())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let found: Value = self.answer(self.client.request(request)).await?;
        let uid = found.pointer("/metadata/uid").and_then(Value::as_str);
        Ok(uid.unwrap_or_default().to_owned())
    }

    /// Deletes objects that do not stand on each other, and tells of each.
    pub(super) async fn each(&self, targets: Vec<Target>, of_set: Propagation) -> Vec<Done> {
        let one = async |target: Target| {
            let answer = self.delete_one(&target, of_set, false).await;
            let fate = self.fate(&target, answer).await;
            Done { target, fate }
        };
        stream::iter(targets).map(one).buffered(TOGETHER).collect().await
    }
}
