//! The template: what each container of a pod of this set is, and its environment.
use crate::{
    api::sets::get_template,
    components::fault::Fault,
    model::{
        detail::DetailView,
        pod::{Container, PodBody, Role, Template},
    },
    pages::pod::{
        container::{configuration, mounts},
        containers::{probes, resources},
        environment::variables,
        panel::{facts, lines, pairs, panel},
        side::volume_source,
    },
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The containers of the newest template; asked for anew when that changes.
#[component]
pub fn Containers(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let key = Memo::new(move |_| {
        view.with(|v| {
            let head = &v.head;
            (
                head.row.namespace.clone(),
                head.row.name.clone(),
                head.update_revision.clone(),
            )
        })
    });
    let template = Resource::new_blocking(
        move || key.get(),
        |(namespace, name, _)| get_template(namespace, name),
    );
    view! {
        <p class="dim lead">{t.detail_template_lead()}</p>
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                match template.await {
                    Err(error) => view! { <Fault error/> }.into_any(),
                    Ok(template) => drawn(t, template, &key.get_untracked().0),
                }
            })}
        </Transition>
    }
}

fn drawn(t: Texts, template: Template, namespace: &str) -> AnyView {
    let Template { body, environment } = template;
    let containers = body.containers.iter().map(|c| container(t, &body, c));
    let containers: Vec<AnyView> = containers.collect();
    let environment = environment.into_iter();
    let environment: Vec<AnyView> = environment
        .map(|env| variables(t, env, namespace, t.detail_template_own()))
        .collect();
    view! { {containers}{environment}{around(t, &body)} }.into_any()
}

/// A part of a container: no landmark, for each container has the same ones.
fn part(title: &'static str, body: AnyView) -> AnyView {
    view! { <div class="panel card"><header><h3>{title}</h3></header>{body}</div> }.into_any()
}

/// A container: its image, what it asks for, how it is asked whether it is well, and what it mounts.
fn container(t: Texts, body: &PodBody, c: &Container) -> AnyView {
    let role = match c.role {
        Role::Init => Some(t.pod_role_init()),
        Role::Sidecar => Some(t.pod_role_sidecar()),
        Role::Ephemeral | Role::Main => None,
    };
    let probes = probes(t, None, c);
    let probes = if probes.is_empty() {
        view! { <p class="inside dim">{t.pod_no_probes()}</p> }.into_any()
    } else {
        facts(probes)
    };
    view! {
        <div class="template">
            <h2 class="name">{c.name.clone()}" "{role.map(|word| view! { <span class="tag">{word}</span> })}</h2>
            <div class="pod even">
                <div>{part(t.pod_configuration(), configuration(t, c))}</div>
                <div><div class="panel card ctr one">{resources(t, c)}</div>{part(t.pod_probes(), probes)}{part(t.pod_mounts(), mounts(t, body, c))}</div>
            </div>
        </div>
    }
    .into_any()
}

/// What its containers share: volumes, and what decides on the node.
fn around(t: Texts, body: &PodBody) -> AnyView {
    let volume = |v: &crate::model::pod::Volume| (v.name.clone(), volume_source(t, &v.source, &[]));
    let volumes: Vec<_> = body.volumes.iter().map(volume).collect();
    let s = &body.scheduling;
    let lists = [
        (t.pod_affinity(), &s.affinity),
        (t.pod_spread(), &s.spread),
        (t.pod_tolerates(), &s.tolerations),
    ];
    let mut placed: Vec<(String, AnyView)> = Vec::new();
    if !s.selector.is_empty() {
        placed.push((t.pod_node_selector().to_owned(), pairs(&s.selector)));
    }
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    placed.extend(lists.map(|(term, list)| (term.to_owned(), lines(list.clone()))));
    placed.push((t.detail_labels().to_owned(), pairs(&body.labels)));
    placed.push((t.detail_annotations().to_owned(), pairs(&body.annotations)));
    let volumes = (!volumes.is_empty()).then(|| panel(t.pod_volumes(), ().into_any(), facts(volumes)));
    view! { <div class="pod even"><div>{panel(t.pod_scheduling(), ().into_any(), facts(placed))}</div><div>{volumes}</div></div> }
        .into_any()
}
