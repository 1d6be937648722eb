//! Rules about a text, told at the field. The same function runs in the browser and on the server.
#[cfg(test)]
mod docs;
#[cfg(test)]
mod examples;
pub mod names;
pub mod near;
pub mod rule;
pub mod scene;
#[cfg(test)]
mod tests;
mod walk;

use super::{documents::Bundle, form::StatefulSetForm, rules::RULES};
pub use names::{is_dns_label, is_label_key, is_label_value, is_service_name};
use rule::Found;
pub use rule::{Degree, Fix, Lint, Rule, Safety};
pub use scene::Offers;
use scene::Scene;
pub use walk::bases;

/// Everything that the rules find, in the order of the text.
pub fn lint(bundle: &Bundle) -> Vec<Lint> {
    lint_with(bundle, &Offers::default())
}

/// As [`lint`], and what the set names and the cluster has not.
pub fn lint_with(bundle: &Bundle, offers: &Offers) -> Vec<Lint> {
    found(&Scene::new(bundle, None, offers))
}

/// As [`lint_with`], where the form of a set has been read already.
pub fn lint_form(bundle: &Bundle, form: &StatefulSetForm, offers: &Offers) -> Vec<Lint> {
    found(&Scene::new(bundle, Some(form), offers))
}

/// Every correction of what a rule found, the most likely first.
pub fn fixes(bundle: &Bundle, lint: &Lint) -> Vec<Fix> {
    let offers = Offers::default();
    (lint.rule.fixes)(&Scene::new(bundle, None, &offers), lint)
}

fn found(scene: &Scene) -> Vec<Lint> {
    let mut found = Found::default();
    walk::ask(scene, RULES, &mut found);
    let mut all = found.0;
    let covered = |l: &Lint| {
        let covers = |c: &&Lint| {
            c.rule.covers
                && c.rule != l.rule
                && c.place.document == l.place.document
                && c.place.path.contains(&l.place.path)
        };
        all.iter().any(|c| covers(&c))
    };
    let keep: Vec<bool> = all.iter().map(|l| !covered(l)).collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
    // By where it stands; the worst first where several stand at one place.
    let at = |l: &Lint| scene.bundle.start(&l.place);
    all.sort_by_cached_key(|l| (l.place.document, at(l), l.rule.degree));
    all
}
