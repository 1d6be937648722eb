//! A panel of the page: it has a heading, and fails alone.
use crate::{
    api::ApiError,
    components::icon::{Icon, IconName},
    texts::use_texts,
};
use leptos::prelude::*;

/// A part of the page with its heading. `class` places it where the page is narrow.
#[component]
pub fn Panel(
    title: &'static str,
    /// What stands beside the heading.
    #[prop(into, optional)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel card" aria-label=title>
            <header><h2>{title}</h2>{aside}</header>
            {children()}
        </section>
    }
}

/// Why a panel shows nothing: the cluster's words name the right that is missing.
#[component]
pub fn Refused(error: ApiError) -> impl IntoView {
    let t = use_texts();
    let words = error.words();
    view! {
        <div class="inside refused">
            <p class="dim"><Icon name=IconName::Lock/>{t.pod_not_shown()}</p>
            <p class="mono sm">{words}</p>
        </div>
    }
}

/// A fact: a term and what is true of it.
#[component]
pub fn Fact(term: &'static str, children: Children) -> impl IntoView {
    view! { <dt>{term}</dt><dd>{children()}</dd> }
}

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
            <button type="button" class="btn ghost icon small js-only" aria-label=t.pod_copy(what) title=t.pod_copy(what) on:click=copy>
                {move || view! { <Icon name=icon()/> }}
            </button>
            <span class="vh" role="status">{move || copied.get().then(|| t.detail_copied())}</span>
        </span>
    }
}
