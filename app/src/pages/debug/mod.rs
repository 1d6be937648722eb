//! A debug container: asked for from a pod's page and from a terminal that found no shell. The dialog is loaded when
//! it is first opened.
mod dialog;
mod profiles;
mod progress;
mod state;

use crate::{model::pod::debug::Wanted, texts::use_texts};
use leptos::{prelude::*, task::spawn_local};

/// What draws the dialog.
type Draw = fn(Wanted, Callback<()>) -> AnyView;

#[lazy]
fn debug_dialog() -> Draw {
    |wanted, close| view! { <dialog::Dialog wanted close/> }.into_any()
}

/// The button that opens it; `of` is the pod and the container to look at.
#[component]
pub fn DebugButton(#[prop(into)] of: Signal<Wanted>) -> impl IntoView {
    let t = use_texts();
    let (open, draw) = (RwSignal::new(false), RwSignal::new(None::<Draw>));
    let close = Callback::new(move |()| open.set(false));
    let click = move |_| {
        open.set(true);
        if draw.read_untracked().is_none() {
            spawn_local(async move {
                let loaded = debug_dialog().await;
                // The page may have been left meanwhile.
                let _ = draw.try_set(Some(loaded));
            });
        }
    };
    let shown = move || {
        let draw = draw.get().filter(|_| open.get())?;
        Some(draw(of.get_untracked(), close))
    };
    view! {
        <button type="button" class="btn small js-only writes" on:click=click>{t.debug_open()}</button>
        {shown}
    }
}
