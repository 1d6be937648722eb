//! Files in a container, in a dialog that is loaded when it is first opened.
mod dialog;

use crate::{model::files::At, state::session, texts::use_texts};
use leptos::{prelude::*, task::spawn_local};

/// What draws the dialog.
type Draw = fn(At, Callback<()>) -> AnyView;

#[lazy]
fn files_dialog() -> Draw {
    |at, close| view! { <dialog::Dialog at close/> }.into_any()
}

/// The button that opens it; nothing where this console starts nothing in containers.
#[component]
pub fn FilesButton(namespace: String, pod: String, container: String) -> impl IntoView {
    let t = use_texts();
    let (open, draw) = (RwSignal::new(false), RwSignal::new(None::<Draw>));
    let close = Callback::new(move |()| open.set(false));
    let label = t.files_title(&container);
    let at = StoredValue::new(At {
        namespace,
        pod,
        container,
        path: "/".to_owned(),
    });
    let click = move |_| {
        open.set(true);
        if draw.read_untracked().is_none() {
            spawn_local(async move {
                let loaded = files_dialog().await;
                // The page may have been left meanwhile.
                let _ = draw.try_set(Some(loaded));
            });
        }
    };
    let shown = move || {
        let draw = draw.get().filter(|_| open.get())?;
        Some(draw(at.get_value(), close))
    };
    session::has_terminals().then(|| {
        view! {
            <button type="button" class="btn small js-only" aria-label=label on:click=click>{t.files_word()}</button>
            {shown}
        }
    })
}
