//! What a namespace has that a manifest can name.
use super::{ApiError, codec::Json};
use crate::manifest::lint::OfferedService;
use leptos::prelude::*;
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
    pub sets: Option<Vec<String>>,
    /// What a LimitRange gives to containers that do not say; `None` without one.
    pub limits: Option<Limits>,
    /// The resources that the namespace's quotas count, such as `requests.cpu`.
    pub quotas: Option<Vec<String>>,
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

/// A claim that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimOffer {
    pub name: String,
    /// What was asked for, as Kubernetes writes it: `10Gi`.
    pub size: String,
    /// Whether it is bound to a volume, which may have data.
    pub bound: bool,
}

/// What a namespace offers. A namespace that is not there yet offers nothing.
///
/// # Errors
/// Unauthorized. What is no name of a namespace is not asked for.
#[server(input = Json, output = Json, endpoint = "create/offers")]
pub async fn offers_of(namespace: String) -> Result<Offers, ApiError> {
    crate::ports::cluster()?.offers(&namespace).await
}
