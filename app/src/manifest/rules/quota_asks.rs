//! The set is created, and its pods are not. A LimitRange may give what is missing.
//!
//! Source: kubernetes.io, resource quotas
//!
//! ```bad
//! @quotas requests.cpu
//! ```
//! ```good
//! container.resources: {requests: {cpu: 1}}
//! @quotas requests.cpu
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "quota-asks",
    degree: Trap,
    words: texts::RULE_QUOTA_ASKS,
    checks: &[Check::Container(container)],
    meets: true,
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    if s.scene.offers.limited {
        return;
    }
    let asks = [
        (["cpu", "requests.cpu"], &c.cpu_request, Some(&c.cpu_limit)),
        (
            ["memory", "requests.memory"],
            &c.memory_request,
            Some(&c.memory_limit),
        ),
        (["", "limits.cpu"], &c.cpu_limit, None),
        (["", "limits.memory"], &c.memory_limit, None),
    ];
    for (names, field, instead) in asks {
        // A limit is the request too, where none is given.
        let given = field.set || instead.is_some_and(|f| f.set);
        let counted = s
            .scene
            .offers
            .quotas
            .iter()
            .find(|q| names.contains(&q.resource.as_str()));
        if let Some(counted) = counted.filter(|_| !given) {
            found.say(&RULE, &field.place, &[&counted.resource]);
        }
    }
}
