//! What one looks for in the rows, and their order.
use super::Look;
use crate::{
    components::icon::{Icon, IconName},
    texts::use_texts,
};
use leptos::prelude::*;

/// Keeps the rows that say what is typed.
#[component]
pub(super) fn Search(look: Look, shown: Signal<usize>) -> impl IntoView {
    let t = use_texts();
    let typed = Memo::new(move |_| !look.text.read().trim().is_empty());
    let found = move || typed.get().then(|| t.detail_found(shown.get()));
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            look.text.set(String::new());
        }
    };
    view! {
        <div class="row tools js-only">
            <div class="in search" role="search">
                <Icon name=IconName::Search/>
                <input type="search" autocomplete="off" spellcheck="false" placeholder=t.detail_search() aria-label=t.detail_search()
                    prop:value=move || look.text.get() on:input=move |e| look.text.set(event_target_value(&e)) on:keydown=escape/>
            </div>
            <span class="dim sm" role="status">{found}</span>
        </div>
    }
}

/// The head of the restarts, which turns the order.
#[component]
pub(super) fn ByRestarts(look: Look) -> impl IntoView {
    let t = use_texts();
    let order = move || look.by_restarts.get().then_some("descending");
    view! {
        <th scope="col" class="r" aria-sort=order>
            <button type="button" class="sort" class:on=move || look.by_restarts.get() on:click=move |_| look.by_restarts.update(|on| *on = !*on)>
                {t.detail_restarts()}</button>
        </th>
    }
}
