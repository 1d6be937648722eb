//! What several rules ask, and corrections that several offer.
use crate::{
    manifest::{
        documents::Bundle,
        edit::{Edit, Value, apply_all},
        field::{Field, Pair, children, pairs},
        form::{ContainerForm, PortRow, ServiceForm},
        governing::carries,
        lint::{
            rule::{Fix, Lint, Safety, fix, rewritten},
            scene::{OfSet, Scene},
        },
        path::Place,
        preset::{ServiceText, service_document, with_document},
        tree::{Entry, Node},
    },
    texts,
};
use std::sync::Arc;

/// A text, if it can be read.
pub(super) fn readable(text: String) -> Option<String> {
    Bundle::read(&text).is_ok().then_some(text)
}

/// Labels in words: `app=web, tier=db`.
pub(super) fn told(labels: &[Pair]) -> String {
    let one = |p: &Pair| format!("{}={}", p.key, p.value.text);
    labels.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Every label of a set, of its pods, and of what it selects nodes by.
pub(super) fn labels(s: &OfSet) -> Vec<Pair> {
    let own = pairs(s.bundle, &s.at("metadata.labels"));
    let pods = s.form.labels.iter().chain(&s.form.node_selector).cloned();
    own.into_iter().chain(pods).collect()
}

/// The set whose pods a Service selects.
pub(super) fn selected<'a>(scene: &'a Scene<'a>, service: &ServiceForm) -> Option<OfSet<'a>> {
    let selects = |s: &OfSet| s.reaches(service) && carries(&s.form.labels, &service.selector);
    scene.sets().find(|s| !service.selector.is_empty() && selects(s))
}

/// What a port speaks.
pub(super) fn protocol(row: &PortRow) -> &str {
    if row.protocol.set {
        &row.protocol.text
    } else {
        "TCP"
    }
}

/// Whether two ports are one for the processes of a pod.
pub(super) fn same_port(a: &PortRow, b: &PortRow) -> bool {
    a.port.text == b.port.text && protocol(a) == protocol(b)
}

/// Where a port is the same as one of a container above: the place of what is looked at, the other container's name and
/// what both say.
pub(super) fn shared_ports<'a>(
    s: &OfSet<'a>,
    field: impl Fn(&PortRow) -> &Field + Copy,
    same: impl Fn(&PortRow, &PortRow) -> bool + Copy,
) -> impl Iterator<Item = (&'a Place, [&'a str; 2])> {
    let all = &s.form.containers;
    let ports = all
        .iter()
        .enumerate()
        .flat_map(|(n, c)| c.ports.iter().map(move |p| (n, p)));
    ports.filter_map(move |(n, port)| {
        let own = field(port);
        let has = |c: &&Arc<ContainerForm>| c.ports.iter().any(|p| same(p, port));
        let other = all[..n].iter().find(has).filter(|_| !own.text.is_empty())?;
        Some((&own.place, [other.name.text.as_str(), own.text.as_str()]))
    })
}

/// Whether a document has the keys of a second object: its `---` is missing.
pub(super) fn separates(place: &Place, entries: &[Entry]) -> bool {
    let twice = |key: &str| entries.iter().filter(|e| *e.key == *key).count() > 1;
    place.path.0.is_empty() && (twice("kind") || twice("apiVersion"))
}

/// The lists of a container that are run without a shell.
pub(super) fn commands(s: &OfSet, c: &ContainerForm) -> Vec<Place> {
    let below = [
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
        "lifecycle.postStart",
        "lifecycle.preStop",
    ];
    let hooks = below.map(|key| c.place.join(key).join("exec.command"));
    let all = std::iter::once(c.place.key("command")).chain(hooks);
    all.filter(|list| children(s.bundle, list).count() > 0).collect()
}

/// The inside of a text that is one pair of quotes with several words.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let text = text.trim();
    ['"', '\''].into_iter().find_map(|quote| {
        let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(quote) && inside.trim().contains(char::is_whitespace)).then_some(inside)
    })
}

/// The selector that the old versions made of the pods' labels, and that `apps/v1` wants written.
pub(super) fn selector_of_labels(s: &OfSet) -> Vec<Edit> {
    let place = s.at("spec.selector");
    if s.bundle.at(&place).is_some() {
        return Vec::new();
    }
    let edit = |p: &Pair| {
        Edit::Insert(
            place.key("matchLabels"),
            p.key.clone(),
            Value::Text(p.value.text.clone()),
        )
    };
    pairs(s.bundle, &s.at("spec.template.metadata.labels"))
        .iter()
        .map(edit)
        .collect()
}

/// The set names another Service.
pub(super) fn named(s: &OfSet, name: &str) -> Edit {
    Edit::Set(s.form.service_name.place.clone(), Value::Text(name.to_owned()))
}

/// With a headless Service for the set: its selector is the set's, its ports are the containers'.
pub(super) fn added(s: &OfSet, name: &str) -> Vec<Fix> {
    let selector = pairs(s.bundle, &s.at("spec.selector.matchLabels"));
    let ports = s.form.containers.iter().flat_map(|c| &c.ports);
    let service = ServiceText {
        name: name.to_owned(),
        namespace: s.form.namespace.text.clone(),
        kind: String::new(),
        selector: selector.into_iter().map(|p| (p.key, p.value.text)).collect(),
        ports: ports
            .filter(|p| !p.port.text.is_empty())
            .map(|p| (p.name.text.clone(), p.port.text.clone()))
            .collect(),
    };
    let text = apply_all(&s.bundle.text, [named(s, name)]).ok();
    let text = text.map(|text| with_document(&text, &service_document(&service)));
    rewritten(texts::FIX_ADD_SERVICE, &[name], Safety::Unsafe, text)
}

/// The object goes to the namespace of the first set.
pub(super) fn into_namespace(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.sets().next() else {
        return Vec::new();
    };
    let namespace = s.form.namespace.text.as_str();
    let edit = Edit::Set(lint.place.clone(), Value::Text(namespace.to_owned()));
    fix(
        scene,
        texts::FIX_SAME_NAMESPACE,
        &[namespace],
        Safety::Unsafe,
        &[edit],
    )
}

/// A requirement of a selector (a node that has a `key`): its operator, and how many values stand with it.
pub(super) fn requirement(node: &Node) -> Option<(&str, usize)> {
    node.entry("key")?;
    let operator = node.entry("operator").and_then(|e| e.value.text());
    let values = node.entry("values").map_or(0, |e| e.value.items().len());
    Some((operator.unwrap_or_default(), values))
}

/// The text without the field.
pub(super) fn without_field(scene: &Scene, lint: &Lint, safety: Safety) -> Vec<Fix> {
    let name = lint.place.path.to_string();
    let edit = Edit::Remove(lint.place.clone());
    fix(scene, texts::FIX_REMOVE_FIELD, &[&name], safety, &[edit])
}

/// The text without the member of a list that has the place.
pub(super) fn without_row(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edits: Vec<Edit> = lint
        .place
        .path
        .parent()
        .map(|path| {
            Edit::Remove(Place {
                path,
                ..lint.place.clone()
            })
        })
        .into_iter()
        .collect();
    fix(scene, texts::FIX_REMOVE_ROW, &[], Safety::Unsafe, &edits)
}
