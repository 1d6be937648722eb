//! The API server takes it, and the node puts a `/` before it; a reader of the manifest may expect the working directory.
//!
//! Source: `MakeAbsolutePath`, pkg/volume/util
//!
//! ```bad
//! container.volumeMounts: [{name: data, mountPath: data}]
//! ```
//! ```good
//! container.volumeMounts: [{name: data, mountPath: /data}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "relative-path",
    degree: Hint,
    words: texts::RULE_RELATIVE_PATH,
    checks: &[Check::Container(container), Check::Declared(declared)],
    fixes,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for mount in children(s.bundle, &c.place.key("volumeMounts")) {
        path(&field(s.bundle, mount.key("mountPath")), found);
    }
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    if matches!(holds, Holds::Text(Form::Absolute)) {
        path(field, found);
    }
}

fn path(field: &Field, found: &mut Found) {
    // A path of Windows has a drive, or backslashes.
    let other =
        field.text.contains('\\') || field.text.get(1..2) == Some(":") || field.text.starts_with("$(");
    found.check(
        &RULE,
        field,
        field.text.is_empty() || other || field.text.starts_with('/'),
    );
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let path = format!("/{}", scene.bundle.get(&lint.place));
    let edit = Edit::Set(lint.place.clone(), Written::Text(path.clone()));
    fix(scene, texts::FIX_ABSOLUTE, &[&path], Unsafe, &[edit])
}
