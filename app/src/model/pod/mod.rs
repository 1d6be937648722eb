//! The page of one pod: what it is, what is around it, and how it is.
pub mod act;
mod around;
pub mod debug;
pub mod env;
mod exit;
mod lanes;
mod verdict;

use super::{
    detail::EventRow,
    facts::{Owner, PodFacts},
    shown::Shown,
};
use crate::api::ApiError;
pub use around::{ClaimAround, Endpoint, NodeAround, PodEvent, ServiceAround, SetAround};
pub use exit::{Exit, Run, exit};
pub use lanes::{Lane, Span, lanes};
use serde::{Deserialize, Serialize};
pub use verdict::{Tone, Trouble, Verdict, judge, node_lost};

/// A part of the page that fails alone: why it cannot be shown, where it cannot.
pub type Panel<T> = Result<T, ApiError>;

/// Keys with their values.
pub type Pairs = Vec<(String, String)>;

/// An entry of `status.conditions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    pub reason: String,
    pub message: String,
    /// Since when it is so, seconds since 1970; 0 where nobody wrote it.
    pub since: i64,
}

/// What a container is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Runs to its end before the next one starts.
    Init,
    /// An init container with `restartPolicy: Always`: it goes on beside the others.
    Sidecar,
    #[default]
    Main,
    /// Added to the running pod, as `kubectl debug` does.
    Ephemeral,
}

/// What a container does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The kubelet has said nothing about it yet.
    #[default]
    Unknown,
    Waiting {
        reason: String,
        message: String,
    },
    Running {
        /// Seconds since 1970.
        since: i64,
    },
    Ended(Run),
}

/// A probe as the kubelet runs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// `startup`, `readiness` or `liveness`.
    pub kind: String,
    /// What it does, such as `GET :9200/health`.
    pub does: String,
    /// Seconds between two of them, and the failures in a row that count.
    pub every: i32,
    pub failures: i32,
}

/// A place of a volume in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    pub volume: String,
    pub path: String,
    pub sub_path: String,
    pub read_only: bool,
}

/// A container with its status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    pub name: String,
    pub role: Role,
    pub image: String,
    /// What the node really runs: the image's digest.
    pub image_id: String,
    pub pull_policy: String,
    pub state: State,
    /// How the run before ended.
    pub last: Option<Run>,
    pub ready: bool,
    pub restarts: i32,
    /// Such as `http 8080/TCP`.
    pub ports: Vec<String>,
    pub command: Vec<String>,
    pub args: Vec<String>,
    pub requests: Pairs,
    pub limits: Pairs,
    pub probes: Vec<Probe>,
    pub mounts: Vec<Mount>,
    pub privileged: bool,
}

/// Where a volume comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    Claim(String),
    ConfigMap(String),
    Secret(String),
    /// Its medium (empty for the node's disk) and its limit.
    EmptyDir(String, String),
    HostPath(String),
    /// Of several sources, each by its kind and name.
    Projected(Vec<String>),
    /// The key of the source in the manifest.
    Other(String),
}

/// A volume of the pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    pub name: String,
    pub source: Source,
}

/// What decides on which node it runs, in the manifest's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduling {
    /// The node for which others are moved away.
    pub nominated: String,
    pub selector: Pairs,
    pub affinity: Vec<String>,
    pub spread: Vec<String>,
    pub tolerations: Vec<String>,
    pub qos: String,
    pub priority: i32,
    pub priority_class: String,
    pub scheduler: String,
}

/// A pod: the object, without what no panel shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodBody {
    /// As the pages of sets see it.
    pub facts: PodFacts,
    pub uid: String,
    pub resource_version: String,
    /// What controls it; no kind where nothing does.
    pub owner: Owner,
    /// `terminationGracePeriodSeconds`.
    pub grace: i64,
    pub finalizers: Vec<String>,
    /// `status.reason` and `status.message`: why the whole pod failed.
    pub reason: String,
    pub message: String,
    pub conditions: Vec<Condition>,
    /// Conditions that others set and that readiness waits for.
    pub gates: Vec<String>,
    /// What keeps the scheduler from looking at it.
    pub scheduling_gates: Vec<String>,
    /// Init containers first, then the main ones, then those that were added.
    pub containers: Vec<Container>,
    pub volumes: Vec<Volume>,
    pub scheduling: Scheduling,
    pub ips: Vec<String>,
    pub host_ip: String,
    pub host_network: bool,
    pub hostname: String,
    pub subdomain: String,
    pub service_account: String,
    pub labels: Pairs,
    pub annotations: Pairs,
}

