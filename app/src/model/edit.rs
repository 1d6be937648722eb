//! What changing a field of an existing StatefulSet does.
use crate::manifest::{Path, Segment};
use serde::{Deserialize, Serialize};

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

/// What a change at a path does.
pub fn impact(path: &Path) -> Impact {
    let key = |n: usize| match path.0.get(n) {
        Some(Segment::Key(key)) => &**key,
        _ => "",
    };
    match (key(0), key(1)) {
        ("spec", "replicas" | "ordinals") => Impact::Scales,
        ("spec", "template") => Impact::Restarts,
        // The whole of it at once: it holds fields that are fixed.
        ("spec", "") | ("", _) | ("apiVersion" | "kind", _) => Impact::Immutable,
        ("spec", field) if FIXED.contains(&field) => Impact::Immutable,
        ("metadata", "name" | "namespace") => Impact::Immutable,
        _ => Impact::InPlace,
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
            assert_eq!(impact(&Path::parse(path)), what, "{path}");
        }
    }
}
