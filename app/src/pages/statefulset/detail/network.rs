//! The Service that the set names: pods get their DNS names through it.
use crate::{
    components::callout::{Callout, Tone},
    model::detail::{DetailView, ServiceFacts, ServiceView},
    texts::use_texts,
};
use leptos::prelude::*;

/// The headless Service, or what is wrong with it.
#[component]
pub fn Network(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let service = Memo::new(move |_| view.read().service.clone());
    let pod = Memo::new(move |_| view.with(|v| format!("{}-{}", v.head.row.name, v.head.start)));
    move || match service.get() {
        ServiceView::Unnamed => {
            view! { <Callout tone=Tone::Info>{t.detail_service_none()}</Callout> }.into_any()
        }
        ServiceView::Hidden => {
            view! { <Callout tone=Tone::Info>{t.detail_service_hidden()}</Callout> }.into_any()
        }
        ServiceView::Missing { name } => {
            view! { <Callout tone=Tone::Warn>{t.detail_service_missing(name)}</Callout> }.into_any()
        }
        ServiceView::Found(service) => view! { <Service service pod=pod.get()/> }.into_any(),
    }
}

#[component]
fn Service(service: ServiceFacts, pod: String) -> impl IntoView {
    let t = use_texts();
    let (name, namespace) = (service.name, service.namespace);
    let dns = format!("{pod}.{name}.{namespace}.svc");
    let selector = service
        .selector
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect::<Vec<_>>()
        .join(", ");
    let headless = service.headless;
    let port = |(name, port, target, protocol): (String, i32, String, String)| {
        view! { <li><span class="dim">{name}</span>" "<span class="mono">{t.detail_service_port(port, target, protocol)}</span></li> }
    };
    view! {
        {(!headless).then(|| view! { <Callout tone=Tone::Warn>{t.detail_service_not_headless(&service.cluster_ip)}</Callout> })}
        {(!service.selects).then(|| view! { <Callout tone=Tone::Warn>{t.detail_service_misses()}</Callout> })}
        <dl class="facts card">
            <dt>{t.detail_service_name()}</dt>
            <dd><b>{name}</b>" "{headless.then(|| view! { <span class="tag">{t.detail_service_headless()}</span> })}</dd>
            <dt>{t.detail_service_ports()}</dt>
            <dd><ul class="plain">{service.ports.into_iter().map(port).collect_view()}</ul></dd>
            <dt>{t.detail_service_selector()}</dt>
            <dd><span class="mono">{selector}</span>{service.selects.then(|| view! { <div class="sm dimmer">{t.detail_service_selects()}</div> })}</dd>
            <dt>{t.detail_service_affinity()}</dt><dd>{service.session_affinity}</dd>
            {headless.then(|| view! { <dt>{t.detail_service_dns()}</dt><dd class="mono">{dns}</dd> })}
        </dl>
    }
}
