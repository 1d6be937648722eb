//! What a cluster wrote into an object that was exported from it, and what a create does without.
use super::{
    documents::{Bundle, Document},
    edit::{Edit, Value, apply},
    kinds::ObjectKind,
    path::{Path, Place},
};

/// What `kubectl get -o yaml` adds and a create refuses or ignores.
const WRITTEN_BY_CLUSTER: &[&str] = &[
    "status",
    "metadata.uid",
    "metadata.resourceVersion",
    "metadata.generation",
    "metadata.creationTimestamp",
    "metadata.deletionTimestamp",
    "metadata.deletionGracePeriodSeconds",
    "metadata.selfLink",
    "metadata.managedFields",
    "spec.template.metadata.creationTimestamp",
    "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]",
];

/// What an export has of the cluster that it was in: an owner that is not here would have the object deleted at once, and
/// a finalizer that nobody knows would keep it.
const TIES: &[&str] = &["metadata.ownerReferences", "metadata.finalizers"];

/// Addresses that a Service got when it was created elsewhere; a headless one says `None`, which is no address.
const ADDRESSES: &[&str] = &["spec.clusterIP", "spec.clusterIPs", "spec.healthCheckNodePort"];

/// The field that shows that an object comes out of a cluster: elsewhere an address or a port is what the author wants.
pub(super) fn exported(document: &Document) -> Option<&'static str> {
    let held = |path: &&str| document.root.at(&Path::parse(path)).is_some();
    ["metadata.uid", "metadata.resourceVersion", "status"]
        .into_iter()
        .find(held)
}

fn below(bundle: &Bundle, list: &str) -> usize {
    bundle.at(&Place::new(0, list)).map_or(0, |n| n.items().len())
}

/// The object without it, in the given namespace where it says none. `removed` gets the paths of what has gone.
pub(super) fn cleaned(mut text: String, namespace: &str, removed: &mut Vec<String>) -> String {
    let Ok(bundle) = Bundle::read(&text) else {
        return text;
    };
    let Some(document) = bundle.documents.first() else {
        return text;
    };
    let held = |path: &str| bundle.at(&Place::new(0, path)).is_some();
    let exported = exported(document).is_some();
    let mut paths: Vec<String> = WRITTEN_BY_CLUSTER.iter().map(|p| (*p).to_owned()).collect();
    for n in 0..below(&bundle, "spec.volumeClaimTemplates") {
        let template = |key| format!("spec.volumeClaimTemplates[{n}].{key}");
        paths.extend(["status", "metadata.creationTimestamp"].map(template));
    }
    if exported {
        paths.extend(TIES.iter().map(|p| (*p).to_owned()));
    }
    if exported && document.kind() == "Service" {
        paths.extend((0..below(&bundle, "spec.ports")).map(|n| format!("spec.ports[{n}].nodePort")));
        if document.text("spec.clusterIP") != "None" {
            paths.extend(ADDRESSES.iter().map(|p| (*p).to_owned()));
        }
    }
    let gone: Vec<String> = paths.into_iter().filter(|p| held(p)).collect();
    let namespaced = ObjectKind::find(document.kind(), document.api_version()).is_some();
    let homeless = namespaced && document.namespace().is_empty() && !namespace.is_empty();
    for path in gone {
        if let Ok(without) = apply(&text, &Edit::Remove(Place::new(0, &path))) {
            text = without;
            if !removed.contains(&path) {
                removed.push(path);
            }
        }
    }
    if homeless {
        let place = Place::new(0, "metadata.namespace");
        text = apply(&text, &Edit::Set(place, Value::Text(namespace.to_owned()))).unwrap_or(text);
    }
    text
}
