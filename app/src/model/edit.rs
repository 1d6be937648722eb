//! What changing a field of an existing StatefulSet, or of a Service of one, does.
use crate::manifest::{Path, Segment};
use serde::{Deserialize, Serialize};

/// What is edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    #[default]
    StatefulSet,
    /// One that leads to a set's pods.
    Service,
}

/// What happens when a change is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Impact {
    /// The pods stay as they are.
    InPlace,
    /// Pods are started or stopped.
    Scales,
    /// Every pod is replaced, after the set's update strategy.
    Restarts,
    /// The cluster refuses it: the field is fixed once the set exists.
    Immutable,
}

/// The fields of `spec` that may not change: "updates to statefulset spec for fields other than …" names the others
/// (kubernetes/kubernetes, `ValidateStatefulSetUpdate`). A field that is in neither list is the cluster's to judge.
const FIXED: &[&str] = &[
    "podManagementPolicy",
    "selector",
    "serviceName",
    "volumeClaimTemplates",
];

/// The fields of a Service's `spec` that may not change while its type gives it an address (`ValidateServiceUpdate`,
/// `validateUpgradeDowngradeClusterIPs`). `loadBalancerClass` is fixed for as long as the type is LoadBalancer.
const FIXED_OF_SERVICE: &[&str] = &["clusterIP", "clusterIPs", "healthCheckNodePort"];

impl Subject {
    /// Its kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::StatefulSet => "StatefulSet",
            Self::Service => "Service",
        }
    }

    /// The API group and version in which it is written.
    pub fn api_version(self) -> &'static str {
        match self {
            Self::StatefulSet => "apps/v1",
            Self::Service => "v1",
        }
    }

    /// What a change at a path does.
    pub fn impact(self, path: &Path) -> Impact {
        let key = |n: usize| match path.0.get(n) {
            Some(Segment::Key(key)) => &**key,
            _ => "",
        };
        match (key(0), key(1)) {
            // The whole of it at once: it holds fields that are fixed.
            ("spec", "") | ("", _) | ("apiVersion" | "kind", _) => Impact::Immutable,
            ("metadata", "name" | "namespace") => Impact::Immutable,
            ("spec", field) if self == Self::Service => {
                if FIXED_OF_SERVICE.contains(&field) {
                    Impact::Immutable
                } else {
                    Impact::InPlace
                }
            }
            ("spec", "replicas" | "ordinals") => Impact::Scales,
            ("spec", "template") => Impact::Restarts,
            ("spec", field) if FIXED.contains(&field) => Impact::Immutable,
            _ => Impact::InPlace,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_effect() {
        for (path, what) in [
            ("metadata.labels.team", Impact::InPlace),
            ("metadata.annotations[a.b/c]", Impact::InPlace),
            ("metadata.name", Impact::Immutable),
            ("spec.replicas", Impact::Scales),
            ("spec.ordinals.start", Impact::Scales),
            ("spec.template.metadata.labels.a", Impact::Restarts),
            ("spec.template.spec.containers[0].image", Impact::Restarts),
            ("spec.updateStrategy.rollingUpdate.partition", Impact::InPlace),
            ("spec.minReadySeconds", Impact::InPlace),
            ("spec.revisionHistoryLimit", Impact::InPlace),
            ("spec.serviceName", Impact::Immutable),
            ("spec.selector.matchLabels.a", Impact::Immutable),
            ("spec.volumeClaimTemplates", Impact::Immutable),
            ("spec.podManagementPolicy", Impact::Immutable),
            ("spec.replicaz", Impact::InPlace),
            ("spec", Impact::Immutable),
            ("kind", Impact::Immutable),
        ] {
            assert_eq!(Subject::StatefulSet.impact(&Path::parse(path)), what, "{path}");
        }
    }

    #[test]
    fn a_service_keeps_its_name_and_its_address() {
        for (path, what) in [
            ("metadata.name", Impact::Immutable),
            ("spec.clusterIP", Impact::Immutable),
            ("spec.clusterIPs[0]", Impact::Immutable),
            ("spec", Impact::Immutable),
            ("spec.ports[0].port", Impact::InPlace),
            ("spec.selector.app", Impact::InPlace),
            ("spec.template", Impact::InPlace),
            ("metadata.labels.a", Impact::InPlace),
        ] {
            assert_eq!(Subject::Service.impact(&Path::parse(path)), what, "{path}");
        }
    }
}
