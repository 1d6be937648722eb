//! What goes and what stays, side by side.
use super::Flow;
use crate::{
    api::ApiError,
    components::{deletion::object, form::Check, names::told},
    model::delete::{Kind, Share},
    texts::Texts,
};
use leptos::prelude::*;

/// How many, how large together, and which.
fn claims(t: Texts, claims: &Share) -> Option<String> {
    let (n, names) = (claims.count(), claims.names());
    (n > 0).then(|| {
        if names.first.is_empty() {
            t.delete_claims_n(n, claims.size())
        } else {
            t.delete_claims(n, claims.size(), told(t, &names))
        }
    })
}

/// The two panes.
#[component]
pub(super) fn GoesAndStays(flow: Flow) -> impl IntoView {
    let t = flow.t;
    let effect = Memo::new(move |_| flow.plan.with(|p| p.effect(&flow.choice.read())));
    let line = |words: Option<String>, more: &'static str| {
        words.map(|w| view! { <li>{w}{(!more.is_empty()).then(|| view! { " "<b>{more}</b> })}</li> })
    };
    let goes = move || {
        effect.with(|e| {
            [
                line(claims(t, &e.deleted), ""),
                line(claims(t, &e.owned), t.delete_by_deleted()),
                line(claims(t, &e.scaled), t.delete_by_scaled()),
            ]
            .collect_view()
        })
    };
    let beside = move |goes: bool| along(flow, goes);
    let pods = move || {
        let n = flow.view.with(|v| v.pods().count());
        (n > 0).then(|| t.delete_pods(n, flow.plan.read().grace))
    };
    view! {
        <div class="two">
            <section class="goes">
                <h3>{t.delete_goes()}</h3>
                <ul>
                    <li>{t.delete_set(flow.name())}</li>
                    {move || pods().map(|words| view! { <li>{words}</li> })}
                    <ServiceLine flow/>
                    {move || beside(true).into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}
                    {goes}
                </ul>
            </section>
            <Stays flow kept=Signal::derive(move || effect.read().stay.clone())/>
        </div>
    }
}

/// What stands beside the set and goes along, or stays.
fn along(flow: Flow, goes: bool) -> Vec<String> {
    let (plan, choice) = (flow.plan.read(), flow.choice.read());
    let those = plan
        .beside
        .iter()
        .filter(|b| choice.beside.contains(&b.uid) == goes);
    those.map(|b| object(flow.t, b.kind, &b.name)).collect()
}

/// The Service with its tick; why it should rather stay.
#[component]
fn ServiceLine(flow: Flow) -> impl IntoView {
    let t = flow.t;
    flow.plan.with_untracked(|plan| {
        let service = plan.service.clone()?;
        let cannot = plan.refusal(Kind::Service).is_some();
        let refused = plan.own_refusal(Kind::Service).map(ApiError::words);
        let name = if service.headless { t.delete_service_headless(&service.name) } else { t.delete_service(&service.name) };
        let caution = [
            (!service.sets.is_empty()).then(|| t.delete_shared_sets(told(t, &service.sets))),
            (!service.pods.is_empty()).then(|| t.delete_shared_pods(told(t, &service.pods))),
            (!service.selects).then(|| t.detail_service_misses().to_owned()),
        ];
        let tick = Callback::new(move |service| flow.choice.update(|c| c.service = service));
        Some(view! {
            <li class:off=move || !flow.choice.read().service>
                {name}
                <Check checked=Signal::derive(move || flow.choice.read().service) on_change=tick disabled=cannot>{t.delete_service_too()}</Check>
                {caution.into_iter().flatten().map(|words| view! { <p class="caution">{words}</p> }).collect_view()}
                {refused.map(|words| view! { <p class="mono">{words}</p> })}
            </li>
        })
    })
}

#[component]
fn Stays(flow: Flow, kept: Signal<Share>) -> impl IntoView {
    let t = flow.t;
    let plan = flow.plan.get_untracked();
    let service = plan.service.map(|s| s.name);
    let others = plan.others;
    let hidden = |(kind, error): (Kind, ApiError)| {
        let about = if kind == Kind::Service {
            t.delete_hidden_services()
        } else {
            t.delete_hidden_claims()
        };
        view! { <li>{about}" "<span class="mono">{error.words()}</span></li> }
    };
    let hidden = plan.hidden.into_iter().map(hidden).collect_view();
    let lines = move || {
        let service = service.clone().filter(|_| !flow.choice.read().service);
        let services = service
            .into_iter()
            .chain(others.first.clone())
            .map(|name| t.delete_service(name));
        let more = (others.more > 0).then(|| t.delete_services_more(others.more));
        let claims = claims(t, &kept.read()).into_iter();
        claims
            .chain(services)
            .chain(along(flow, false))
            .chain(more)
            .collect::<Vec<_>>()
    };
    view! {
        <section class="stays">
            <h3>{t.delete_stays()}</h3>
            <ul>{move || lines().into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}{hidden}</ul>
        </section>
    }
}
