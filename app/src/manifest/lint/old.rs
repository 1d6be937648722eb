//! What older clusters understood, what an export brings along, and what means nothing any more (T-21 to T-23). Nothing is converted unasked.
use super::{Found, Lint, Rule, mend::edited, slips::each};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value},
    export::{cleaned, exported},
    form::{Pair, StatefulSetForm, children, pairs},
    path::{Path, Place, Segment},
};

/// Versions that are no longer served, with the one that has the same fields: kind, old, new
/// (the API's deprecation guide; gone with 1.16, 1.22, 1.25 and 1.26).
const VERSIONS: &[(&str, &str, &str)] = &[
    ("StatefulSet", "apps/v1beta1", "apps/v1"),
    ("StatefulSet", "apps/v1beta2", "apps/v1"),
    ("StatefulSet", "extensions/v1beta1", "apps/v1"),
    ("NetworkPolicy", "extensions/v1beta1", "networking.k8s.io/v1"),
    ("PodDisruptionBudget", "policy/v1beta1", "policy/v1"),
    ("HorizontalPodAutoscaler", "autoscaling/v2beta2", "autoscaling/v2"),
    (
        "Role",
        "rbac.authorization.k8s.io/v1beta1",
        "rbac.authorization.k8s.io/v1",
    ),
    (
        "RoleBinding",
        "rbac.authorization.k8s.io/v1beta1",
        "rbac.authorization.k8s.io/v1",
    ),
];

/// Labels of nodes that were renamed, or never were any: old, new.
const LABELS: &[(&str, &str)] = &[
    (
        "failure-domain.beta.kubernetes.io/zone",
        "topology.kubernetes.io/zone",
    ),
    (
        "failure-domain.beta.kubernetes.io/region",
        "topology.kubernetes.io/region",
    ),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    (
        "beta.kubernetes.io/instance-type",
        "node.kubernetes.io/instance-type",
    ),
    (
        "node-role.kubernetes.io/master",
        "node-role.kubernetes.io/control-plane",
    ),
    ("nodeName", "kubernetes.io/hostname"),
];

/// Annotations that have become fields: annotation, field below the object.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("volume.beta.kubernetes.io/storage-class", "spec.storageClassName"),
    (
        "service.alpha.kubernetes.io/tolerate-unready-endpoints",
        "spec.publishNotReadyAddresses",
    ),
];

/// Annotations that nothing reads any more.
const DEAD: &[&str] = &[
    "pod.alpha.kubernetes.io/initialized",
    "volume.alpha.kubernetes.io/storage-class",
];

pub(super) fn old(bundle: &Bundle, form: &StatefulSetForm, set: usize, found: &mut Found) {
    for (n, document) in bundle.documents.iter().enumerate() {
        if let Some(new) = version(document.kind(), document.api_version()) {
            found.at(&Place::new(n, "apiVersion"), Rule::OldVersion(new));
        }
        if let Some(path) = exported(document) {
            found.at(&Place::new(n, path), Rule::Exported);
        }
        if matches!(document.kind(), "Service" | "PersistentVolumeClaim") {
            annotations(bundle, &Place::new(n, ""), found);
        }
        if document.kind() == "Service" {
            let ports = Place::new(n, "spec.ports");
            for port in children(bundle, &ports) {
                let node_port = port.key("nodePort");
                if bundle.get(&node_port) == "0" {
                    // Whatever a range says about it: 0 is as good as nothing.
                    found.0.retain(|l| l.place != node_port);
                    found.at(&node_port, Rule::Ignored);
                }
            }
        }
    }
    for template in &form.templates {
        annotations(bundle, &template.place, found);
        for key in ["metadata.namespace", "status"] {
            ignored(bundle, &template.place.join(key), found);
        }
    }
    for key in DEAD {
        ignored(
            bundle,
            &Place::new(set, "spec.template.metadata.annotations").key(key),
            found,
        );
    }
    for pair in &form.node_selector {
        label(&pair.key, &pair.value.place, found);
    }
    for path in [
        "spec.template.spec.affinity",
        "spec.template.spec.topologySpreadConstraints",
    ] {
        let top = Place::new(set, path);
        let Some(node) = bundle.at(&top) else { continue };
        each(node, top, &mut |place, node| {
            if matches!(place.path.0.last(), Some(Segment::Key(key)) if matches!(&**key, "key" | "topologyKey"))
            {
                label(node.text().unwrap_or_default(), place, found);
            }
        });
    }
}

