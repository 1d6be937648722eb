//! The draft: what was typed survives a reload, a step back, a lost connection, also while it cannot be read. It stays in
//! this tab, without the values of Secrets.
use super::{
    answer::Answer,
    past::Past,
    state::{Wizard, use_wizard},
};
use crate::{
    components::callout::{Callout, Tone},
    manifest::secrets::without_values,
    state::session_storage,
    texts::use_texts,
};
use leptos::prelude::*;

/// The key in the tab's storage.
const KEY: &str = "ordinal.draft";
/// There where values of Secrets were left out of it.
const LEFT_OUT: &str = "ordinal.draft.secrets";

/// Takes the draft away, once its object exists.
pub(super) fn forget() {
    if let Some(storage) = session_storage() {
        let _ = storage.remove_item(KEY);
        let _ = storage.remove_item(LEFT_OUT);
    }
}

/// The draft of before, and whether values of Secrets are missing in it.
fn saved() -> Option<(String, bool)> {
    let storage = session_storage()?;
    let item = |key| storage.get_item(key).ok().flatten();
    Some((item(KEY)?, item(LEFT_OUT).is_some()))
}

fn keep(wizard: Wizard) {
    let text = wizard.text.get();
    if wizard.fresh.with_value(|fresh| *fresh == text) {
        return forget();
    }
    let Some(storage) = session_storage() else { return };
    let without = without_values(&text);
    let left_out = without.is_some() || wizard.restored.get_untracked() == Some(true);
    let kept = storage.set_item(KEY, without.as_ref().unwrap_or(&text));
    if kept.is_err() {
        // There is no room for it. Better none than the one of before.
        return forget();
    }
    let _ = if left_out {
        storage.set_item(LEFT_OUT, "1")
    } else {
        storage.remove_item(LEFT_OUT)
    };
}

/// Takes the draft of before, once, and keeps one from then on.
pub(super) fn follow(wizard: Wizard, past: Past) {
    Effect::new(move |first: Option<()>| {
        let before = first.map_or_else(saved, |()| None);
        if let Some((text, left_out)) = before
            && wizard.text.with_untracked(|now| *now != text)
        {
            wizard.restored.set(Some(left_out));
            past.begin(&text);
            wizard.text.set(text);
        }
        keep(wizard);
    });
}

/// Says that the text is a draft of before, and offers to begin anew.
#[component]
pub(super) fn Restored() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let afresh = move |_| {
        forget();
        wizard.text.set(wizard.fresh.get_value());
        wizard.left.set(Vec::new());
        wizard.seen.set(Vec::new());
        wizard.answer.set(Answer::default());
        wizard.restored.set(None);
    };
    let left_out = move || wizard.restored.get() == Some(true);
    view! {
        <Show when=move || wizard.restored.read().is_some()>
            <Callout tone=Tone::Info>
                <div class="row between"><span>{t.create_restored()}
                    <Show when=left_out>" "{t.create_restored_secrets()}</Show></span>
                    <button type="button" class="btn small" on:click=afresh>{t.create_afresh()}</button></div>
            </Callout>
        </Show>
        <Show when=move || wizard.stuck.get()><Callout tone=Tone::Warn>{t.create_only_yaml()}</Callout></Show>
    }
}
