//! The controller puts the claim in the place of a volume of the same name; what the volume was is gone without a word.
//!
//! Source: `updateStorage`, pkg/controller/statefulset
//!
//! ```bad
//! pod.volumes: [{name: data, emptyDir: {}}]
//! ```
//! ```good
//! pod.volumes: [{name: tmp, emptyDir: {}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "claim-hides-volume",
    degree: Trap,
    words: texts::RULE_CLAIM_HIDES_VOLUME,
    checks: &[Check::Template(template)],
    ..Rule::PLAIN
};

fn template(s: &OfSet, t: &TemplateForm, found: &mut Found) {
    let list = s.pod("volumes");
    let name = t.name.text.as_str();
    if !name.is_empty() && children(s.bundle, &list).any(|v| s.bundle.get(&v.key("name")) == name) {
        found.say(&RULE, &t.name.place, &[name]);
    }
}
