//! The documents as tabs.
use super::Code;
use crate::{
    components::icon::{Icon, IconName},
    manifest::tabs::{Tab, join, split, without},
    pages::create::state::use_wizard,
    texts::use_texts,
};
use leptos::prelude::*;

/// A tab, and a number by which the editor knows it however the others move.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub id: u32,
    pub tab: Tab,
}

pub(super) fn tabs(sheets: &[Sheet]) -> Vec<Tab> {
    sheets.iter().map(|s| s.tab.clone()).collect()
}

/// The sheets of a text. Those that are the same keep their numbers, and so do those that stand in between at the same
/// place: the cursor in them stays where it was.
pub(super) fn renewed(old: &[Sheet], text: &str, ids: StoredValue<u32>) -> Vec<Sheet> {
    let new = split(text);
    let front = old.iter().zip(&new).take_while(|(o, n)| o.tab == **n).count();
    let rest = old.len().min(new.len()) - front;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(rest);
    let back = pairs.take_while(|(o, n)| o.tab == **n).count();
    let (gone, from) = (old.len() - back, new.len() - back);
    let number = |n: usize| {
        let before = if n < from {
            (n < gone).then_some(n)
        } else {
            Some(n - from + gone)
        };
        before.and_then(|n| old.get(n)).map_or_else(
            || {
                ids.update_value(|id| *id += 1);
                ids.get_value()
            },
            |sheet| sheet.id,
        )
    };
    let sheet = |(n, tab)| Sheet { id: number(n), tab };
    new.into_iter().enumerate().map(sheet).collect()
}

/// One tab a document; a new one, and the shown one away.
#[component]
pub(super) fn Sheets() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code: Code = expect_context();
    let name = move |n: usize| code.name(t, n);
    let count = Memo::new(move |_| code.sheets.read().len());
    let one = move |n: usize| {
        view! {
            <button type="button" aria-pressed=move || if code.shown() == n { "true" } else { "false" }
                on:click=move |_| code.chosen.set(n)>{move || name(n)}</button>
        }
    };
    let add = move |_| {
        wizard.text.update(|text| {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            // A comment is a document of its own until something stands in it.
            text.push_str("---\n# \n");
        });
        code.chosen.set(usize::MAX);
        code.reveal(1, 3, true);
    };
    let remove = move |_| {
        let rest = without(tabs(&code.sheets.read_untracked()), untrack(|| code.shown()));
        let (before, after) = (wizard.text.get_untracked(), join(&rest));
        wizard.text.set(after.clone());
        wizard.dropped.set(Some((before, after)));
    };
    // What is typed since is not to be overwritten.
    let dropped = Memo::new(move |_| {
        let text = wizard.text.read();
        wizard
            .dropped
            .with(|d| d.as_ref().is_some_and(|(_, after)| *after == *text))
    });
    let restore = move |_| {
        if let Some((before, _)) = wizard.dropped.write().take() {
            wizard.text.set(before);
        }
    };
    view! {
        <div class="row tabs-row">
            <div class="seg" role="group" aria-label=t.code_documents()>{move || (0..count.get()).map(one).collect_view()}</div>
            <button type="button" class="btn small" on:click=add><Icon name=IconName::Plus/>{t.code_add()}</button>
            <Show when=move || { count.get() > 1 }>
                <button type="button" class="btn small ghost" on:click=remove>
                    <Icon name=IconName::Trash/>{move || t.code_remove(name(code.shown()))}</button>
            </Show>
            <Show when=move || dropped.get()>
                <button type="button" class="btn small" on:click=restore>{t.code_undo_remove()}</button>
            </Show>
        </div>
    }
}
