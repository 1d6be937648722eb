//! A variable that names a missing key keeps its pod in CreateContainerConfigError, unless it is optional.
//!
//! Source: T-20; kubernetes.io, ConfigMaps
//!
//! ```bad
//! container.env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: mood}}}]
//! +ConfigMap settings: {data: {mode: fast}}
//! ```
//! ```good
//! container.env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: mode}}}]
//! +ConfigMap settings: {data: {mode: fast}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    degree: Trap,
    words: texts::RULE_UNKNOWN_KEY,
    checks: &[Check::Node(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(scene: &Scene, place: &Place, node: &Node, found: &mut Found) {
    let Some(kind) = kind_of(place) else { return };
    let text = |key: &str| node.entry(key).and_then(|e| e.value.text()).unwrap_or_default();
    let keys = keys_there(scene, kind, text("name"));
    let known = |keys: &Vec<&str>| text("key").is_empty() || keys.contains(&text("key"));
    if let Some(keys) = keys.filter(|keys| text("optional") != "true" && !known(keys)) {
        found.say(&RULE, &place.key("key"), &[&keys.join(", ")]);
    }
}

fn kind_of(place: &Place) -> Option<&'static str> {
    match place.path.0.last() {
        Some(Segment::Key(key)) if **key == *"secretKeyRef" => Some("Secret"),
        Some(Segment::Key(key)) if **key == *"configMapKeyRef" => Some("ConfigMap"),
        _ => None,
    }
}

/// What the object that a key reference names holds; `None` where it is not in the text.
fn keys_there<'a>(scene: &Scene<'a>, kind: &str, name: &str) -> Option<Vec<&'a str>> {
    let maps = if kind == "Secret" {
        ["data", "stringData"]
    } else {
        ["data", "binaryData"]
    };
    let document = scene
        .bundle
        .documents
        .iter()
        .find(|d| d.kind() == kind && d.name() == name)?;
    let entries = maps
        .iter()
        .filter_map(|map| document.root.entry(map))
        .flat_map(|e| e.value.entries());
    Some(entries.map(|e| &*e.key).collect())
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let held = scene.bundle.get(&lint.place);
    let keys: Vec<&str> = lint.args[0].split(", ").collect();
    let only = keys.first().copied().filter(|_| keys.len() == 1);
    let Some(meant) = nearest(held, keys.iter().copied()).or(only) else {
        return Vec::new();
    };
    let edit = Edit::Set(lint.place.clone(), Written::Text(meant.to_owned()));
    fix(scene, texts::FIX_THIS_KEY, &[meant], Unsafe, &[edit])
}