fn version(kind: &str, old: &str) -> Option<&'static str> {
    VERSIONS
        .iter()
        .find(|(k, o, _)| (*k, *o) == (kind, old))
        .map(|(.., new)| *new)
}

fn label(name: &str, place: &Place, found: &mut Found) {
    if let Some((_, new)) = LABELS.iter().find(|(old, _)| *old == name) {
        found.at(place, Rule::OldLabel(new));
    }
}

fn ignored(bundle: &Bundle, place: &Place, found: &mut Found) {
    if bundle.at(place).is_some() {
        found.at(place, Rule::Ignored);
    }
}

fn annotations(bundle: &Bundle, object: &Place, found: &mut Found) {
    let held = object.join("metadata.annotations");
    for (name, field) in ANNOTATIONS {
        if bundle.at(&held.key(name)).is_some() {
            found.at(&held.key(name), Rule::OldAnnotation(field));
        }
    }
    ignored(bundle, &held.key(DEAD[1]), found);
}

/// The text without what [`old`] found.
pub(super) fn mend(bundle: &Bundle, form: &StatefulSetForm, lint: &Lint) -> Option<String> {
    let place = &lint.place;
    let edits = match lint.rule {
        Rule::Exported => {
            let range = bundle.documents.get(place.document)?.range.clone();
            let clean = cleaned(bundle.text[range.clone()].to_owned(), "", &mut Vec::new());
            return Some([&bundle.text[..range.start], &clean, &bundle.text[range.end..]].concat());
        }
        Rule::Selector => selector(bundle, place.document),
        Rule::OldVersion(new) => converted(bundle, form, place, new),
        Rule::OldLabel(new) => vec![
            match form.node_selector.iter().find(|p| p.value.place == *place) {
                Some(_) => Edit::Rename(place.clone(), new.to_owned()),
                None => Edit::Set(place.clone(), Value::Text(new.to_owned())),
            },
        ],
        Rule::OldAnnotation(field) => as_field(bundle, place, field)?,
        Rule::Ignored => vec![Edit::Remove(place.clone())],
        _ => return None,
    };
    if edits.is_empty() {
        return None;
    }
    edited(bundle, &edits)
}

/// The old versions took the selector from the pods' labels, and `apps/v1beta1` updated on deletion only: what was
/// left out there is written, so that the set stays what it was.
fn converted(bundle: &Bundle, form: &StatefulSetForm, place: &Place, new: &str) -> Vec<Edit> {
    let set = place.document;
    let mut edits = vec![Edit::Set(place.clone(), Value::Text(new.to_owned()))];
    if Some(set) != form.set {
        return edits;
    }
    let at = |path: &str| Place::new(set, path);
    edits.extend(selector(bundle, set));
    if bundle.get(place) == "apps/v1beta1" && bundle.at(&at("spec.updateStrategy")).is_none() {
        edits.push(Edit::Set(
            at("spec.updateStrategy.type"),
            Value::Text("OnDelete".to_owned()),
        ));
    }
    edits
}

/// The selector that the old versions made of the pods' labels, and that `apps/v1` wants written.
fn selector(bundle: &Bundle, set: usize) -> Vec<Edit> {
    let place = Place::new(set, "spec.selector");
    if bundle.at(&place).is_some() {
        return Vec::new();
    }
    let labels = pairs(bundle, &Place::new(set, "spec.template.metadata.labels"));
    let edit = |p: Pair| Edit::Insert(place.key("matchLabels"), p.key, Value::Text(p.value.text));
    labels.into_iter().map(edit).collect()
}

/// The annotation's value in its field; where the field is set already, that one counts.
fn as_field(bundle: &Bundle, place: &Place, field: &str) -> Option<Vec<Edit>> {
    let above = place.path.0.len().checked_sub(3)?;
    let object = Place {
        document: place.document,
        path: Path(place.path.0[..above].to_vec()),
    };
    let target = object.join(field);
    let value = bundle.get(place).to_owned();
    let set = bundle
        .at(&target)
        .is_none()
        .then_some(Edit::Set(target, Value::Typed(value)));
    Some(set.into_iter().chain([Edit::Remove(place.clone())]).collect())
}
