//! The dialogs of everyday operations, over whatever page one is on: the URL says which, and of which set. Their code is
//! loaded when one is first opened.
mod ask;
mod containers;
mod dialog;
mod facts;
mod one;
mod power;
mod progress;
mod restart;
mod rollback;
mod scale;
mod state;

use crate::state::session;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

/// What draws the dialog that the URL names.
#[lazy]
fn ops() -> fn(String) -> AnyView {
    |what| view! { <dialog::Opened what/> }.into_any()
}

/// The dialog, while the URL names one.
#[component]
pub fn OpsDialog() -> impl IntoView {
    let map = use_query_map();
    let changes = !session::is_read_only();
    let asked = Memo::new(move |_| map.read().get("do").filter(|_| changes));
    let draw = RwSignal::new(None::<fn(String) -> AnyView>);
    Effect::new(move || {
        if asked.read().is_some() && draw.read_untracked().is_none() {
            spawn_local(async move { draw.set(Some(ops().await)) });
        }
    });
    move || Some(draw.get()?(asked.get()?))
}
