//! The page of one container: its configuration, and what it shares with its pod.
use super::{
    containers::{Story, Who, container, image, probes, resources},
    environment::EnvironmentTab,
    panel::{facts, lines, nothing, panel},
};
use crate::{
    components::callout::{Callout, Tone},
    model::pod::{Container, Mount, PodBody, PodView},
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The container of that name.
#[component]
pub fn ContainerPage(view: Memo<PodView>, name: String) -> impl IntoView {
    let t = use_texts();
    let container = container(view, name.clone());
    let (namespace, pod) = view.with_untracked(|v| (v.pod.facts.namespace.clone(), v.pod.facts.name.clone()));
    let back = paths::pod(&namespace, &pod);
    let heading = format!("{pod} / {name}");
    let part = |draw: fn(Texts, &PodView, &Container) -> AnyView| {
        move || view.with(|v| container.with(|c| draw(t, v, c)))
    };
    let mounts = move || {
        let body = view.with(|v| container.with(|c| mounts(t, &v.pod, c)));
        panel(t.pod_mounts(), ().into_any(), body)
    };
    let configuration = move || {
        let body = container.with(|c| configuration(t, c));
        panel(t.pod_configuration(), ().into_any(), body)
    };
    let body = if container.read_untracked().name.is_empty() {
        view! { <Callout tone=Tone::Warn>{t.pod_no_container(pod, name)}</Callout> }.into_any()
    } else {
        let uses = part(|t, _, c| resources(t, c));
        view! {
            <section class="panel card ctr one"><div class="say"><Story container/></div>{uses}</section>
            <div class="pod even"><div>{configuration}</div><div>{part(probe_panel)}{mounts}</div></div>
            <EnvironmentTab view only=Some(name)/>
        }
        .into_any()
    };
    view! {
        <div class="row between title">
            <div class="who"><h1 class="name">{heading}</h1><Who container/></div>
            <a class="btn" href=back>{t.pod_to_pod()}</a>
        </div>
        {body}
    }
}

/// Image, command and ports.
pub fn configuration(t: Texts, c: &Container) -> AnyView {
    let image = view! { {image(c)}<div class="dim">{t.pod_pull(&c.pull_policy)}</div> }.into_any();
    let command = if c.command.is_empty() {
        view! { <span class="dim">{t.pod_command_image()}</span> }.into_any()
    } else {
        lines(c.command.clone())
    };
    let mut all = vec![
        (t.pod_image().to_owned(), image),
        (t.pod_command().to_owned(), command),
    ];
    let lists = [(t.pod_args(), &c.args), (t.pod_ports(), &c.ports)];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    all.extend(lists.map(|(term, list)| (term.to_owned(), lines(list.clone()))));
    if c.privileged {
        let caution = view! { <span class="caution">{t.pod_privileged()}</span> };
        all.push((String::new(), caution.into_any()));
    }
    facts(all)
}

fn probe_panel(t: Texts, view: &PodView, c: &Container) -> AnyView {
    let all = probes(t, Some(view), c);
    let body = if all.is_empty() {
        nothing(t.pod_no_probes())
    } else {
        facts(all)
    };
    panel(t.pod_probes(), ().into_any(), body)
}

/// Where its volumes are, by the claim where there is one.
pub fn mounts(t: Texts, pod: &PodBody, c: &Container) -> AnyView {
    let one = |mount: &Mount| {
        let from = pod.claim_of(&mount.volume).unwrap_or(&mount.volume);
        let path = match mount.sub_path.as_str() {
            "" => mount.path.clone(),
            inside => format!("{} ({inside})", mount.path),
        };
        let only = if mount.read_only { t.pod_read_only() } else { "" };
        let value = view! { <span class="mono">{path}</span>" "<span class="dim">{only}</span> };
        (from.to_owned(), value.into_any())
    };
    let all: Vec<_> = c.mounts.iter().map(one).collect();
    if all.is_empty() {
        nothing(t.pod_no_mounts())
    } else {
        facts(all)
    }
}
