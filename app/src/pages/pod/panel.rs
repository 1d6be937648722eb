//! A panel of the page: it has a heading, and fails alone.
use crate::{
    api::ApiError,
    components::icon::{Icon, IconName},
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// A part of the page with its heading, and what stands beside that.
pub fn panel(title: &'static str, aside: AnyView, body: AnyView) -> AnyView {
    view! { <section class="panel card" aria-label=title><header><h2>{title}</h2>{aside}</header>{body}</section> }
        .into_any()
}

/// Why a panel shows nothing: the cluster's words name the right that is missing.
pub fn refused(t: Texts, error: &ApiError) -> AnyView {
    view! {
        <div class="inside refused">
            <p class="dim"><Icon name=IconName::Lock/>{t.pod_not_shown()}</p>
            <p class="mono sm">{error.words()}</p>
        </div>
    }
    .into_any()
}

/// A panel without anything in it, in a sentence.
pub fn nothing(words: &'static str) -> AnyView {
    view! { <p class="inside dim">{words}</p> }.into_any()
}

/// Facts: terms and what is true of each.
pub fn facts(facts: Vec<(String, AnyView)>) -> AnyView {
    let fact = |(term, value)| view! { <dt>{term}</dt><dd>{value}</dd> }.into_any();
    let facts: Vec<AnyView> = facts.into_iter().map(fact).collect();
    view! { <dl class="few">{facts}</dl> }.into_any()
}

/// Values of the manifest, one a line.
pub fn lines(lines: Vec<String>) -> AnyView {
    let line = |line| view! { <li class="mono">{line}</li> }.into_any();
    let lines: Vec<AnyView> = lines.into_iter().map(line).collect();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}

/// Keys with their values, one a line.
pub fn pairs(all: &[(String, String)]) -> AnyView {
    if all.is_empty() {
        return view! { <span class="dimmer">{use_texts().list_none()}</span> }.into_any();
    }
    lines(all.iter().map(|(key, value)| format!("{key}: {value}")).collect())
}
