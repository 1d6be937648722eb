//! The containers: what each does, how it ended before, its image, probes, requests and limits.
use super::{
    exit::{ended, last},
    panel::{facts, panel},
};
use crate::{
    components::{
        icon::{Icon, IconName},
        time::{Since, words},
    },
    model::{
        pod::{Container, PodView, Probe, Role, State},
        time::age,
    },
    pages::{files::FilesButton, terminal::TerminalButton},
    paths,
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// All of them, in the order in which they start.
#[component]
pub fn Containers(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let names = Memo::new(move |_| {
        let view = view.read();
        view.pod
            .containers
            .iter()
            .map(|c| c.name.clone())
            .collect::<Vec<_>>()
    });
    let ready = move || {
        let (ready, all) = view.read().pod.facts.containers;
        t.pod_containers_ready(ready, all)
    };
    let one = move |name| view! { <Article view name/> }.into_any();
    let all = move || names.get().into_iter().map(one).collect::<Vec<AnyView>>();
    let aside = view! { <span class="sm dimmer">{ready}</span> };
    panel(t.pod_containers(), aside.into_any(), view! { {all} }.into_any())
}

/// The container of that name, as it is now or was last.
pub fn container(view: Memo<PodView>, name: String) -> Memo<Container> {
    Memo::new(move |old: Option<&Container>| {
        let found = view
            .read()
            .pod
            .containers
            .iter()
            .find(|c| c.name == name)
            .cloned();
        found.or_else(|| old.cloned()).unwrap_or_default()
    })
}

/// What kubectl shows of it, and how that looks.
pub fn state(t: Texts, container: &Container) -> (String, &'static str, IconName) {
    match &container.state {
        State::Unknown => (t.pod_state_unknown().to_owned(), "idle", IconName::Stop),
        State::Waiting { reason, .. }
            if matches!(reason.as_str(), "ContainerCreating" | "PodInitializing") =>
        {
            (reason.clone(), "busy", IconName::Rolling)
        }
        State::Waiting { reason, .. } => (reason.clone(), "bad", IconName::Alert),
        State::Running { .. } if container.ready || container.role == Role::Ephemeral => {
            (t.pod_state_running().to_owned(), "ok", IconName::Check)
        }
        State::Running { .. } => (t.pod_state_running().to_owned(), "busy", IconName::Rolling),
        State::Ended(run) if run.code == 0 => (t.pod_state_completed().to_owned(), "idle", IconName::Check),
        State::Ended(run) if run.reason.is_empty() => {
            (t.pod_state_ended().to_owned(), "bad", IconName::Alert)
        }
        State::Ended(run) => (run.reason.clone(), "bad", IconName::Alert),
    }
}

fn role(t: Texts, role: Role) -> Option<&'static str> {
    match role {
        Role::Init => Some(t.pod_role_init()),
        Role::Sidecar => Some(t.pod_role_sidecar()),
        Role::Ephemeral => Some(t.pod_role_ephemeral()),
        Role::Main => None,
    }
}

/// The role, and the state below the name.
#[component]
pub fn Who(container: Memo<Container>) -> impl IntoView {
    let t = use_texts();
    move || {
        container.with(|c| {
            let role = role(t, c.role).map(|word| view! { <span class="tag">{word}</span> }.into_any());
            let (words, class, icon) = state(t, c);
            view! { " "{role}<div><span class=format!("st {class}")><Icon name=icon/>{words}</span></div> }
                .into_any()
        })
    }
}

/// What it does now, how the run before ended, and what that wrote.
#[component]
pub fn Story(container: Memo<Container>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let now = move || {
        container.with(|c| match &c.state {
            State::Running { since } => {
                let time = words(t, age(*since, clock.get()));
                if c.ready {
                    t.pod_ready_since(time)
                } else {
                    t.pod_running_since(time)
                }
            }
            State::Ended(run) => ended(t, run, c),
            State::Waiting { .. } | State::Unknown => String::new(),
        })
    };
    let rest = move || container.with(|c| before(t, c));
    view! { <p>{now}" "{rest}</p> }
}

fn before(t: Texts, container: &Container) -> AnyView {
    let last = container
        .last
        .as_ref()
        .map(|run| last(t, run, container))
        .unwrap_or_default();
    let restarts = match container.restarts {
        0 => t.pod_no_restarts().to_owned(),
        n => t.pod_restarts(i64::from(n)),
    };
    let run = match &container.state {
        State::Ended(run) => Some(run),
        _ => container.last.as_ref(),
    };
    let waits = match &container.state {
        State::Waiting { message, .. } => Some(message.clone()),
        _ => None,
    };
    let message = waits
        .or_else(|| run.map(|run| run.message.clone()))
        .filter(|m| !m.is_empty());
    let message = message.map(|words| view! { <br/><span class="mono sm">{words}</span> }.into_any());
    view! { {last}" "<span class="dim">{restarts}</span>{message} }.into_any()
}

