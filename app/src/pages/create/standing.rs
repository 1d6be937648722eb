//! What a change of a field does to what exists already.
use super::state::Wizard;
use crate::{
    components::{form::Standing, icon::IconName},
    manifest::{Path, Place, Segment, field::pairs, governing::carries},
    model::edit::{Impact, Subject},
    texts::use_texts,
};
use leptos::prelude::*;

impl Wizard {
    /// What a change at a place does to what exists.
    pub fn standing(self, place: &Place) -> Standing {
        if self.is_new() {
            return Standing::Free;
        }
        if self.is_service() {
            return self.of_service(place);
        }
        let t = use_texts();
        match Subject::StatefulSet.impact(&place.path) {
            Impact::Immutable => Standing::Fixed(t.edit_locked(), t.edit_fixed_why()),
            _ if self.selected(place) => Standing::Fixed(t.edit_locked(), t.edit_selected_why()),
            Impact::Restarts => Standing::Does(t.edit_restarts(), IconName::Rolling),
            Impact::Scales => Standing::Does(t.edit_scales(), IconName::Plus),
            Impact::InPlace => Standing::Does(t.edit_in_place(), IconName::Check),
        }
    }

    /// Whether it is a label of the pods by which the set finds them.
    fn selected(self, place: &Place) -> bool {
        let labels = Path::parse("spec.template.metadata.labels");
        let key = match place.path.0.strip_prefix(labels.0.as_slice()) {
            Some([Segment::Key(key)]) => key.to_string(),
            Some([Segment::Index(n)]) => {
                let key = self.form.with(|f| f.labels.get(*n).map(|p| p.key.clone()));
                key.unwrap_or_default()
            }
            _ => return false,
        };
        let selector = Place::new(place.document, "spec.selector.matchLabels").key(&key);
        self.bundle.with(|b| b.at(&selector).is_some())
    }

    /// Everything of a Service takes effect at once, without a pod being touched; so only what is fixed is told.
    fn of_service(self, place: &Place) -> Standing {
        let t = use_texts();
        let fixed = |why| Standing::Fixed(t.edit_locked(), why);
        let balances = |text: &str| text == "LoadBalancer";
        let kind = Place::new(0, "spec.type");
        match place.path.to_string().as_str() {
            // One that finds no pods of the set is to be repaired.
            "spec.selector" if self.found_pods() => fixed(t.edit_service_selector()),
            "spec.loadBalancerClass"
                if self.start.with(|s| balances(s.get(&kind)))
                    && self.bundle.with(|b| balances(b.get(&kind))) =>
            {
                fixed(t.edit_service_class())
            }
            _ if Subject::Service.impact(&place.path) == Impact::Immutable => fixed(t.edit_service_fixed()),
            _ => Standing::Free,
        }
    }

    /// Whether the Service found the pods of its set when it was opened.
    fn found_pods(self) -> bool {
        let selector = self.start.with(|s| pairs(s, &Place::new(0, "spec.selector")));
        !selector.is_empty() && self.form.with(|f| carries(&f.labels, &selector))
    }
}
