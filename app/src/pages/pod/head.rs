//! Where the pod belongs, its name and state, and what is the matter with it.
use super::says::said;
use crate::{
    components::{
        callout::{Callout, Tone as CalloutTone},
        icon::{Icon, IconName},
        strip::Strip,
        time::words,
    },
    model::{
        pod::{PodView, Tone, judge},
        time::age,
    },
    paths,
    state::clock::use_clock,
    texts::use_texts,
};
use leptos::prelude::*;

/// The way back, and the strip that leads to the sibling pods.
#[component]
pub fn Crumbs(view: Memo<PodView>, namespace: String) -> impl IntoView {
    let t = use_texts();
    let set = Memo::new(move |_| view.read().set.clone().ok().flatten());
    let owner = move || Some(view.read().pod.facts.owner.clone()).filter(|o| !o.is_empty());
    let of = namespace.clone();
    let cells = Signal::derive(move || set.get().map(|s| s.cells).unwrap_or_default());
    let (place, strip_place) = (namespace.clone(), StoredValue::new(namespace.clone()));
    let current = Signal::derive(move || Some(view.read().pod.facts.ordinal));
    let way = move || {
        owner().map(|name| view! { " / "<a href=paths::set(&of, &name)>{name.clone()}</a> }.into_any())
    };
    // It stays in place while its cells change.
    let known = Memo::new(move |_| set.read().as_ref().map(|s| s.name.clone()));
    let strip = move || {
        known.get().map(|name| {
            let (label, pods_of) = (t.pod_strip(&name), strip_place.get_value());
            view! { <nav aria-label=label><Strip name cells partition=None pods_of current/></nav> }
                .into_any()
        })
    };
    view! {
        <div class="row crumbs sm dimmer">
            <p>
                <a href=paths::LIST>{t.frame_statefulsets()}</a>" / "<a href=paths::list_of(&place)>{place.clone()}</a>
                {way}
            </p>
            {strip}
        </div>
    }
}

fn look(tone: Tone) -> (&'static str, IconName) {
    match tone {
        Tone::Well => ("ok", IconName::Check),
        Tone::Busy => ("busy", IconName::Rolling),
        Tone::Warn => ("warn", IconName::Warn),
        Tone::Bad => ("bad", IconName::Alert),
    }
}

/// Name, state, since when, and the call-out.
#[component]
pub fn Head(view: Memo<PodView>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let verdict = Memo::new(move |_| view.with(judge));
    let state = move || view.read().pod.facts.state.clone();
    let since = move || {
        let view = view.read();
        let ready = view.pod.condition("Ready");
        let then = ready.map_or(view.pod.facts.created, |c| c.since);
        let time = words(t, age(then, clock.get()));
        if ready.is_some_and(|c| c.status == "True") {
            t.pod_ready_for(time)
        } else {
            t.pod_not_ready_for(time)
        }
    };
    let restarts = move || t.pod_restarts(i64::from(view.read().pod.facts.restarts));
    let revision = Memo::new(move |_| {
        let view = view.read();
        view.pod
            .facts
            .revision
            .rsplit('-')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let newest = move || {
        view.with(|v| {
            v.set
                .as_ref()
                .ok()
                .and_then(Option::as_ref)
                .is_some_and(|s| s.rolling && s.update_revision == v.pod.facts.revision)
        })
    };
    let tag = move || {
        let hash = Some(revision.get()).filter(|r| !r.is_empty());
        let class = if newest() { "tag mono new" } else { "tag mono" };
        hash.map(|hash| view! { ", "{t.pod_revision()}" "<span class=class>{hash}</span> }.into_any())
    };
    view! {
        <div class="row title">
            <h1 class="name">{move || view.read().pod.facts.name.clone()}</h1>
            <span class=move || format!("st {}", look(verdict.read().tone).0)>
                {move || view! { <Icon name=look(verdict.read().tone).1/> }.into_any()}{state}
            </span>
            <span class="dim sm">{since}", "{restarts}
                {tag}
            </span>
        </div>
        <Matter view/>
    }
}

/// What is the matter: nothing where the pod is well.
#[component]
fn Matter(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let told = Memo::new(move |_| {
        view.with(|v| {
            let verdict = judge(v);
            (verdict.tone, said(t, v, &verdict))
        })
    });
    let edit = move || {
        view.with(|v| {
            let facts = &v.pod.facts;
            let edit = paths::set_edit_step(&facts.namespace, &facts.owner, "containers");
            (!facts.owner.is_empty()).then(|| (edit, t.pod_edit_set(&facts.owner)))
        })
    };
    move || {
        let (tone, said) = told.get();
        let tone = match tone {
            Tone::Well => return None,
            Tone::Busy => CalloutTone::Info,
            Tone::Warn => CalloutTone::Warn,
            Tone::Bad => CalloutTone::Bad,
        };
        let row =
            |(term, words): (&'static str, String)| view! { <dt>{term}</dt><dd>{words}</dd> }.into_any();
        let rows: Vec<AnyView> = said.rows.into_iter().map(row).collect();
        let edit = edit().filter(|_| tone == CalloutTone::Bad);
        Some(view! {
            <Callout tone>
                <div class="answer">
                    <div>
                        <p><b>{said.title}</b>" "<span class="dim">{said.cause}</span></p>
                        {(!said.words.is_empty()).then(|| view! { <p class="mono sm">{said.words}</p> }.into_any())}
                    </div>
                    <dl>{rows}</dl>
                    {edit.map(|(href, words)| view! { <div class="row js-only writes"><a class="btn" href=href>{words}</a></div> }.into_any())}
                </div>
            </Callout>
        }
        .into_any())
    }
}
