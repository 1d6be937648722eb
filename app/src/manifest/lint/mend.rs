//! Corrections that one click can make: what both sides of a mismatch most likely meant.
use super::{
    Lint, Rule, alias, commands,
    containers::{ACCESS_MODES, PROTOCOLS},
    list, old,
    shape::{self, nearest},
    slips, tie,
};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, Value, apply_all},
    form::StatefulSetForm,
    path::Place,
};

/// What a click does, where there are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The only correction, or the first that comes to mind.
    Correct,
    /// The Service is given the name that the set says.
    RenameService,
    /// The Service stays as it is, and the set gets a headless one of this name.
    AddService(String),
    /// The pods get the labels that the Service selects.
    AddLabels,
}

/// The text without the broken rule; `None` where only its author knows what was meant.
pub fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    mends(bundle, lint).into_iter().next().map(|(_, text)| text)
}

/// Every correction of a broken rule, the most likely first.
pub fn mends(bundle: &Bundle, lint: &Lint) -> Vec<(Way, String)> {
    let form = StatefulSetForm::read(bundle);
    let ways = match lint.rule {
        Rule::NoService | Rule::NoServiceName | Rule::NotHeadless | Rule::ServiceSelector => {
            return tie::mends(bundle, &form, lint);
        }
        _ => one(bundle, &form, lint),
    };
    ways.map(|text| (Way::Correct, text)).into_iter().collect()
}

pub(super) fn edited(bundle: &Bundle, edits: &[Edit]) -> Option<String> {
    apply_all(&bundle.text, edits.iter().cloned()).ok()
}

fn one(bundle: &Bundle, form: &StatefulSetForm, lint: &Lint) -> Option<String> {
    let place = lint.place.clone();
    let held = bundle.get(&place);
    let choice = |values: &[&str]| {
        let value = nearest(held, values.iter().copied())?.to_owned();
        edited(bundle, &[Edit::Set(place.clone(), Value::Text(value))])
    };
    match &lint.rule {
        Rule::OtherNamespace | Rule::ForeignNamespace => {
            let namespace = Value::Text(form.namespace.text.clone());
            edited(bundle, &[Edit::Set(place, namespace)])
        }
        Rule::Affinity => edited(bundle, &[Edit::Remove(place)]),
        Rule::VendorVariable => {
            let path = place.path.parent()?;
            edited(bundle, &[Edit::Remove(Place { path, ..place })])
        }
        Rule::Flag => {
            // What YAML 1.1 takes for a boolean as well.
            let truth = match held.to_ascii_lowercase().as_str() {
                "y" | "yes" | "on" | "true" => "true",
                "n" | "no" | "off" | "false" => "false",
                _ => return None,
            };
            edited(bundle, &[Edit::Set(place, Value::Typed(truth.to_owned()))])
        }
        Rule::OneOf(values) => choice(values),
        Rule::Protocol => choice(&PROTOCOLS),
        Rule::AccessMode => choice(&ACCESS_MODES),
        Rule::Alias => alias::mend(bundle, lint),
        Rule::List => list::mend(bundle, lint),
        _ => shape::mend(bundle, lint)
            .or_else(|| commands::mend(bundle, lint))
            .or_else(|| slips::mend(bundle, form, lint))
            .or_else(|| old::mend(bundle, form, lint)),
    }
}
