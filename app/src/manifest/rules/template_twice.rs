//! Both would make claims of the same names, and each pod gets one of them.
//!
//! Source: `volumesToAddForTemplates`, pkg/apis/apps/validation
//!
//! ```bad
//! spec.volumeClaimTemplates[1]: {metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
//! ```
//! ```good
//! spec.volumeClaimTemplates[1]: {metadata: {name: logs}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "template-twice",
    degree: Trap,
    words: texts::RULE_TEMPLATE_TWICE,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    found.unique(&RULE, s.form.templates.iter().map(|t| &t.name));
}
