//! Rules about the bundle, told at the field. The same function runs in the browser and on the server.
mod advice;
mod alias;
mod commands;
mod containers;
mod declared;
mod list;
mod mend;
mod names;
mod network;
mod old;
mod references;
mod room;
mod rule;
mod shape;
mod slips;
#[cfg(test)]
mod tests;
mod tie;

use super::{
    documents::Bundle,
    form::{Field, Pair, StatefulSetForm},
    path::Place,
};
pub use advice::advice;
pub use declared::bases;
pub use mend::{Way, mend, mends};
pub use names::{is_dns_label, is_label_key, is_label_value, is_service_name};
pub use references::{OfferedService, Offers};
pub use rule::Rule;
pub use shape::Wanted;

/// The longest name of a StatefulSet: its pods carry the label `controller-revision-hash` with the name, a dash
/// and ten characters, and a label ends at 63 (kubernetes/kubernetes#64023).
pub const MAX_NAME: usize = 52;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 1000;

/// A rule that a place breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The field.
    pub place: Place,
    /// What is wrong.
    pub rule: Rule,
}

/// Everything that the rules find, in the order of the form.
pub fn lint(bundle: &Bundle) -> Vec<Lint> {
    lint_with(bundle, &Offers::default())
}

/// As [`lint`], and what the set names and the cluster has not.
pub fn lint_with(bundle: &Bundle, offers: &Offers) -> Vec<Lint> {
    lint_form(bundle, &StatefulSetForm::read(bundle), offers)
}

/// As [`lint_with`], where the form has been read already.
pub fn lint_form(bundle: &Bundle, form: &StatefulSetForm, offers: &Offers) -> Vec<Lint> {
    let mut found = Found::default();
    if let Some(set) = form.set {
        basics(form, &mut found);
        containers::containers(bundle, form, set, &mut found);
        containers::templates(form, &mut found);
        network::service(bundle, form, set, offers.services, &mut found);
        found.pairs(&form.labels);
        network::selector(bundle, form, set, &mut found);
        found.pairs(&form.node_selector);
        declared::declared(bundle, form, &mut found);
        network::others(bundle, form, set, &mut found);
        references::references(bundle, form, set, offers, &mut found);
        room::room(bundle, form, set, offers, &mut found);
    }
    list::lists(bundle, &mut found);
    network::twice(bundle, &mut found);
    shape::shape(bundle, &mut found);
    alias::aliases(bundle, &mut found);
    if let Some(set) = form.set {
        commands::commands(bundle, form, &mut found);
        slips::slips(bundle, form, set, &mut found);
        old::old(bundle, form, set, &mut found);
    }
    found.0
}

fn basics(form: &StatefulSetForm, found: &mut Found) {
    if found.required(&form.name) {
        if form.name.text.chars().count() > MAX_NAME {
            found.add(&form.name, Rule::TooLong(MAX_NAME));
        } else {
            found.check(&form.name, is_dns_label(&form.name.text), Rule::DnsLabel);
        }
    }
    if found.required(&form.namespace) {
        found.check(
            &form.namespace,
            is_dns_label(&form.namespace.text),
            Rule::DnsLabel,
        );
    }
    if form.replicas.set {
        found.integer(&form.replicas, 0, i64::from(i32::MAX));
    }
    let length = form.description.text.chars().count();
    found.check(
        &form.description,
        length <= MAX_DESCRIPTION,
        Rule::TooLong(MAX_DESCRIPTION),
    );
}

/// The list that fills.
#[derive(Default)]
struct Found(Vec<Lint>);

impl Found {
    fn add(&mut self, field: &Field, rule: Rule) {
        self.at(&field.place, rule);
    }

    fn at(&mut self, place: &Place, rule: Rule) {
        let lint = Lint {
            place: place.clone(),
            rule,
        };
        // A mount is looked at from its template and from its container.
        if !self.0.contains(&lint) {
            self.0.push(lint);
        }
    }

    fn check(&mut self, field: &Field, good: bool, rule: Rule) {
        if !good {
            self.add(field, rule);
        }
    }

    /// Whether there is something; says so where not.
    fn required(&mut self, field: &Field) -> bool {
        let there = !field.text.trim().is_empty();
        self.check(field, there, Rule::Required);
        there
    }

    fn integer(&mut self, field: &Field, low: i64, high: i64) {
        let plain = field.text.bytes().all(|b| b.is_ascii_digit());
        let good = plain && field.text.parse::<i64>().is_ok_and(|n| (low..=high).contains(&n));
        self.check(field, good, Rule::Integer(low, high));
    }

    /// Names that must differ: each repetition is told, the first one is not.
    fn unique<'a>(&mut self, fields: impl IntoIterator<Item = &'a Field>) {
        let mut seen: Vec<&str> = Vec::new();
        for field in fields {
            if seen.contains(&field.text.as_str()) && !field.text.is_empty() {
                self.add(field, Rule::Duplicate);
            }
            seen.push(&field.text);
        }
    }

    fn pairs(&mut self, pairs: &[Pair]) {
        for (n, pair) in pairs.iter().enumerate() {
            let again = pairs[..n].iter().any(|p| p.key == pair.key);
            if pair.key.is_empty() {
                self.add(&pair.value, Rule::Required);
            } else if !is_label_key(&pair.key) {
                self.add(&pair.value, Rule::LabelKey);
            } else if again {
                self.add(&pair.value, Rule::Duplicate);
            } else if !is_label_value(&pair.value.text) {
                self.add(&pair.value, Rule::LabelValue);
            }
        }
    }
}
