//! `512m` of memory is half a byte. The API server warns and takes it.
//!
//! Source: kubernetes/kubernetes#79950
//!
//! ```bad
//! container.resources: {requests: {memory: 512m}}
//! ```
//! ```good
//! container.resources: {requests: {memory: 512Mi, cpu: 512m}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "milli-bytes",
    degree: Trap,
    words: texts::RULE_MILLI_BYTES,
    checks: &[Check::Container(container), Check::Template(template)],
    fixes,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let resources = c.place.key("resources");
    for list in ["requests", "limits"] {
        for key in ["memory", "ephemeral-storage"] {
            milli(&field(s.bundle, resources.key(list).key(key)), found);
        }
    }
}

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    milli(&t.capacity, found);
}

fn milli(field: &Field, found: &mut Found) {
    let bad = field.text.ends_with('m') && Quantity::parse(&field.text).is_some_and(|q| q.is_positive());
    found.check(&RULE, field, !bad);
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let meant = format!("{}i", scene.bundle.get(&lint.place).replace('m', "M"));
    let edit = Edit::Set(lint.place.clone(), Written::Text(meant.clone()));
    fix(scene, texts::FIX_MEBIBYTES, &[&meant], Unsafe, &[edit])
}
