//! A container is placed by its request and stopped at its limit.
//!
//! Source: `ValidateContainerResourceRequirements`, pkg/apis/core/validation
//!
//! ```bad
//! container.resources: {requests: {memory: 512Mi}, limits: {memory: 511Mi}}
//! ```
//! ```good
//! container.resources: {requests: {memory: 512Mi}, limits: {memory: 0.5Gi}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "limit-below-request",
    degree: Refused,
    words: texts::RULE_LIMIT_BELOW_REQUEST,
    checks: &[Check::Container(container)],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    let resources = c.place.key("resources");
    let requests = pairs(s.bundle, &resources.key("requests"));
    for limit in pairs(s.bundle, &resources.key("limits")) {
        let Some(request) = requests.iter().find(|r| r.key == limit.key) else {
            continue;
        };
        let (most, asked) = (
            Quantity::parse(&limit.value.text),
            Quantity::parse(&request.value.text),
        );
        if let (Some(most), Some(asked)) = (most, asked)
            && asked > most
        {
            // By its name: the place is the one that the form has for it.
            let place = resources.key("limits").key(&limit.key);
            found.say(&RULE, &place, &[&request.value.text]);
        }
    }
}
