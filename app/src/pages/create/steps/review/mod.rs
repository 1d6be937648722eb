//! The review: what is refused, what the create meets, what will happen, what is worth knowing. The cluster decides.
mod create;
mod found;
mod plan;
mod refused;

use crate::{
    api::create::check_bundle,
    components::form::Check,
    pages::create::{answer::Answer, state::use_wizard},
    texts::use_texts,
};
pub(crate) use create::CreateButton;
use leptos::prelude::*;

#[component]
pub(super) fn Review() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let check = Action::new(move |(): &()| {
        let order = create::order(wizard);
        async move {
            let text = order.text.clone();
            let answer = match check_bundle(order).await {
                Ok(outcome) => Answer::of(outcome),
                Err(error) => Answer::failed(&error),
            };
            // A correction may have been made meanwhile: then this is the answer to another question.
            if wizard.text.with_untracked(|now| *now == text) {
                wizard.answer.set(answer);
            }
        }
    });
    // Asked at once, and again whenever a click has corrected something.
    Effect::new(move || {
        wizard.text.track();
        wizard.answer.set(Answer::default());
        if wizard.broken.read().is_none() {
            check.dispatch(());
        }
    });
    let all_there = move || {
        let answer = wizard.answer.read();
        let there = answer.outcome.as_ref().map_or(0, |o| o.unchanged.len());
        there > 0 && there == wizard.bundle.read().documents.len()
    };
    let state = move || match (check.pending().get(), wizard.answer.read().accepted()) {
        (true, _) => t.create_checking(),
        (_, true) if all_there() => t.create_all_unchanged(),
        (_, true) => t.create_accepted(),
        _ => "",
    };
    let doubled = Memo::new(move |_| {
        let answer = wizard.answer.read();
        answer.outcome.as_ref().is_some_and(|o| !o.doubled.is_empty())
    });
    let tick = Callback::new(move |on: bool| wizard.last_key_counts.set(on));
    view! {
        <refused::Refused/>
        <p class="row between" role="status"><span class="dim">{state}</span>
            <button type="button" class="btn small ghost" disabled=move || check.pending().get()
                on:click=move |_| { check.dispatch(()); }>{t.create_review_again()}</button></p>
        <Show when=move || doubled.get()>
            <Check checked=wizard.last_key_counts on_change=tick>{t.create_review_doubled()}</Check>
        </Show>
        <found::Meets/>
        <plan::Then/>
        <found::Traps/>
        <found::Hints/>
    }
}
