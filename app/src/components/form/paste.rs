//! A place to paste text that becomes rows.
use super::Note;
use crate::components::icon::Icon;
use leptos::prelude::*;

/// A folded box for text, with a button that takes it. What could not be taken stays, and says why.
#[component]
pub fn Paste(
    /// What it is for; also the name of the box.
    #[prop(into)]
    label: Signal<String>,
    /// How it is read.
    #[prop(into)]
    help: Signal<String>,
    /// The words on the button.
    #[prop(into)]
    take: Signal<String>,
    #[prop(optional)] placeholder: &'static str,
    /// Takes the text; what it answers stands below the box, and an error keeps the text.
    on_take: Callback<String, Option<Note>>,
) -> impl IntoView {
    let (text, note) = (RwSignal::new(String::new()), RwSignal::new(None::<Note>));
    let click = move |_| {
        let said = on_take.run(text.get_untracked());
        if said.as_ref().is_none_or(|n| n.warning) {
            text.set(String::new());
        }
        note.set(said);
    };
    let said = move || {
        note.get().map(|note| {
            let (class, icon) = note.look();
            view! { <p class=class><Icon name=icon/><span>{note.text}</span></p> }
        })
    };
    view! {
        <details class="paste">
            <summary>{move || label.get()}</summary>
            <p class="dimmer sm">{move || help.get()}</p>
            <textarea class="in area mono" rows="3" spellcheck="false" aria-label=move || label.get() placeholder=placeholder
                prop:value=move || text.get() on:input=move |e| text.set(event_target_value(&e))></textarea>
            <div role="status">{said}</div>
            <button type="button" class="btn small" disabled=move || text.read().trim().is_empty() on:click=click>{move || take.get()}</button>
        </details>
    }
}
