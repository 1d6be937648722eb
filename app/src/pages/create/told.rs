//! What the user is told: findings of the rules and words of the cluster, each at its field.
use super::{
    state::{Refusal, Wizard},
    step::Step,
    words::words,
};
use crate::{
    api::FieldError,
    components::form::Note,
    manifest::{
        Place,
        lint::{Lint, Way, mends},
    },
    texts::use_texts,
};
use leptos::prelude::*;

impl Wizard {
    /// The errors that the user is told: where they have been.
    pub fn told(self, place: &Place) -> bool {
        let step = self.form.with(|f| Step::of(place, f));
        self.left.with(|l| l.contains(&step) || l.contains(&Step::Review))
            || self.seen.with(|s| s.contains(place))
    }

    /// The text without what a lint found, where a click can correct it, by each way that there is.
    pub fn mended(self, lint: &Lint) -> Vec<(Way, String)> {
        self.bundle.with(|bundle| mends(bundle, lint))
    }

    /// What stands under a place.
    pub fn notes(self, place: &Place) -> Vec<Note> {
        let t = use_texts();
        let mut notes = self.lints.with(|lints| {
            let here = lints.iter().filter(|l| l.place == *place);
            let shown = here.filter(|l| l.rule.is_warning() || self.told(place));
            shown
                .map(|l| Note {
                    text: words(t, &l.place, &l.rule),
                    warning: l.rule.is_warning(),
                })
                .collect::<Vec<_>>()
        });
        self.refusal.with(|refusal| {
            let fields = refusal.iter().flat_map(|r| &r.fields).filter(|(p, _)| p == place);
            notes.extend(fields.map(|(_, text)| Note {
                text: text.clone(),
                warning: false,
            }));
        });
        notes
    }

    /// What the cluster refused: each cause at its field, if the form has it.
    pub fn refuse(self, document: usize, message: String, fields: &[FieldError]) {
        let at = |f: &FieldError| (Place::new(document, &f.field), f.message.clone());
        let fields = fields.iter().map(at).collect();
        self.refusal.set(Some(Refusal { message, fields }));
    }

    /// The errors of a step.
    pub fn errors(self, step: Step) -> usize {
        let of = |place: &Place| self.form.with(|f| Step::of(place, f)) == step;
        let lints = self
            .lints
            .with(|l| l.iter().filter(|l| !l.rule.is_warning() && of(&l.place)).count());
        lints
            + self
                .refusal
                .with(|r| r.iter().flat_map(|r| &r.fields).filter(|(p, _)| of(p)).count())
    }

    /// Every error that is told, in the order of the form.
    pub fn told_errors(self) -> Vec<Place> {
        let lints = self.lints.get();
        let mut places: Vec<Place> = lints
            .into_iter()
            .filter(|l| !l.rule.is_warning())
            .map(|l| l.place)
            .collect();
        places.retain(|p| self.told(p));
        places.extend(
            self.refusal
                .get()
                .into_iter()
                .flat_map(|r| r.fields)
                .map(|(p, _)| p),
        );
        places
    }
}
