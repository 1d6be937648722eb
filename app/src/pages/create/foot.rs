//! Back, what is to correct, Review, Next.
use super::{state::use_wizard, step::Step};
use crate::{
    components::icon::{Icon, IconName},
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub(crate) fn Foot(
    /// What ends it, in the review.
    children: Children,
) -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let href = move |step: Step| wizard.href(step.name());
    let back = move || {
        let before = wizard.steps().rev().find(|s| *s < wizard.step.get());
        before.map(|s| view! { <a class="btn" href=move || href(s)>{t.create_back()}</a> })
    };
    let next = move || {
        let after = wizard.steps().find(|s| *s > wizard.step.get());
        after.map(|s| {
            let words = if s == Step::Review {
                t.create_to_review().to_owned()
            } else {
                t.create_next(s.title(t))
            };
            view! { <a class="btn primary" href=move || href(s)>{words}</a> }
        })
    };
    // Where the next step is not the review itself.
    let review = move || {
        let mut after = wizard.steps().filter(|s| *s > wizard.step.get());
        after.next().is_some_and(|s| s != Step::Review)
    };
    view! {
        <footer class="foot">
            {back}
            <span class="grow"></span>
            <ToCorrect/>
            <Show when=review><a class="btn" href=move || href(Step::Review)>{t.create_to_review()}</a></Show>
            {next}
            {children()}
        </footer>
    }
}

/// How many errors there are; a click goes to the first.
#[component]
fn ToCorrect() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let go = use_go();
    let errors = Memo::new(move |_| wizard.told_errors());
    let first = move |_| {
        if let Some(place) = errors.get_untracked().into_iter().next() {
            go.run(place);
        }
    };
    view! {
        <Show when=move || !errors.read().is_empty()>
            <button type="button" class="err btn ghost" on:click=first>
                <Icon name=IconName::Alert/>{move || t.create_to_correct(i64::try_from(errors.read().len()).unwrap_or(0))}
            </button>
        </Show>
    }
}

/// Goes to the step that has a place, and puts the focus there.
pub(super) fn use_go() -> Callback<crate::manifest::Place> {
    let wizard = use_wizard();
    let navigate = use_navigate();
    Callback::new(move |place: crate::manifest::Place| {
        // Of several sets the form shows the one that has the place.
        let other = wizard
            .bundle
            .with_untracked(|b| b.sets().position(|set| set == place.document));
        if let Some(nth) = other.filter(|n| *n != wizard.nth.get_untracked()) {
            wizard.nth.set(nth);
        }
        let step = untrack(|| wizard.step_of(&place));
        wizard.wanted.set(Some(place));
        if wizard.step.get_untracked() != step {
            navigate(
                &untrack(|| wizard.href(step.name())),
                NavigateOptions {
                    scroll: false,
                    ..Default::default()
                },
            );
        }
    })
}
