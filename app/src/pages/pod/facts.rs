//! Lists of small facts.
use crate::{model::pod::Pairs, texts::use_texts};
use leptos::prelude::*;

/// Keys with their values, one a line.
#[component]
pub fn PairList(pairs: Pairs) -> impl IntoView {
    let t = use_texts();
    if pairs.is_empty() {
        return view! { <span class="dimmer">{t.list_none()}</span> }.into_any();
    }
    let pair = |(key, value)| view! { <li class="mono"><span class="dim">{key}</span>": "{value}</li> };
    view! { <ul class="plain">{pairs.into_iter().map(pair).collect_view()}</ul> }.into_any()
}

/// Values of the manifest, one a line.
#[component]
pub fn Lines(lines: Vec<String>) -> impl IntoView {
    let line = |line| view! { <li class="mono">{line}</li> };
    view! { <ul class="plain">{lines.into_iter().map(line).collect_view()}</ul> }
}
