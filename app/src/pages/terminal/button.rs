//! Opens a terminal from where a container is shown.
use crate::{
    model::terminal::Run,
    state::{session, terminals::use_terminals},
    texts::use_texts,
};
use leptos::prelude::*;

/// The button; nothing where there are no terminals.
#[component]
pub fn TerminalButton(namespace: String, pod: String, container: String) -> impl IntoView {
    let (t, terminals) = (use_texts(), use_terminals());
    session::has_terminals().then(|| {
        let label = t.term_open(&container);
        let open = move |_| terminals.open(&namespace, &pod, &container, Run::Shell);
        view! { <button type="button" class="btn small js-only" aria-label=label on:click=open>{t.term_word()}</button> }
    })
}
