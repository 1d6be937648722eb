//! The buttons of lists.
use crate::components::icon::{Icon, IconName};
use leptos::prelude::*;

/// "+ Add port"
#[component]
pub fn AddButton(#[prop(into)] label: Signal<String>, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="btn ghost add" on:click=move |_| on_click.run(())>
            <Icon name=IconName::Plus/>{move || label.get()}
        </button>
    }
}

/// A − at the end of a row; the label says of which.
#[component]
pub fn RemoveButton(#[prop(into)] label: Signal<String>, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="btn ghost icon" aria-label=move || label.get() title=move || label.get()
            on:click=move |_| on_click.run(())><Icon name=IconName::Minus/></button>
    }
}
