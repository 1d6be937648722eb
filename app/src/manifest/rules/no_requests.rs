//! One container without requests takes the pod out of the class Guaranteed. Told where others of the same set have them.
//!
//! Source: kubernetes.io, Pod quality of service classes
//!
//! ```bad
//! pod.containers[1]: {name: side, image: app:1.0, resources: {requests: {cpu: 1}}}
//! ```
//! ```good
//! pod.containers[1]: {name: side, image: app:1.0}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "no-requests",
    degree: Hint,
    words: texts::RULE_NO_REQUESTS,
    checks: &[Check::Set(check)],
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let asks = |c: &ContainerForm| {
        let fields = [&c.cpu_request, &c.cpu_limit, &c.memory_request, &c.memory_limit];
        fields.into_iter().any(|f| f.set)
    };
    let asking = s.form.containers.iter().filter(|c| asks(c)).count();
    let silent = s.form.containers.iter().find(|c| !asks(c));
    if let Some(silent) = silent.filter(|_| asking > 0) {
        found.say(&RULE, &silent.name.place, &[&asking.to_string()]);
    }
}
