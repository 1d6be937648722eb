//! YAML forbids it, and the API server does when it is asked in YAML. kubectl keeps the last one and says nothing. `y` and `on` are one key: both become `true`.
//!
//! Source: `sigs.k8s.io/yaml`; kubernetes/kubernetes#105233
//!
//! ```bad
//! spec.replicas: 1\n  replicas: 2
//! ```
//! ```good
//! spec.replicas: 2
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "key-twice",
    degree: Trap,
    words: texts::RULE_KEY_TWICE,
    checks: &[Check::Node(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(scene: &Scene, place: &Place, node: &Node, found: &mut Found) {
    let entries = node.entries();
    let name = |e: &Entry| {
        let plain = !scene.bundle.text[e.at.clone()].starts_with(['"', '\'']);
        key_name(&e.key, plain)
    };
    for (n, entry) in entries.iter().enumerate() {
        let others = entries.iter().enumerate().filter(|(m, _)| *m != n);
        if *entry.key != *"<<"
            && others.clone().any(|(_, e)| name(e) == name(entry))
            && !separates(place, entries)
        {
            // By number: a key names the last of its entries only.
            found.say(&RULE, &place.index(n), &[&name(entry)]);
        }
    }
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let edit = Edit::Remove(lint.place.clone());
    fix(scene, texts::FIX_REMOVE_EARLIER, &[], Unsafe, &[edit])
}
