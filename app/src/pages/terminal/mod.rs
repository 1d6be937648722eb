//! Terminals, in a dock below every page. Their code is loaded when the first one is opened.
mod button;
mod connection;
mod dock;
mod pane;

use crate::state::terminals::use_terminals;
pub use button::TerminalButton;
use leptos::{prelude::*, task::spawn_local};

/// What draws the dock.
#[lazy]
fn dock() -> fn() -> AnyView {
    || view! { <dock::Dock/> }.into_any()
}

/// The dock, while there is a terminal.
#[component]
pub fn TerminalDock() -> impl IntoView {
    let terminals = use_terminals();
    let any = Memo::new(move |_| !terminals.places.read().is_empty());
    let draw = RwSignal::new(None::<fn() -> AnyView>);
    Effect::new(move || {
        if any.get() && draw.read_untracked().is_none() {
            spawn_local(async move { draw.set(Some(dock().await)) });
        }
    });
    move || any.get().then(|| draw.get().map(|draw| draw()))
}
