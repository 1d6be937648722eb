//! Slips that are legal YAML and often legal Kubernetes, met in published samples; each with what was meant (T-20).
use super::{Found, Lint, Rule, shape::nearest};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value, apply},
    form::StatefulSetForm,
    path::{Place, Segment},
    scalar::Style,
    tree::{Kind, Node},
};
use std::sync::Arc;

const AFFINITY: &str = "spec.template.spec.affinity";
const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";

pub(super) fn slips(bundle: &Bundle, form: &StatefulSetForm, set: usize, found: &mut Found) {
    for key in ["podAffinity", "podAntiAffinity"] {
        let place = Place::new(set, AFFINITY).key(key);
        if bundle.at(&place.key(REQUIRED).key("nodeSelectorTerms")).is_some() {
            // What else is said below follows from this.
            let below = |l: &Lint| l.place.document == set && place.path.contains(&l.place.path);
            found.0.retain(|l| !below(l));
            found.at(&place, Rule::NodeTerms);
        }
    }
    let Some(document) = bundle.documents.get(set) else {
        return;
    };
    each(&document.root, Place::new(set, ""), &mut |place, node| {
        if let Some(Segment::Key(key)) = place.path.0.last() {
            if **key == *"resourceFieldRef" {
                container_name(bundle, form, place, found);
            } else if matches!(&**key, "configMapKeyRef" | "secretKeyRef") {
                key_of(bundle, place, node, found);
            }
        }
        peer(form, place, node, found);
    });
    for n in 0..bundle.documents.len() {
        if matches!(bundle.documents[n].kind(), "StatefulSet" | "Service") {
            each(
                &bundle.documents[n].root,
                Place::new(n, ""),
                &mut |place, node| comment(bundle, place, node, found),
            );
        }
    }
}

/// Every node below a place, itself first.
pub(super) fn each(node: &Node, mut place: Place, visit: &mut dyn FnMut(&Place, &Node)) {
    walk(node, &mut place, visit);
}

/// With one place, that goes down and up: texts of thousands of lines are walked at every key.
fn walk(node: &Node, place: &mut Place, visit: &mut dyn FnMut(&Place, &Node)) {
    visit(place, node);
    for entry in node.entries() {
        place.path.0.push(Segment::Key(Arc::clone(&entry.key)));
        walk(&entry.value, place, visit);
        place.path.0.pop();
    }
    for (n, item) in node.items().iter().enumerate() {
        place.path.0.push(Segment::Index(n));
        walk(item, place, visit);
        place.path.0.pop();
    }
}

/// `resourceFieldRef.containerName` must be a container of the pod.
fn container_name(bundle: &Bundle, form: &StatefulSetForm, place: &Place, found: &mut Found) {
    let named = place.key("containerName");
    let name = bundle.get(&named);
    let all = || form.containers.iter().chain(&form.init);
    if name.is_empty() || all().any(|c| c.name.text == name) {
        return;
    }
    let near = nearest(name, all().map(|c| c.name.text.as_str()));
    // A variable means its own container, a volume the only one that there is.
    let own = all().find(|c| c.place.path.contains(&place.path));
    let meant = near.or(own.or(form.containers.first()).map(|c| c.name.text.as_str()));
    found.at(
        &named,
        Rule::UnknownContainer(meant.unwrap_or_default().to_owned()),
    );
}

/// A key of a ConfigMap or Secret that stands in the bundle.
fn key_of(bundle: &Bundle, place: &Place, node: &Node, found: &mut Found) {
    let text = |key: &str| node.entry(key).and_then(|e| e.value.text()).unwrap_or_default();
    let keys = keys_there(bundle, place, text("name"));
    let optional = text("optional") == "true";
    if let Some(keys) =
        keys.filter(|keys| !optional && !text("key").is_empty() && !keys.contains(&text("key")))
    {
        found.at(&place.key("key"), Rule::UnknownKey(keys.join(", ")));
    }
}

/// What the object that a key reference names holds; `None` where it is not in the bundle.
fn keys_there<'a>(bundle: &'a Bundle, place: &Place, name: &str) -> Option<Vec<&'a str>> {
    let (kind, maps) = match place.path.0.last() {
        Some(Segment::Key(key)) if **key == *"secretKeyRef" => ("Secret", ["data", "stringData"]),
        _ => ("ConfigMap", ["data", "binaryData"]),
    };
    let document = bundle
        .documents
        .iter()
        .find(|d| d.kind() == kind && d.name() == name)?;
    let entries = maps
        .iter()
        .filter_map(|map| document.root.entry(map))
        .flat_map(|e| e.value.entries());
    Some(entries.map(|e| &*e.key).collect())
}

