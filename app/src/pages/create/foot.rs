//! Back, what is to correct, Review, Next.
use super::{state::use_wizard, step::Step};
use crate::{
    components::icon::{Icon, IconName},
    paths,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub(super) fn Foot() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let href = move |step: Step| paths::create(&wizard.form.read().namespace.text, step.name());
    let back = move || {
        wizard
            .step
            .get()
            .before()
            .map(|s| view! { <a class="btn" href=move || href(s)>{t.create_back()}</a> })
    };
    let next = move || {
        wizard.step.get().after().map(|s| {
            let words = if s == Step::Review {
                t.create_to_review().to_owned()
            } else {
                t.create_next(s.title(t))
            };
            view! { <a class="btn primary" href=move || href(s)>{words}</a> }
        })
    };
    let review = move || wizard.step.get() < Step::Nodes;
    view! {
        <footer class="foot">
            {back}
            <span class="grow"></span>
            <ToCorrect/>
            <Show when=review><a class="btn" href=move || href(Step::Review)>{t.create_to_review()}</a></Show>
            {next}
            <super::steps::CreateButton/>
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
        let step = wizard.form.with_untracked(|f| Step::of(&place, f));
        wizard.wanted.set(Some(place));
        if wizard.step.get_untracked() != step {
            let namespace = wizard.form.with_untracked(|f| f.namespace.text.clone());
            navigate(
                &paths::create(&namespace, step.name()),
                NavigateOptions {
                    scroll: false,
                    ..Default::default()
                },
            );
        }
    })
}
