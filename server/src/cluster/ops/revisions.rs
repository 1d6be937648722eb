//! The revisions of a set, and the way back to one of them.
use super::{TRIES, busy, code};
use crate::{
    cluster::{Kube, edit::changed},
    error::Error,
};
use app::{
    api::ApiError,
    manifest::merge::{Change, diff},
    model::{
        edit::Subject,
        many::Runs,
        ops::{By, Now, Revision, RolledBack, Shown, noise, still, template_of},
        saving::Changed,
    },
};
use jiff::Timestamp;
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::ListParams};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The note by which whoever changes a set says why; the controller copies it to the revision.
const CAUSE: &str = "/metadata/annotations/kubernetes.io~1change-cause";
/// The label of a pod that names its revision.
const HASH: &str = "controller-revision-hash";
/// How long after a write the controller makes its revision at most, in seconds.
const SOON: i64 = 5;

fn text<'a>(object: &'a Value, at: &str) -> &'a str {
    object.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

fn seconds(time: &str) -> i64 {
    time.parse::<Timestamp>().map_or(0, Timestamp::as_second)
}

fn of_set(change: Change) -> Changed {
    changed(Subject::StatefulSet, change)
}

/// The path of the revisions of a namespace.
fn collection(namespace: &str) -> String {
    format!("/apis/apps/v1/namespaces/{namespace}/controllerrevisions")
}

impl Kube {
    /// The revisions of a set that are kept, the newest first.
    ///
    /// # Errors
    /// Not found, forbidden, or unavailable.
    pub async fn revisions(&self, namespace: &str, name: &str) -> Result<Vec<Revision>, ApiError> {
        let set = self.raw_set(namespace, name).await?;
        let path = collection(namespace);
        let pods: Api<Pod> = Api::namespaced(self.client(), namespace);
        let params = ListParams::default();
        let (all, pods) = tokio::join!(self.get_json(&path), self.answer(pods.list_metadata(&params)));
        let (all, uid) = (all?, text(&set, "/metadata/uid"));
        let mut ours: Vec<&Value> = all["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|r| owned(r, uid))
            .collect();
        ours.sort_by_key(|r| r["revision"].as_i64().unwrap_or(0));
        let pods = pods.ok().map(|list| {
            let mut by: BTreeMap<String, Vec<i64>> = BTreeMap::new();
            for pod in list {
                let labels = pod.metadata.labels.unwrap_or_default();
                let ordinal =
                    app::model::facts::ordinal(pod.metadata.name.as_deref().unwrap_or_default(), name);
                let ours = pod
                    .metadata
                    .owner_references
                    .iter()
                    .flatten()
                    .any(|o| o.uid == uid);
                if let (Some(hash), Some(ordinal), true) = (labels.get(HASH), ordinal, ours) {
                    by.entry(hash.clone()).or_default().push(ordinal);
                }
            }
            by
        });
        let mut rows: Vec<Revision> = Vec::with_capacity(ours.len());
        let mut before: Option<Value> = None;
        for object in ours {
            let Some(template) = template_of(object) else {
                continue;
            };
            let mut row = row(&set, object, &template);
            row.pods = pods.as_ref().map(|by| {
                let mut mine = by.get(&row.name).cloned().unwrap_or_default();
                mine.sort_unstable();
                Runs::of(mine)
            });
            if let Some(before) = &before {
                let (quiet, told): (Vec<_>, Vec<_>) =
                    diff(before, &template).into_iter().partition(|c| noise(&c.path));
                row.restart = told.is_empty() && !quiet.is_empty();
                row.noise = quiet.len();
                row.changes = told.into_iter().map(of_set).collect();
            }
            before = Some(template);
            rows.push(row);
        }
        rows.reverse();
        Ok(rows)
    }

    /// Puts the template of a revision into the set, the whole of it: what was added since goes. Or asks whether the cluster
    /// would take it (`dry_run`).
    ///
    /// # Errors
    /// Conflict where the set was changed since it was shown; not found where the revision is gone; else what the cluster says.
    pub async fn roll_back(
        &self,
        shown: &Shown,
        revision: &str,
        dry_run: bool,
    ) -> Result<RolledBack, ApiError> {
        if !crate::cluster::is_dns_name(revision) {
            return Err(Error::Unbuildable(format!("{revision:?}: no revision has such a name")).into());
        }
        let kept = self
            .get_json(&format!("{}/{revision}", collection(&shown.namespace)))
            .await?;
        let template = template_of(&kept).filter(|_| owned(&kept, &shown.uid));
        let template = template.ok_or_else(|| {
            let (name, set) = (revision, &shown.name);
            ApiError::NotFound(format!("controllerrevisions.apps \"{name}\" is none of {set}"))
        })?;
        for _ in 0..TRIES {
            let live = self.raw_set(&shown.namespace, &shown.name).await?;
            still(shown, &Now::of(&live))?;
            let mut wanted = live.clone();
            wanted["spec"]["template"] = template.clone();
            let changes = diff(&live["spec"]["template"], &template).into_iter().map(of_set);
            let rolled = RolledBack {
                changes: changes.filter(|c| !noise(&c.path)).collect(),
            };
            match self.put_set("rollback", shown, &wanted, dry_run).await {
                Ok(_) => return Ok(rolled),
                Err(error) if code(&error) == 409 => {}
                Err(Error::NotKnown(words)) => {
                    let template = json!({"spec": {"template": template}});
                    self.was_done(shown, &template, words).await?;
                    return Ok(rolled);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(busy(&shown.name))
    }
}

fn owned(revision: &Value, uid: &str) -> bool {
    let owners = revision
        .pointer("/metadata/ownerReferences")
        .and_then(Value::as_array);
    owners.into_iter().flatten().any(|o| o["uid"] == uid)
}

fn row(set: &Value, object: &Value, template: &Value) -> Revision {
    let containers = template.pointer("/spec/containers").and_then(Value::as_array);
    let image = |c: &Value| text(c, "/image").to_owned();
    let (name, created) = (
        text(object, "/metadata/name"),
        seconds(text(object, "/metadata/creationTimestamp")),
    );
    Revision {
        name: name.to_owned(),
        uid: text(object, "/metadata/uid").to_owned(),
        number: object["revision"].as_i64().unwrap_or(0),
        created,
        images: containers.into_iter().flatten().map(image).collect(),
        by: By {
            manager: manager(set, created),
            cause: text(object, CAUSE).to_owned(),
        },
        newest: text(set, "/status/updateRevision") == name,
        current: text(set, "/status/currentRevision") == name,
        ..Revision::default()
    }
}

/// The manager that wrote the template when the revision was made. The cluster keeps one time for each manager, so an earlier
/// revision of the same manager has none.
fn manager(set: &Value, created: i64) -> String {
    let entries = set.pointer("/metadata/managedFields").and_then(Value::as_array);
    let wrote = |e: &&Value| {
        let at = seconds(text(e, "/time"));
        (created - SOON..=created).contains(&at) && e.pointer("/fieldsV1/f:spec/f:template").is_some()
    };
    let found = entries
        .into_iter()
        .flatten()
        .filter(wrote)
        .max_by_key(|e| seconds(text(e, "/time")));
    found.map(|e| text(e, "/manager").to_owned()).unwrap_or_default()
}
