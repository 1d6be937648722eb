//! A set takes up claims of the right name, whoever made them: what stayed behind when a set of this name was deleted comes back.
//!
//! Source: kubernetes.io, StatefulSets: stable storage
//!
//! ```bad
//! @claims data-web-1
//! ```
//! ```good
//! @claims data-web-7
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "claims-there",
    degree: Trap,
    words: texts::RULE_CLAIMS_THERE,
    checks: &[Check::Template(template)],
    meets: true,
    ..Rule::PLAIN
};

fn template(s: &OfSet, t: &TemplateForm, found: &mut Found) {
    let Some(there) = s.scene.offers.claims else {
        return;
    };
    let start: i64 = s.get("spec.ordinals.start").parse().unwrap_or(0);
    let ordinals = start..start.saturating_add(s.replicas());
    let prefix = format!("{}-{}-", t.name.text, s.form.name.text);
    let ordinal = |claim: &&ClaimOffer| {
        claim
            .name
            .strip_prefix(&prefix)
            .and_then(|n| n.parse::<i64>().ok())
    };
    let mut taken: Vec<&ClaimOffer> = there
        .iter()
        .filter(|c| ordinal(c).is_some_and(|n| ordinals.contains(&n)))
        .collect();
    taken.sort_by_key(ordinal);
    if let Some(first) = taken.first() {
        let what = [first.size.as_str(), first.since.as_str()];
        let what: Vec<&str> = what.into_iter().filter(|w| !w.is_empty()).collect();
        found.say(
            &RULE,
            &t.name.place,
            &[&taken.len().to_string(), &first.name, &what.join(", ")],
        );
    }
}
