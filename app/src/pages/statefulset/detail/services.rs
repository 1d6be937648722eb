//! The Services that lead to the pods of a set: where each is reached, what is behind it, and how one is added and
//! edited.
use crate::{
    components::icon::{Icon, IconName},
    model::{
        detail::DetailView,
        services::{Reach, ServicePort, SetService},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The page on which a Service of this set is edited, or a new one made.
fn form(view: Signal<DetailView>, name: &str) -> String {
    view.with(|v| paths::service_edit(&v.head.row.namespace, &v.head.row.name, name, "service"))
}

/// The way to edit a Service; nothing where the user may not.
pub(super) fn edit_link(t: Texts, view: Signal<DetailView>, name: &str) -> Option<impl IntoView + use<>> {
    let may = view.with(|v| v.head.may_edit_service);
    let (href, label) = (form(view, name), t.detail_service_edit(name));
    may.then(|| {
        view! {
            <a class="btn small js-only writes" href=href aria-label=label>
                <Icon name=IconName::Pencil/>{t.page_edit_form()}</a>
        }
    })
}

/// The way to add one, and which right is missing.
#[component]
fn Ways(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let rights = Memo::new(move |_| view.with(|v| (v.head.may_add_service, v.head.may_edit_service)));
    let add = move || {
        let link = view! {
            <a class="btn small js-only writes" href=move || form(view, "")>
                <Icon name=IconName::Plus/>{t.detail_service_add()}</a>
        };
        rights.get().0.then_some(link)
    };
    let missing = move || {
        let verbs = match rights.get() {
            (true, true) => return None,
            (false, true) => "create",
            (true, false) => "update",
            (false, false) => "create, update",
        };
        Some(view! { <span class="dim sm writes">{t.detail_service_rights(verbs)}</span> })
    };
    view! { <span class="row">{missing}{add}</span> }
}

/// All that lead to its pods, with what is behind each.
#[component]
pub(super) fn Leading(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let services = Memo::new(move |_| view.read().services.clone());
    let may = Memo::new(move |_| view.read().head.may_edit_service);
    let heads = move || {
        let words = [
            t.detail_service_name(),
            t.pod_service_type(),
            t.pod_address(),
            t.detail_service_ports(),
            t.pod_endpoints_head(),
        ];
        let heads = words.map(|word| view! { <th scope="col">{word}</th> }.into_any());
        let edit = may.get().then(|| {
            view! { <th scope="col" class="writes"><span class="vh">{t.page_edit_form()}</span></th> }
        });
        view! { {heads.collect_view()}{edit} }
    };
    let rows = move || {
        let all = services.get().into_iter();
        all.map(|service| row(t, view, service)).collect_view()
    };
    let none = Memo::new(move |_| services.read().is_empty());
    view! {
        <section class="panel card scroll" aria-label=t.pod_leading()>
            <header class="row between"><h2>{t.pod_leading()}</h2><Ways view/></header>
            <Show when=move || !none.get()
                fallback=move || view! { <p class="inside dim">{t.pod_leading_none()}</p> }>
                <table class="cards"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </Show>
        </section>
    }
}

fn row(t: Texts, view: Signal<DetailView>, service: SetService) -> AnyView {
    let ways: Vec<_> = service.reached().into_iter().map(|way| reach(t, way)).collect();
    let SetService { facts, endpoints, .. } = service;
    let address = if facts.headless {
        t.detail_service_headless().to_owned()
    } else {
        facts.cluster_ip
    };
    let port = |p: ServicePort| {
        let leads = t.detail_service_port(p.port, p.target, p.protocol);
        format!("{} {leads}", p.name).trim().to_owned()
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
    let edit = edit_link(t, view, &facts.name).map(|link| view! { <td class="writes">{link}</td> });
    view! {
        <tr>
            <th scope="row" class="name">{facts.name}</th><td>{facts.kind}</td>
            <td class="full"><span class="mono">{address}</span><ul class="plain sm dim">{ways}</ul></td>
            <td class="mono full">{ports.join(", ")}</td><td class="full">{behind}</td>{edit}
        </tr>
    }
    .into_any()
}

/// One way to it.
fn reach(t: Texts, way: Reach) -> AnyView {
    let words = match way {
        Reach::Name(at) => return view! { <li class="mono">{at}</li> }.into_any(),
        Reach::Node(at) => t.detail_service_node(at),
        Reach::AnyNode(port) => t.detail_service_any_node(port),
        Reach::Balancer(at) => t.detail_service_balancer(at),
        Reach::Pending => t.detail_service_pending().to_owned(),
    };
    view! { <li>{words}</li> }.into_any()
}
