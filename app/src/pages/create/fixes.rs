//! What one click can correct, above the step that it is about.
use super::{state::use_wizard, step::Step};
use crate::{
    components::callout::{Callout, Tone},
    manifest::lint::{self, Degree, Lint, Safety},
    texts::use_texts,
};
use leptos::prelude::*;

/// The corrections of a step; all of them in the review.
#[component]
pub(super) fn Fixes(step: Step) -> impl IntoView {
    let wizard = use_wizard();
    let found = Memo::new(move |_| {
        let of = |lint: &Lint| step == Step::Review || wizard.step_of(&lint.place) == step;
        let lints = wizard.lints.read();
        let here = lints
            .iter()
            .filter(|l| of(l) && wizard.told(&l.place) && !wizard.fixes(l).is_empty());
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
    let t = use_texts();
    let text = t.say(lint.rule.words, &lint.args);
    let tone = if lint.rule.degree == Degree::Refused {
        Tone::Bad
    } else {
        Tone::Warn
    };
    let place = lint.place.path.to_string();
    view! {
        <Callout tone>
            <div class="row between"><span>{text}" "<span class="mono sm dimmer">{place}</span></span>
                <span class="row"><Ways lint/></span></div>
        </Callout>
    }
}

/// A button for each correction, which says what it does; where it changes what is created, that too.
#[component]
pub(super) fn Ways(lint: Lint) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let ways = untrack(|| wizard.fixes(&lint));
    let button = move |way: lint::Fix| {
        let (lint, label) = (lint.clone(), t.say(way.label, &way.args));
        let changes = (way.safety == Safety::Unsafe).then(|| t.create_fix_unsafe());
        // The text may have changed since the button was drawn.
        let click = move |_| {
            let now = untrack(|| wizard.fixes(&lint));
            let same = |f: &lint::Fix| (f.label, &f.args) == (way.label, &way.args);
            if let Some(fix) = now.into_iter().find(|f| same(f)) {
                wizard.text.set(fix.text);
            }
        };
        view! { <button type="button" class="btn small" title=changes on:click=click>{label}</button> }
    };
    ways.into_iter().map(button).collect_view()
}
