//! The Service that the set names, by which its pods get their names in DNS; and all Services that lead to them.
use super::repair::{CreateService, ServiceDialog};
use crate::{
    components::{
        callout::{Callout, Tone},
        copied::Copied,
        icon::{Icon, IconName},
    },
    model::detail::{DetailView, ServiceFacts, ServiceView, SetService},
    texts::{Texts, use_texts},
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
        ServiceView::Found(service) => view! { <Service service/> }.into_any(),
    };
    view! { {named}<Leading view/><Names view/><ServiceDialog view open/> }
}

#[component]
fn Service(service: ServiceFacts) -> impl IntoView {
    let t = use_texts();
    let selector = service
        .selector
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect::<Vec<_>>()
        .join(", ");
    let headless = service.headless;
    view! {
        {(!headless).then(|| view! { <Callout tone=Tone::Warn>{t.detail_service_not_headless(&service.cluster_ip)}</Callout> })}
        {(!service.selects).then(|| view! { <Callout tone=Tone::Warn>{t.detail_service_misses()}</Callout> })}
        <dl class="facts card panel">
            <dt>{t.detail_service_name()}</dt>
            <dd><b>{service.name}</b>" "{headless.then(|| view! { <span class="tag">{t.detail_service_headless()}</span> })}</dd>
            <dt>{t.detail_service_selector()}</dt>
            <dd><span class="mono">{selector}</span>{service.selects.then(|| view! { <div class="sm dimmer">{t.detail_service_selects()}</div> })}</dd>
            <dt>{t.detail_service_affinity()}</dt><dd>{service.session_affinity}</dd>
        </dl>
    }
}

/// All that lead to its pods, with what is behind each.
#[component]
fn Leading(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let services = Memo::new(move |_| view.read().services.clone());
    let heads = move || {
        let words = [
            t.detail_service_name(),
            t.pod_service_type(),
            t.pod_address(),
            t.detail_service_ports(),
            t.pod_endpoints_head(),
        ];
        words
            .map(|word| view! { <th scope="col">{word}</th> }.into_any())
            .collect_view()
    };
    let rows = move || {
        let all = services.get();
        all.into_iter()
            .map(|service| leading(t, service))
            .collect_view()
            .into_any()
    };
    let none = Memo::new(move |_| services.read().is_empty());
    view! {
        <section class="panel card scroll" aria-label=t.pod_leading()>
            <header><h2>{t.pod_leading()}</h2></header>
            <Show when=move || !none.get() fallback=move || view! { <p class="inside dim">{t.pod_leading_none()}</p> }>
                <table class="cards"><thead><tr>{heads()}</tr></thead><tbody>{rows}</tbody></table>
            </Show>
        </section>
    }
}

fn leading(t: Texts, SetService { facts, endpoints }: SetService) -> AnyView {
    let address = if facts.headless {
        t.detail_service_headless().to_owned()
    } else {
        facts.cluster_ip
    };
    let port = |(name, port, target, protocol): (String, i32, String, String)| {
        format!("{name} {}", t.detail_service_port(port, target, protocol))
    };
    let ports: Vec<String> = facts.ports.into_iter().map(port).collect();
    let behind = match endpoints {
        None => view! { <span class="dim">{t.pod_endpoint_hidden()}</span> }.into_any(),
        Some((0, 0)) => {
            view! { <span class="st warn"><Icon name=IconName::Warn/>{t.pod_endpoints_none()}</span> }
                .into_any()
        }
        Some((ready, all)) => t.pod_endpoints(ready, all).into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="name">{facts.name}</th><td>{facts.kind}</td><td class="mono">{address}</td>
            <td class="mono full">{ports.join(", ")}</td><td class="full">{behind}</td>
        </tr>
    }
    .into_any()
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
