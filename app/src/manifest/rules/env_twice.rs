//! The API server keeps both and warns; the container sees the last. `kubectl apply` tells variables apart by name and may drop one.
//!
//! Source: kubernetes/kubernetes#86163; `warningsForPodSpecAndMeta`
//!
//! ```bad
//! container.env: [{name: MODE, value: slow}, {name: MODE, value: fast}]
//! ```
//! ```good
//! container.env: [{name: MODE, value: a}, {name: MODE, value: $(MODE)b}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "env-twice",
    degree: Trap,
    words: texts::RULE_ENV_TWICE,
    checks: &[Check::Container(container)],
    fixes: without_row,
    ..Rule::PLAIN
};

fn container(_: &OfSet, c: &ContainerForm, found: &mut Found) {
    for (n, row) in c.env.iter().enumerate() {
        let name = row.name.text.as_str();
        let same = |other: &&EnvRow| other.name.text == name && !name.is_empty();
        // One that goes on from the one before is meant: `$(MODE)b`.
        let goes_on = |row: &EnvRow| {
            row.value.text.contains(&format!("$({name})")) && row.value.text != format!("$({name})")
        };
        let before = c.env[..n].iter().any(|r| same(&r)) && !goes_on(row);
        let after = c.env[n + 1..].iter().find(same).is_some_and(|r| !goes_on(r));
        if before || after {
            found.say(&RULE, &row.name.place, &[name]);
        }
    }
}
