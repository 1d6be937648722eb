//! The steps of the wizard over the text of an existing set, or of a Service of one: what is fixed is locked, all else
//! says what it does.
use super::{
    Restored, changes,
    save::{Save, idle, use_check},
    state::use_editing,
};
use crate::{
    pages::create::{
        Answer, CreateButton, Foot, Form, Keys, Mode, Pane, Rail, Step, Wizard, follow_focus, follow_offers,
    },
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub(super) fn FormMode(back: String) -> impl IntoView {
    let (t, editing) = (use_texts(), use_editing());
    let query = use_query_map();
    let target = editing.target.get_value();
    let service = target.is_service();
    let step = Memo::new(
        move |_| match Step::from_name(&query.read().get("step").unwrap_or_default()) {
            step if !service || step == Step::Review => step,
            _ => Step::Service,
        },
    );
    let title = editing.title(t);
    let mode = Memo::new(|_| Mode::Form);
    let wizard = Wizard::over(editing.text, editing.opened.get_untracked(), target, step, mode);
    provide_context(wizard);
    follow_offers(wizard);
    follow_focus(wizard);
    if service {
        tell_at_fields(wizard);
    }
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let review = Memo::new(move |_| step.get() == Step::Review);
    let back = StoredValue::new(back);
    // What is new is created as the wizard does it.
    let changes = Memo::new(move |_| review.get() && !editing.is_new());
    let forget = Callback::new(move |()| editing.forget());
    let end = move || {
        if editing.is_new() {
            view! { <CreateButton done=forget/> }.into_any()
        } else {
            view! { <Show when=move || review.get()><Save back=back.get_value()/></Show> }.into_any()
        }
    };
    view! {
        <div class="wiz" class:ready=move || ready.get()>
            <Rail/>
            <Keys>
                <noscript><p class="callout info">{t.edit_no_script()}</p></noscript>
                <p class="row between"><b>{title}</b>
                    <a class="btn small" href=back.get_value()>{t.edit_back()}</a></p>
                <Restored/>
                <Show when=move || changes.get() fallback=Form><Review/></Show>
            </Keys>
            <Foot>{end()}</Foot>
            <Pane/>
        </div>
    }
}

/// What the cluster refuses stands at the fields that it names, too. What the rules find is told of one that exists at
/// once, of a new one when it has been looked at.
fn tell_at_fields(wizard: Wizard) {
    let editing = use_editing();
    Effect::new(move || {
        let refused = editing.answer.with(|answer| match answer {
            Some(Ok(saving)) => saving.refused.as_ref().map(Answer::refused),
            Some(Err(error)) => Some(Answer::refused(error)),
            None => None,
        });
        if !editing.is_new() {
            wizard.answer.set(refused.unwrap_or_default());
        }
    });
    Effect::new(move || {
        if wizard.step.get() == Step::Review || !editing.is_new() {
            wizard.left.update(|left| left.push(Step::Service));
        }
    });
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
