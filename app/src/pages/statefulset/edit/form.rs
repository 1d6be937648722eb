//! The steps of the wizard over the text of an existing set: what is fixed is locked, all else says what it does.
use super::{
    Restored, changes,
    save::{Save, idle, use_check},
    state::use_editing,
};
use crate::{
    pages::create::{Foot, Form, Keys, Mode, Pane, Rail, Step, Target, Wizard, follow_focus, follow_offers},
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub(super) fn FormMode(back: String) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let query = use_query_map();
    let step = Memo::new(move |_| Step::from_name(&query.read().get("step").unwrap_or_default()));
    let (namespace, name) = editing.key.get_value();
    let (start, choices) = editing
        .opened
        .with_untracked(|o| (o.text.clone(), o.choices.clone()));
    let title = t.edit_title(&name);
    let target = Target::Existing(namespace, name);
    let mode = Memo::new(|_| Mode::Form);
    let wizard = Wizard::over(editing.text, start, choices, target, step, mode);
    provide_context(wizard);
    follow_offers(wizard);
    follow_focus(wizard);
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let review = Memo::new(move |_| step.get() == Step::Review);
    let back = StoredValue::new(back);
    view! {
        <div class="wiz" class:ready=move || ready.get()>
            <Rail/>
            <Keys>
                <noscript><p class="callout info">{t.edit_no_script()}</p></noscript>
                <p class="row between"><b>{title}</b><a class="btn small" href=back.get_value()>{t.edit_back()}</a></p>
                <Restored/>
                <Show when=move || review.get() fallback=Form><Review/></Show>
            </Keys>
            <Foot><Show when=move || review.get()><Save back=back.get_value()/></Show></Foot>
            <Pane/>
        </div>
    }
}

/// What saving would do, asked as soon as one looks.
#[component]
fn Review() -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let check = use_check(editing);
    Effect::new(move || {
        if editing.answer.read().is_none() && !untrack(|| idle(editing)) {
            check.dispatch(());
        }
    });
    let state = move || match (idle(editing), check.pending().get()) {
        (true, _) => t.edit_nothing(),
        (_, true) => t.create_checking(),
        _ => "",
    };
    view! {
        <h1 tabindex="-1">{t.create_review()}</h1>
        <p class="dim" role="status">{state}</p>
        <changes::Answer/>
    }
}
