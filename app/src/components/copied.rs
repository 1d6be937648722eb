//! A value with a button that copies it.
use super::icon::{Icon, IconName};
use crate::texts::use_texts;
use leptos::prelude::*;

/// A value that one copies.
#[component]
pub fn Copied(
    /// What it is called.
    what: &'static str,
    value: String,
) -> impl IntoView {
    let t = use_texts();
    let text = value.clone();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let write = window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(write).await.is_ok() {
                copied.set(true);
            }
        });
    };
    let icon = move || {
        if copied.get() {
            IconName::Check
        } else {
            IconName::Copy
        }
    };
    view! {
        <span class="copied">
            <span class="mono">{value}</span>
            <button type="button" class="btn ghost icon small js-only"
                aria-label=t.pod_copy(what) title=t.pod_copy(what) on:click=copy>
                {move || view! { <Icon name=icon()/> }}
            </button>
            <span class="vh" role="status">{move || copied.get().then(|| t.page_copied())}</span>
        </span>
    }
}
