//! The set is created, and the pods beyond the quota are not; under OrderedReady nothing after them starts either.
//!
//! Source: kubernetes.io, resource quotas
//!
//! ```bad
//! @quotas pods=1
//! ```
//! ```good
//! @quotas pods=10
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "quota-left",
    degree: Trap,
    words: texts::RULE_QUOTA_LEFT,
    checks: &[Check::Set(check)],
    meets: true,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let replicas = s.replicas();
    let quotas = s.scene.offers.quotas.iter();
    let rooms = quotas.filter_map(|quota| Some((room(s, quota)?, quota)));
    let tightest = rooms.min_by_key(|(room, _)| *room);
    if let Some((room, quota)) = tightest
        && u64::try_from(replicas).is_ok_and(|pods| pods > room)
    {
        let what = format!("{} {}/{}", quota.resource, quota.used, quota.hard);
        let counts = [&quota.quota, &room.to_string(), &replicas.to_string(), &what];
        found.say(&RULE, &s.form.replicas.place, &counts.map(String::as_str));
    }
}

/// How many pods of the set fit into what is left of a quota.
fn room(s: &OfSet, quota: &Counted) -> Option<u64> {
    let (hard, used) = (Quantity::parse(&quota.hard)?, Quantity::parse(&quota.used)?);
    let sum = |pick: fn(&ContainerForm) -> [&Field; 2]| {
        let asked = s.form.containers.iter().filter_map(|c| {
            let given = pick(c).into_iter().find(|f| f.set);
            given.and_then(|f| Quantity::parse(&f.text))
        });
        asked.reduce(|a, b| a.plus(b))
    };
    let each = match quota.resource.as_str() {
        "pods" | "count/pods" => Quantity::parse("1"),
        "persistentvolumeclaims" | "count/persistentvolumeclaims" => {
            Quantity::parse(&s.form.templates.len().to_string())
        }
        "requests.storage" => {
            let sizes = s
                .form
                .templates
                .iter()
                .filter_map(|t| Quantity::parse(&t.capacity.text));
            sizes.reduce(|a, b| a.plus(b))
        }
        "cpu" | "requests.cpu" => sum(|c| [&c.cpu_request, &c.cpu_limit]),
        "memory" | "requests.memory" => sum(|c| [&c.memory_request, &c.memory_limit]),
        "limits.cpu" => sum(|c| [&c.cpu_limit, &c.cpu_limit]),
        "limits.memory" => sum(|c| [&c.memory_limit, &c.memory_limit]),
        _ => None,
    }?;
    Some(hard.room(used, each))
}
