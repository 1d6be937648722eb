//! What is around a pod: its set, its node, its claims, the Services that find it, what happened.
use crate::model::{detail::EventRow, strip::Cell};
use serde::{Deserialize, Serialize};

/// The set of the pod, as far as its pods' fate depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAround {
    pub name: String,
    pub cells: Vec<Cell>,
    pub partition: Option<i64>,
    pub parallel: bool,
    pub on_delete: bool,
    pub deleting: bool,
    /// The ordinals that it asks for: the first, and the one after the last.
    pub asked: (i64, i64),
    /// A rollout is under way.
    pub rolling: bool,
    pub update_revision: String,
    /// What a pod that is made anew at this ordinal runs.
    pub next_revision: String,
    pub service: String,
}

/// The node of the pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeAround {
    pub zone: String,
    pub ready: bool,
    /// The node's object exists.
    pub exists: bool,
}

/// A claim that the pod mounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimAround {
    pub name: String,
    /// Empty where it does not exist.
    pub phase: String,
    pub size: String,
    pub class: String,
    /// The PersistentVolume.
    pub volume: String,
}

/// Whether a Service leads to the pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Endpoint {
    Ready,
    /// Listed, and without traffic.
    NotReady,
    /// Not among its endpoints.
    Missing,
    /// EndpointSlices may not be read.
    Hidden,
}

/// A Service whose selector finds the pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAround {
    pub name: String,
    pub headless: bool,
    pub address: String,
    /// Such as `http 80`.
    pub ports: Vec<String>,
    pub endpoint: Endpoint,
}

/// An event, with the container that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodEvent {
    pub row: EventRow,
    /// Empty where it is about no container.
    pub container: String,
}
