//! Where the log belongs, and how it is told and taken away.
use super::state::Logs;
use crate::{
    components::icon::{Icon, IconName},
    model::log::{Scope, Times, kubectl::commands},
    paths,
    state::toasts::use_toasts,
    texts::use_texts,
};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Path, heading, and the buttons beside it.
#[component]
pub fn Top(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let (namespace, name) = logs
        .scope
        .with_value(|s| (s.namespace().to_owned(), s.name().to_owned()));
    let home = logs.scope.with_value(|scope| match scope {
        Scope::Set { namespace, name } => paths::set(namespace, name),
        Scope::Pod { namespace, name } => paths::pod(namespace, name),
    });
    let wraps = move || logs.query.with(|q| !q.look.unwrapped);
    let wrap = move |_| logs.look(|look| look.unwrapped = !look.unwrapped);
    view! {
        <div class="lhead">
            <p class="sm dimmer crumb">
                <a href=paths::LIST>{t.frame_statefulsets()}</a>" / "
                <a href=paths::list_of(&namespace)>{namespace.clone()}</a>" / "<a href=home>{name}</a>" /"
            </p>
            <h1>{t.page_logs()}</h1>
            <span class="grow"></span>
            <button type="button" class="btn small js-only" aria-pressed=move || wraps().to_string() on:click=wrap>{t.log_wrap()}</button>
            <Zone logs/>
            <Copy logs/>
            <Download logs/>
        </div>
    }
}

/// How times are told.
#[component]
fn Zone(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let word = move |times: Times| match times {
        Times::Local => t.log_time_local(),
        Times::Utc => t.log_time_utc(),
        Times::Relative => t.log_time_relative(),
        Times::Hidden => t.log_time_hidden(),
    };
    let option = move |times: Times| {
        let chosen = move || logs.query.with(|q| q.look.times == times);
        view! { <option value=times.name() selected=chosen>{word(times)}</option> }.into_any()
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        let chosen = Times::ALL.into_iter().find(|t| t.name() == name);
        logs.look(|look| look.times = chosen.unwrap_or_default());
    };
    view! {
        <select class="in small js-only" aria-label=t.log_times() on:change=choose>{Times::ALL.map(option).into_iter().collect::<Vec<_>>()}</select>
    }
}

#[component]
fn Copy(logs: Logs) -> impl IntoView {
    let (t, toasts) = (use_texts(), use_toasts());
    let copy = move |_| {
        let text = logs.query.with_untracked(|query| {
            logs.book.with_untracked(|book| {
                logs.scope
                    .with_value(|scope| commands(scope, query, book.streams()))
            })
        });
        let write = window().navigator().clipboard().write_text(&text);
        leptos::task::spawn_local(async move {
            match JsFuture::from(write).await {
                Ok(_) => toasts.done(t.log_copied().to_owned()),
                Err(_) => toasts.failed(t.log_not_copied().to_owned()),
            }
        });
    };
    view! {
        <button type="button" class="btn small js-only" on:click=copy>
            <Icon name=IconName::Copy/><span class="hide-s">{t.log_copy()}</span><span class="only-s">"kubectl"</span>
        </button>
    }
}

#[component]
fn Download(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let href = move |names: bool| {
        move || {
            logs.query.with(|query| {
                logs.scope
                    .with_value(|scope| paths::log_file(scope, query, names))
            })
        }
    };
    view! {
        <details class="menu">
            <summary class="btn small"><Icon name=IconName::Download/>{t.log_download()}<Icon name=IconName::ChevronDown/></summary>
            <div class="pop end">
                <a rel="external" href=href(false) download>{t.log_download_plain()}</a>
                <a rel="external" href=href(true) download>{t.log_download_names()}</a>
            </div>
        </details>
    }
}