/// The image as it was asked for, and what the node runs.
pub fn image(container: &Container) -> AnyView {
    let id = container.image_id.rsplit('@').next().unwrap_or_default();
    let short = match id.strip_prefix("sha256:") {
        Some(hash) if hash.len() > 12 => format!("sha256:{}…{}", &hash[..4], &hash[hash.len() - 4..]),
        _ => id.to_owned(),
    };
    view! {
        <span class="mono">{container.image.clone()}</span>" "
        <span class="mono dimmer" title=container.image_id.clone()>{short}</span>
    }
    .into_any()
}

/// The probes, with their last failure where the events of a pod may be read.
pub fn probes(t: Texts, view: Option<&PodView>, container: &Container) -> Vec<(String, AnyView)> {
    let view = view.filter(|v| v.events.is_ok());
    let one = |probe: &Probe| {
        let word = match probe.kind.as_str() {
            "startup" => t.pod_probe_startup(),
            "readiness" => t.pod_probe_readiness(),
            _ => t.pod_probe_liveness(),
        };
        let said = match view.map(|v| v.probe_failure(&container.name, &probe.kind)) {
            None => ().into_any(),
            Some(None) => view! { <span class="dimmer">{t.pod_probe_no_failure()}</span> }.into_any(),
            Some(Some(event)) => {
                let (then, words) = (event.last, event.message.clone());
                view! { <span class="st warn">{t.pod_probe_failed()}</span>" "<span class="mono">{words}</span>" "<Since then/> }
                    .into_any()
            }
        };
        let timing = t.pod_probe_timing(probe.every, probe.failures);
        let does = probe.does.clone();
        let value = view! { <span class="mono">{does}</span>" "<span class="dimmer">{timing}</span><div>{said}</div> };
        (word.to_owned(), value.into_any())
    };
    container.probes.iter().map(one).collect()
}

/// What it asks for and what it may have.
pub fn resources(t: Texts, container: &Container) -> AnyView {
    let of = |list: &[(String, String)], name: &str| {
        list.iter()
            .find(|(n, _)| n == name)
            .map(|(_, quantity)| quantity.clone())
    };
    let one = |name: &str, word: &'static str| {
        let request =
            of(&container.requests, name).map_or(t.pod_no_request().to_owned(), |q| t.pod_request(q));
        let limit = of(&container.limits, name).map_or(t.pod_no_limit().to_owned(), |q| t.pod_limit(q));
        view! { <div class="use"><span class="dimmer">{word}</span><span>{request}</span><span>{limit}</span></div> }
            .into_any()
    };
    view! { <div class="uses">{one("memory", t.pod_memory())}{one("cpu", t.pod_cpu())}</div> }.into_any()
}

#[component]
fn Article(view: Memo<PodView>, name: String) -> impl IntoView {
    let t = use_texts();
    let container = container(view, name.clone());
    let label = name.clone();
    let href = view.with_untracked(|v| paths::container(&v.pod.facts.namespace, &v.pod.facts.name, &name));
    let logs =
        view.with_untracked(|v| paths::logs_of(&v.pod.facts.namespace, &v.pod.facts.name, &name, false));
    let more = move || {
        view.with(|v| {
            container.with(|c| {
                let image = (t.pod_image().to_owned(), image(c));
                facts([image].into_iter().chain(probes(t, Some(v), c)).collect())
            })
        })
    };
    let uses = move || container.with(|c| resources(t, c));
    let place = view.with_untracked(|v| (v.pod.facts.namespace.clone(), v.pod.facts.name.clone()));
    let place = StoredValue::new((place, name.clone()));
    let runs = Memo::new(move |_| matches!(container.read().state, State::Running { .. }));
    let terminal = move || {
        let ((namespace, pod), container) = place.get_value();
        let (of, name, inside) = (namespace.clone(), pod.clone(), container.clone());
        runs.get().then(|| {
            view! {
                <TerminalButton namespace pod container/>" "
                <FilesButton namespace=of pod=name container=inside/>
            }
        })
    };
    view! {
        <article class="ctr" aria-label=label>
            <div class="who"><a class="name" href=href>{name}</a><Who container/>
                <a class="btn small" href=logs>{t.page_logs()}</a>" "{terminal}</div>
            <div class="say"><Story container/>{more}</div>
            {uses}
        </article>
    }
}