impl PodBody {
    /// A condition by its name.
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().find(|c| c.kind == kind)
    }

    /// The claim of a volume of that name.
    pub fn claim_of(&self, volume: &str) -> Option<&str> {
        let found = self.volumes.iter().find(|v| v.name == volume)?;
        match &found.source {
            Source::Claim(name) => Some(name),
            _ => None,
        }
    }
}

/// What the pods of a set are made of: a pod that nobody has started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Without what only a cluster knows: node, states, addresses.
    pub body: PodBody,
    pub environment: Vec<env::Environment>,
}

/// The whole page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodView {
    pub pod: PodBody,
    /// None where no set controls it.
    pub set: Panel<Option<SetAround>>,
    /// None while it has no node.
    pub node: Panel<Option<NodeAround>>,
    pub claims: Panel<Vec<ClaimAround>>,
    pub services: Panel<Vec<ServiceAround>>,
    /// Of the pod, its claims and its node; newest first.
    pub events: Panel<Vec<PodEvent>>,
}

impl Default for PodView {
    fn default() -> Self {
        Self {
            pod: PodBody::default(),
            set: Ok(None),
            node: Ok(None),
            claims: Ok(Vec::new()),
            services: Ok(Vec::new()),
            events: Ok(Vec::new()),
        }
    }
}

/// The parts that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodDelta {
    pub pod: Option<PodBody>,
    pub set: Option<Panel<Option<SetAround>>>,
    pub node: Option<Panel<Option<NodeAround>>>,
    pub claims: Option<Panel<Vec<ClaimAround>>>,
    pub services: Option<Panel<Vec<ServiceAround>>>,
    pub events: Option<Panel<Vec<PodEvent>>>,
}

impl Shown for PodView {
    type Change = PodDelta;
}

/// The value, where it is not the one before.
fn new<T: PartialEq + Clone>(before: &T, now: &T) -> Option<T> {
    (before != now).then(|| now.clone())
}

impl PodView {
    /// What turns `self` into `newer`; none where nothing changed.
    pub fn delta(&self, newer: &Self) -> Option<PodDelta> {
        let delta = PodDelta {
            pod: new(&self.pod, &newer.pod),
            set: new(&self.set, &newer.set),
            node: new(&self.node, &newer.node),
            claims: new(&self.claims, &newer.claims),
            services: new(&self.services, &newer.services),
            events: new(&self.events, &newer.events),
        };
        (delta != PodDelta::default()).then_some(delta)
    }

    /// Applies a delta.
    pub fn apply(&mut self, delta: PodDelta) {
        fn put<T>(place: &mut T, change: Option<T>) {
            if let Some(newer) = change {
                *place = newer;
            }
        }
        put(&mut self.pod, delta.pod);
        put(&mut self.set, delta.set);
        put(&mut self.node, delta.node);
        put(&mut self.claims, delta.claims);
        put(&mut self.services, delta.services);
        put(&mut self.events, delta.events);
    }

    /// The newest failure of a probe of a container, in the kubelet's words.
    pub fn probe_failure(&self, container: &str, probe: &str) -> Option<&EventRow> {
        let events = self.events.as_ref().ok()?;
        let about = |e: &&PodEvent| {
            e.container == container
                && e.row.reason == "Unhealthy"
                && e.row.message.to_lowercase().starts_with(probe)
        };
        events.iter().find(about).map(|e| &e.row)
    }
}

/// The name by which others find a pod in DNS; none where its Service gives it none.
pub fn dns_name(pod: &PodBody) -> Option<String> {
    let named = !pod.hostname.is_empty() && !pod.subdomain.is_empty();
    named.then(|| format!("{}.{}.{}.svc", pod.hostname, pod.subdomain, pod.facts.namespace))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
