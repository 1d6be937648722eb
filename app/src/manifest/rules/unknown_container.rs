//! `resourceFieldRef` reads the resources of a container of the same pod; the pod does not start without it.
//!
//! Source: T-20; `ExtractContainerResourceValue`, pkg/api/v1/resource
//!
//! ```bad
//! container.env: [{name: CPUS, valueFrom: {resourceFieldRef: {containerName: container1, resource: limits.cpu}}}]
//! ```
//! ```good
//! container.env: [{name: CPUS, valueFrom: {resourceFieldRef: {containerName: main, resource: limits.cpu}}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "unknown-container",
    degree: Trap,
    words: texts::RULE_UNKNOWN_CONTAINER,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let Some(pod) = s.bundle.at(&s.pod("")) else {
        return;
    };
    each(pod, s.pod(""), &mut |place, node| {
        if !matches!(place.path.0.last(), Some(Segment::Key(key)) if **key == *"resourceFieldRef") {
            return;
        }
        let name = node
            .entry("containerName")
            .and_then(|e| e.value.text())
            .unwrap_or_default();
        if name.is_empty() || s.containers().any(|c| c.name.text == name) {
            return;
        }
        let near = nearest(name, s.containers().map(|c| c.name.text.as_str()));
        // A variable means its own container, a volume the only one that there is.
        let own = s.containers().find(|c| c.place.contains(place));
        let meant = near.or(own.or(s.containers().next()).map(|c| c.name.text.as_str()));
        found.say(&RULE, &place.key("containerName"), &[meant.unwrap_or_default()]);
    });
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let name = lint.args[0].as_str();
    let edit = Edit::Set(lint.place.clone(), Written::Text(name.to_owned()));
    fix(scene, texts::FIX_THIS_CONTAINER, &[name], Unsafe, &[edit])
}
