//! What the user is told: findings of the rules and words of the cluster, each at its field.
use super::{state::Wizard, step::Step, typing::without_beside};
use crate::{
    components::form::{Note, Standing},
    manifest::{
        Bundle, Place,
        lint::{Degree, Fix, Lint, fixes},
    },
    texts::use_texts,
};
use leptos::prelude::*;

impl Wizard {
    /// The step that has a place.
    pub fn step_of(self, place: &Place) -> Step {
        if self.is_service() {
            return Step::Service;
        }
        let document = |b: &Bundle| b.documents.get(place.document).map(|d| d.kind() == "StatefulSet");
        let set = self.bundle.with(|b| document(b)).unwrap_or(false);
        self.form.with(|f| Step::of(place, f, set))
    }

    /// The errors that the user is told: where they have been.
    pub fn told(self, place: &Place) -> bool {
        let step = self.step_of(place);
        self.left.with(|l| l.contains(&step) || l.contains(&Step::Review))
            || self.seen.with(|s| s.contains(place))
    }

    /// Every correction of what a rule found.
    pub fn fixes(self, lint: &Lint) -> Vec<Fix> {
        let mut found = self.whole.with(|bundle| fixes(bundle, lint));
        if self.is_service() {
            // What is fixed, or stands in the set beside it, is not corrected here.
            let locked = matches!(self.standing(&lint.place), Standing::Fixed(..));
            let own = |fix: Fix| {
                let text = self.beside.with_value(|set| without_beside(&fix.text, set))?;
                (!locked).then_some(Fix { text, ..fix })
            };
            found = found.into_iter().filter_map(own).collect();
        }
        found
    }

    /// What stands under a place.
    pub fn notes(self, place: &Place) -> Vec<Note> {
        let t = use_texts();
        let mut notes = self.lints.with(|lints| {
            let here = lints.iter().filter(|l| l.place == *place);
            let shown = here.filter(|l| l.rule.degree != Degree::Refused || self.told(place));
            shown
                .map(|l| Note {
                    text: t.say(l.rule.words, &l.args),
                    warning: l.rule.degree != Degree::Refused,
                })
                .collect::<Vec<_>>()
        });
        self.answer.with(|answer| {
            let fields = answer.fields().filter(|(p, _)| p == place);
            notes.extend(fields.map(|(_, text)| Note {
                text: text.clone(),
                warning: false,
            }));
        });
        notes
    }

    /// The errors of a step.
    pub fn errors(self, step: Step) -> usize {
        let of = |place: &Place| self.step_of(place) == step;
        let lints = self.lints.with(|l| {
            l.iter()
                .filter(|l| l.rule.degree == Degree::Refused && of(&l.place))
                .count()
        });
        lints
            + self
                .answer
                .with(|answer| answer.fields().filter(|(p, _)| of(p)).count())
    }

    /// Every error that is told, in the order of the form.
    pub fn told_errors(self) -> Vec<Place> {
        let lints = self.lints.get();
        let mut places: Vec<Place> = lints
            .into_iter()
            .filter(|l| l.rule.degree == Degree::Refused)
            .map(|l| l.place)
            .collect();
        places.retain(|p| self.told(p));
        self.answer
            .with(|answer| places.extend(answer.fields().map(|(place, _)| place.clone())));
        places.sort_by_key(|place| self.step_of(place));
        places
    }
}
