//! A mount names a volume of the pods or a claim template of the set.
//!
//! Source: `ValidateVolumeMounts`, pkg/apis/core/validation
//!
//! ```bad
//! container.volumeMounts: [{name: date, mountPath: /data}]
//! ```
//! ```good
//! container.volumeMounts: [{name: data, mountPath: /data}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "mount-of-nothing",
    degree: Refused,
    words: texts::RULE_MOUNT_OF_NOTHING,
    checks: &[Check::Container(container)],
    fixes,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for list in ["volumeMounts", "volumeDevices"] {
        for mount in children(s.bundle, &c.place.key(list)) {
            let name = field(s.bundle, mount.key("name"));
            if !name.text.is_empty() && !volumes(s).any(|v| v == name.text) {
                found.say(&RULE, &name.place, &[&name.text]);
            }
        }
    }
}

/// What a container can mount.
fn volumes<'a>(s: &'a OfSet) -> impl Iterator<Item = &'a str> {
    let own = s
        .bundle
        .at(&s.pod("volumes"))
        .map(Node::items)
        .unwrap_or_default();
    let own = own.iter().filter_map(|v| v.entry("name")?.value.text());
    s.form.templates.iter().map(|t| t.name.text.as_str()).chain(own)
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.set_of(&lint.place) else {
        return Vec::new();
    };
    let all: Vec<&str> = volumes(&s).collect();
    let only = all.first().copied().filter(|_| all.len() == 1);
    let Some(meant) = nearest(&lint.args[0], all.iter().copied()).or(only) else {
        return Vec::new();
    };
    let edit = Edit::Set(lint.place.clone(), Written::Text(meant.to_owned()));
    fix(scene, texts::FIX_MOUNT_KNOWN, &[meant], Unsafe, &[edit])
}
