//! The revisions of a set: its template as it was at some time.
use super::RESTARTED;
use crate::{
    manifest::{Path, Segment},
    model::{many::Runs, saving::Changed},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who changed the template, as far as the cluster says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The field manager that wrote the template then; empty where a later write of the same one has covered it.
    pub manager: String,
    /// The annotation `kubernetes.io/change-cause`, as the set had it then.
    pub cause: String,
}

/// A ControllerRevision of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub name: String,
    pub uid: String,
    /// `revision`: rises with every change of the template, also back to an earlier one.
    pub number: i64,
    /// Seconds since 1970.
    pub created: i64,
    /// Of its containers, in their order.
    pub images: Vec<String>,
    pub by: By,
    /// The pods that run it; none where pods may not be read.
    pub pods: Option<Runs>,
    /// `status.updateRevision`: new pods are of it.
    pub newest: bool,
    /// `status.currentRevision`: pods below the partition are of it.
    pub current: bool,
    /// What it changed of the one before, without noise.
    pub changes: Vec<Changed>,
    /// It made the pods anew without another change.
    pub restart: bool,
    /// Lines of noise that are left out.
    pub noise: usize,
}

/// How a roll back ended, or would end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolledBack {
    /// What it changes of the template, each place with what it is now and what it becomes.
    pub changes: Vec<Changed>,
}

/// The template in the data of a ControllerRevision: a patch that replaces the whole of it (`getPatch` in
/// `pkg/controller/statefulset/stateful_set_utils.go`).
pub fn template_of(revision: &Value) -> Option<Value> {
    let mut template = revision.pointer("/data/spec/template")?.clone();
    template.as_object_mut()?.remove("$patch");
    Some(template)
}

/// What nobody wants to read in a difference of two templates.
pub fn noise(path: &Path) -> bool {
    let last = path.0.last();
    last == Some(&Segment::Key(RESTARTED.into())) || last == Some(&Segment::Key("creationTimestamp".into()))
}
