//! A tick.
use leptos::prelude::*;

/// A checkbox with its words beside it. They are its name for a screen reader.
#[component]
pub fn Check(
    #[prop(into)] checked: Signal<bool>,
    on_change: Callback<bool>,
    #[prop(into, optional)] disabled: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <label class="check">
            <input class="cb" type="checkbox" prop:checked=move || checked.get() disabled=move || disabled.get()
                on:change=move |e| on_change.run(event_target_checked(&e))/>
            <span>{children()}</span>
        </label>
    }
}
