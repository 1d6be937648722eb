//! A menu that works without JavaScript: a `<details>` with links in it.
use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// A chip that opens a list. Escape and a click elsewhere close it (see `state::keys`).
#[component]
pub fn Menu(
    /// The grey word before the value.
    label: &'static str,
    /// What is chosen.
    #[prop(into)]
    value: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="menu">
            <summary class="chip">
                <span class="k">{label}</span>
                <span class="v">{move || value.get()}</span>
                <Icon name=IconName::ChevronDown/>
            </summary>
            <div class="pop">{children()}</div>
        </details>
    }
}
