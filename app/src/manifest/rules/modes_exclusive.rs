//! It means that one pod uses the volume, which the other modes do not.
//!
//! Source: `ValidatePersistentVolumeClaimSpec`, pkg/apis/core/validation
//!
//! ```bad
//! claim.spec.accessModes: [ReadWriteOncePod, ReadWriteOnce]
//! ```
//! ```good
//! claim.spec.accessModes: [ReadWriteOncePod]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "modes-exclusive",
    degree: Refused,
    words: texts::RULE_MODES_EXCLUSIVE,
    checks: &[Check::Template(template)],
    ..Rule::PLAIN
};

fn template(s: &OfSet, t: &TemplateForm, found: &mut Found) {
    let list = t.place.join("spec.accessModes");
    let modes: Vec<Place> = children(s.bundle, &list).collect();
    if let Some(pod) = modes.iter().find(|m| s.bundle.get(m) == "ReadWriteOncePod")
        && modes.len() > 1
    {
        found.at(&RULE, pod);
    }
}
