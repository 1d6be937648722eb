//! What a namespace has that a manifest can name.
use serde::{Deserialize, Serialize};

/// What can be named in a namespace, each list by name; `None` where the user may not list it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// Secrets. Their values never leave the server.
    pub secrets: Option<Vec<Keyed>>,
    /// ConfigMaps.
    pub config_maps: Option<Vec<Keyed>>,
    /// PersistentVolumeClaims.
    pub claims: Option<Vec<ClaimOffer>>,
    /// ServiceAccounts.
    pub service_accounts: Option<Vec<String>>,
    /// Services.
    pub services: Option<Vec<OfferedService>>,
    /// StatefulSets.
    pub sets: Option<Vec<SetOffer>>,
    /// HorizontalPodAutoscalers of StatefulSets.
    pub autoscalers: Option<Vec<Autoscaler>>,
    /// What a LimitRange gives to containers that do not say; `None` without one.
    pub limits: Option<Limits>,
    /// What the namespace's quotas count.
    pub quotas: Option<Vec<Counted>>,
    /// The Pod Security level that the namespace enforces; `None` where it has none, or may not be read.
    pub pod_security: Option<String>,
}

/// What a LimitRange gives, as Kubernetes writes quantities; empty for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub cpu_request: String,
    pub cpu_limit: String,
    pub memory_request: String,
    pub memory_limit: String,
}

/// A Secret or a ConfigMap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed {
    pub name: String,
    /// The `type` of a Secret; empty for a ConfigMap.
    pub kind: String,
    /// Without their values.
    pub keys: Vec<String>,
}

/// A StatefulSet that is there, as far as another one can get in its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetOffer {
    pub name: String,
    /// `spec.serviceName`
    pub service: String,
    /// `spec.selector.matchLabels`
    pub selector: Vec<(String, String)>,
    /// The names of its volume templates.
    pub templates: Vec<String>,
}

/// Who sets the number of a set's pods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autoscaler {
    pub name: String,
    /// The set.
    pub target: String,
    pub min: i32,
    pub max: i32,
}

/// One resource that a quota counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The ResourceQuota.
    pub quota: String,
    /// `pods`, `requests.cpu` …
    pub resource: String,
    /// The most, and what is used now, as Kubernetes writes quantities.
    pub hard: String,
    pub used: String,
}

/// A claim that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimOffer {
    pub name: String,
    /// What was asked for, as Kubernetes writes it: `10Gi`.
    pub size: String,
    /// Whether it is bound to a volume, which may have data.
    pub bound: bool,
    /// The day of its creation (UTC), as `2026-03-01`; empty where it is not known.
    pub since: String,
}

/// A Service of the cluster, as far as a set can be tied to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedService {
    /// Its name.
    pub name: String,
    /// `clusterIP: None`
    pub headless: bool,
    /// `spec.selector`
    pub selector: Vec<(String, String)>,
}