/// A pod's name goes on with the governing Service's: `db-0.db-headless`.
fn peer(form: &StatefulSetForm, place: &Place, node: &Node, found: &mut Found) {
    let wanted = form.service_name.text.as_str();
    let text = node.text().unwrap_or_default();
    if let Some((start, end)) = other_service(text, &form.name.text, wanted) {
        found.at(place, Rule::PeerName(text[start..end].to_owned()));
    }
}

/// Where a text names a pod of the set below another Service: the bytes of that Service's name. Only a name that
/// begins as the set or its Service do is taken for one: `db-1.2.jar` is a file.
fn other_service(text: &str, name: &str, service: &str) -> Option<(usize, usize)> {
    if name.is_empty() || service.is_empty() || text.contains("$(") {
        return None;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices(name).find_map(|(at, _)| {
        let after = text[at + name.len()..].strip_prefix('-')?;
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let label = rest.strip_prefix('.').filter(|_| rest.len() < after.len())?;
        let start = text.len() - label.len();
        let end = start + label.find(|c| !word(c)).unwrap_or(label.len());
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !word(c) && c != '.');
        let other = &text[start..end];
        let akin = other.starts_with(name) || !other.is_empty() && service.starts_with(other);
        (begins && akin && other != service).then_some((start, end))
    })
}

/// `//` begins no comment in YAML: what follows is part of the value. Not told where any text may stand.
fn comment(bundle: &Bundle, place: &Place, node: &Node, found: &mut Found) {
    let free = [
        "value",
        "command",
        "args",
        "annotations",
        "data",
        "volumeAttributes",
    ];
    let in_text = |s: &Segment| matches!(s, Segment::Key(key) if free.contains(&&**key));
    if let Kind::Scalar(_, Style::Plain) = node.kind
        && slashes(&bundle.text[node.range.clone()]).is_some()
        && !place.path.0.iter().any(in_text)
    {
        // What else is said about the value follows from this.
        found.0.retain(|l| l.place != *place);
        found.at(place, Rule::SlashComment);
    }
}

fn slashes(held: &str) -> Option<usize> {
    let at = held.find("//")?;
    (held[..at].ends_with(char::is_whitespace) && !held.contains('\n')).then_some(at)
}

/// The text without what [`slips`] found.
pub(super) fn mend(bundle: &Bundle, form: &StatefulSetForm, lint: &Lint) -> Option<String> {
    let place = &lint.place;
    let text = bundle.get(place);
    let set = |value: String| apply(&bundle.text, &Edit::Set(place.clone(), Value::Text(value))).ok();
    match &lint.rule {
        Rule::UnknownContainer(name) if !name.is_empty() => set(name.clone()),
        Rule::UnknownKey(_) => {
            let parent = place.path.parent()?;
            let here = Place {
                document: place.document,
                path: parent,
            };
            let keys = keys_there(bundle, &here, bundle.get(&here.key("name")))?;
            let only = (keys.len() == 1).then(|| keys[0]);
            set(nearest(text, keys.iter().copied()).or(only)?.to_owned())
        }
        Rule::SlashComment => {
            let at = bundle.at(place)?.range.start;
            let at = at + slashes(&bundle.text[at..bundle.at(place)?.range.end])?;
            Some([&bundle.text[..at], "#", &bundle.text[at + 2..]].concat())
        }
        Rule::NodeTerms => {
            let free = bundle
                .at(&Place::new(place.document, AFFINITY).key("nodeAffinity"))
                .is_none();
            let pods = place.path.to_string().ends_with("podAffinity");
            let rename = Edit::Rename(place.clone(), "nodeAffinity".to_owned());
            (free && pods)
                .then(|| apply(&bundle.text, &rename).ok())
                .flatten()
        }
        Rule::PeerName(_) => {
            let mut new = text.to_owned();
            while let Some((start, end)) = other_service(&new, &form.name.text, &form.service_name.text) {
                new.replace_range(start..end, &form.service_name.text);
            }
            set(new)
        }
        _ => None,
    }
}
