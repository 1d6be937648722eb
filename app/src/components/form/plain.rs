//! An input of a dialog: its value is nobody else's.
use leptos::prelude::*;

/// One line with its label. `kind` is the type of the input: `password` is not shown.
#[component]
pub fn PlainField(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(into, optional)] placeholder: String,
    /// A sentence below it; empty for none.
    #[prop(into, optional)]
    help: Signal<String>,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id class="in mono" type=kind autocomplete=if kind == "password" { "new-password" } else { "off" } spellcheck="false" placeholder=placeholder
                aria-describedby=note.clone() prop:value=move || value.get() on:input=move |e| value.set(event_target_value(&e))/>
            <p class="dimmer sm" id=note>{move || help.get()}</p>
        </div>
    }
}
