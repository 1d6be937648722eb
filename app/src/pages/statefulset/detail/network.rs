//! The Service that the set names, by which its pods get their names in DNS; and all Services that lead to them.
use super::{
    repair::{CreateService, ServiceDialog},
    services::{Leading, edit_link},
};
use crate::{
    components::{
        callout::{Callout, Tone},
        copied::Copied,
    },
    model::{
        detail::{DetailView, ServiceView},
        services::ServiceFacts,
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// The headless Service, or what is wrong with it; then who leads here, and by which names.
#[component]
pub fn Network(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let service = Memo::new(move |_| view.read().service.clone());
    let open = RwSignal::new(None::<String>);
    let named = move || match service.get() {
        ServiceView::Unnamed => {
            view! { <Callout tone=Tone::Info>{t.detail_service_none()}</Callout> }.into_any()
        }
        ServiceView::Hidden => {
            view! { <Callout tone=Tone::Info>{t.detail_service_hidden()}</Callout> }.into_any()
        }
        ServiceView::Missing { name } => view! {
            <Callout tone=Tone::Warn>
                <p>{t.detail_service_missing(name.clone())}</p><CreateService name open/>
            </Callout>
        }
        .into_any(),
        ServiceView::Found(service) => view! { <Service view service/> }.into_any(),
    };
    view! { {named}<Leading view/><Names view/><ServiceDialog view open/> }
}

#[component]
fn Service(view: Signal<DetailView>, service: ServiceFacts) -> impl IntoView {
    let t = use_texts();
    // What does not lead to the pods stands in no list below: here is the way to repair it.
    let name = service.name.clone();
    let repair = move || (!service.selects).then(|| edit_link(t, view, &name));
    let selector = service
        .selector
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect::<Vec<_>>()
        .join(", ");
    let headless = service.headless;
    view! {
        {(!headless).then(|| view! {
            <Callout tone=Tone::Warn>{t.detail_service_not_headless(&service.cluster_ip)}</Callout>
        })}
        {(!service.selects).then(|| view! {
            <Callout tone=Tone::Warn><p>{t.detail_service_misses()}</p>{repair}</Callout>
        })}
        <dl class="facts card panel">
            <dt>{t.detail_service_name()}</dt>
            <dd><b>{service.name}</b>" "
                {headless.then(|| view! { <span class="tag">{t.detail_service_headless()}</span> })}</dd>
            <dt>{t.detail_service_selector()}</dt>
            <dd><span class="mono">{selector}</span>
                {service.selects.then(|| view! { <div class="sm dimmer">{t.detail_service_selects()}</div> })}</dd>
            <dt>{t.detail_service_affinity()}</dt><dd>{service.session_affinity}</dd>
        </dl>
    }
}

/// A name for each pod of the window, where a headless Service gives them.
#[component]
fn Names(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let names = Memo::new(move |_| {
        let view = view.read();
        let ServiceView::Found(service) = &view.service else {
            return Vec::new();
        };
        let pods = view.ordinals.iter().filter(|o| o.present && service.headless);
        pods.map(|o| format!("{}.{}.{}.svc", o.pod, service.name, service.namespace))
            .collect()
    });
    let none = Memo::new(move |_| names.read().is_empty());
    view! {
        <Show when=move || !none.get()>
            <section class="panel card" aria-label=t.pod_names()>
                <header><h2>{t.pod_names()}</h2></header>
                <ul class="plain inside">
                    <For each=move || names.get() key=String::clone let:value><li><Copied what=t.pod_dns() value/></li></For>
                </ul>
            </section>
        </Show>
    }
}
