//! A modal dialog for an action: the native one, which keeps the focus inside, gives it back, and closes by Escape.
use super::form::AddButton;
use leptos::{ev, html::Dialog, prelude::*};
use wasm_bindgen::JsCast;

/// The dialog, open for as long as it is drawn. Its title takes the focus when it opens and whenever `title` changes:
/// what had the focus before may be gone then.
#[component]
pub fn Modal(
    #[prop(into)] title: Signal<String>,
    /// Escape, or whatever else closes it. True lets it close.
    may_close: Callback<(), bool>,
    /// It is closed.
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let (dialog, heading) = (NodeRef::<Dialog>::new(), NodeRef::<leptos::html::H2>::new());
    let show = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|d| !d.open()) {
            let _ = dialog.show_modal();
        }
    };
    Effect::new(move || {
        title.track();
        show();
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let cancel = move |event: ev::Event| {
        if !may_close.run(()) {
            event.prevent_default();
        }
    };
    // A browser lets a second Escape close it in any case.
    let close = move |_: ev::Event| {
        if may_close.run(()) {
            on_close.run(());
        } else {
            show();
        }
    };
    view! {
        <dialog node_ref=dialog class="dlg act" aria-labelledby="dialog-title" on:cancel=cancel on:close=close>
            <h2 id="dialog-title" tabindex="-1" node_ref=heading>{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}

/// A button that opens a dialog of the same name, which `draw` fills: it is given what closes it.
#[component]
pub fn DialogButton(
    #[prop(into)] label: Signal<String>,
    draw: fn(RwSignal<bool>) -> AnyView,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let on_click = Callback::new(move |()| open.set(true));
    let on_close = Callback::new(move |()| open.set(false));
    view! {
        <AddButton label on_click/>
        <Show when=move || open.get()>
            <Modal title=label may_close=Callback::new(|()| true) on_close>{draw(open)}</Modal>
        </Show>
    }
}

/// Closes the dialog around what was clicked, which gives the focus back.
pub fn close(event: &ev::MouseEvent) {
    let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let dialog = target.and_then(|t| t.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|d| d.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
