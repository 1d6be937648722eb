//! What one click can correct, above the step that it is about.
use super::{
    state::use_wizard,
    step::Step,
    words::{way_words, words},
};
use crate::{
    components::callout::{Callout, Tone},
    manifest::lint::{Lint, Way},
    texts::use_texts,
};
use leptos::prelude::*;

/// The corrections of a step; all of them in the review.
#[component]
pub(super) fn Fixes(step: Step) -> impl IntoView {
    let wizard = use_wizard();
    let found = Memo::new(move |_| {
        let of = |lint: &Lint| step == Step::Review || wizard.form.with(|f| Step::of(&lint.place, f)) == step;
        let lints = wizard.lints.read();
        let here = lints
            .iter()
            .filter(|l| of(l) && wizard.told(&l.place) && !wizard.mended(l).is_empty());
        here.cloned().collect::<Vec<_>>()
    });
    move || {
        found
            .get()
            .into_iter()
            .map(|lint| view! { <Fix lint/> })
            .collect_view()
    }
}

/// One sentence, and a click for each way out.
#[component]
pub(super) fn Fix(lint: Lint) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let text = words(t, &lint.place, &lint.rule);
    let tone = if lint.rule.is_warning() {
        Tone::Warn
    } else {
        Tone::Bad
    };
    let place = lint.place.path.to_string();
    let ways = untrack(|| wizard.mended(&lint)).into_iter().map(|(way, _)| way);
    let button = move |way: Way| {
        let (lint, label) = (lint.clone(), way_words(t, &way));
        // The text may have changed since the button was drawn.
        let click = move |_| {
            let now = untrack(|| wizard.mended(&lint));
            if let Some((_, text)) = now.into_iter().find(|(w, _)| *w == way) {
                wizard.text.set(text);
            }
        };
        view! { <button type="button" class="btn small" on:click=click>{label}</button> }
    };
    view! {
        <Callout tone>
            <div class="row between"><span>{text}" "<span class="mono sm dimmer">{place}</span></span>
                <span class="row">{ways.map(button).collect_view()}</span></div>
        </Callout>
    }
}
