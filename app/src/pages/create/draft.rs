//! The draft: what was typed survives a reload, a step back, a lost connection. It stays in this tab.
use super::{
    answer::Answer,
    state::{Wizard, use_wizard},
};
use crate::{
    components::callout::{Callout, Tone},
    manifest::Bundle,
    state::session_storage,
    texts::use_texts,
};
use leptos::prelude::*;

/// The key in the tab's storage.
const KEY: &str = "ordinal.draft";

/// Takes the draft away, once its object exists.
pub(super) fn forget() {
    if let Some(storage) = session_storage() {
        let _ = storage.remove_item(KEY);
    }
}

fn saved() -> Option<String> {
    session_storage()?
        .get_item(KEY)
        .ok()
        .flatten()
        .filter(|text| Bundle::read(text).is_ok())
}

fn keep(wizard: Wizard) {
    let text = wizard.text.get();
    let begun = wizard.fresh.with_value(|fresh| *fresh != text);
    if let Some(storage) = session_storage().filter(|_| begun) {
        let _ = storage.set_item(KEY, &text);
    }
}

/// Restores the draft after hydration, says so, and offers to begin anew.
#[component]
pub(super) fn Restored() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let restored = RwSignal::new(false);
    Effect::new(move |first: Option<()>| {
        if first.is_none()
            && let Some(text) = saved()
        {
            restored.set(wizard.text.with_untracked(|now| *now != text));
            wizard.text.set(text);
        }
        keep(wizard);
    });
    let afresh = move |_| {
        forget();
        wizard.text.set(wizard.fresh.get_value());
        wizard.left.set(Vec::new());
        wizard.seen.set(Vec::new());
        wizard.answer.set(Answer::default());
        restored.set(false);
    };
    view! {
        <Show when=move || restored.get()>
            <Callout tone=Tone::Info>
                <div class="row between">{t.create_restored()}
                    <button type="button" class="btn small" on:click=afresh>{t.create_afresh()}</button></div>
            </Callout>
        </Show>
        <Show when=move || wizard.stuck.get()><Callout tone=Tone::Warn>{t.create_only_yaml()}</Callout></Show>
    }
}
