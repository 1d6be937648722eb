//! First what it would do, then the doing.
use super::state::{Editing, use_editing};
use crate::{
    api::edit::{check_edit, save_edit},
    model::saving::Saving,
    pages::create::Target,
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Asks the cluster what saving would do.
pub(super) fn use_check(editing: Editing) -> Action<(), ()> {
    Action::new(move |(): &()| async move {
        let answer = check_edit(editing.edited()).await;
        editing.answer.set(Some(answer));
    })
}

/// There is nothing to ask about: no change, or a text that cannot be read.
pub(super) fn idle(editing: Editing) -> bool {
    editing.opened.read().text == *editing.text.read() || editing.broken.read().is_some()
}

/// The two buttons; what is saved is what was asked about.
#[component]
pub(super) fn Save(back: String) -> impl IntoView {
    let (t, editing, toasts) = (use_texts(), use_editing(), use_toasts());
    let navigate = use_navigate();
    let check = use_check(editing);
    let save = Action::new(move |(): &()| {
        let (navigate, away) = (navigate.clone(), back.clone());
        async move {
            match save_edit(editing.edited()).await {
                Ok(Saving {
                    saved: true, others, ..
                }) => {
                    editing.forget();
                    let (.., name) = editing.target.with_value(Target::object);
                    let kept = i64::try_from(others.len()).unwrap_or(i64::MAX);
                    toasts.done(if kept == 0 {
                        t.edit_saved(name)
                    } else {
                        t.edit_saved_with(kept, name)
                    });
                    navigate(&away, Default::default());
                }
                answer => editing.answer.set(Some(answer)),
            }
        }
    });
    let busy = move || check.pending().get() || save.pending().get();
    let idle = Memo::new(move |_| idle(editing));
    let may = Memo::new(move |_| editing.may_save());
    let asked = Memo::new(move |_| matches!(*editing.answer.read(), Some(Ok(_))));
    view! {
        <button type="button" class="btn js-only" class:primary=move || !asked.get() disabled=move || busy() || idle.get()
            on:click=move |_| { check.dispatch(()); }>{t.edit_check()}</button>
        <Show when=move || asked.get()>
            <button type="button" class="btn primary" disabled=move || busy() || !may.get()
                on:click=move |_| { save.dispatch(()); }>{t.edit_save()}</button>
        </Show>
    }
}
