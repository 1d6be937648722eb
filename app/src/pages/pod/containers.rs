//! The containers: what each does, how it ended before, its image, probes, requests and limits.
use super::{
    exit::{ended, last},
    panel::Panel,
};
use crate::{
    components::{
        icon::{Icon, IconName},
        time::words,
    },
    model::{
        pod::{Container, PodView, Role, State},
        time::age,
    },
    paths,
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// All of them, in the order in which they start.
#[component]
pub fn Containers(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let names = move || {
        let view = view.read();
        view.pod
            .containers
            .iter()
            .map(|c| c.name.clone())
            .collect::<Vec<_>>()
    };
    let ready = move || {
        let (ready, all) = view.read().pod.facts.containers;
        t.pod_containers_ready(ready, all)
    };
    let aside = view! { <span class="sm dimmer">{ready}</span> };
    view! {
        <Panel title=t.pod_containers() aside=aside.into_any()>
            <For each=names key=String::clone let:name><Article view name/></For>
        </Panel>
    }
}

/// The container of that name, as it is now or was last.
pub fn container(view: Signal<PodView>, name: String) -> Memo<Container> {
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

/// The name with its role, and the state below.
#[component]
pub fn Who(container: Memo<Container>, children: Children) -> impl IntoView {
    let t = use_texts();
    let look = move || container.with(|c| state(t, c));
    view! {
        <div class="who">
            {children()}
            {move || role(t, container.read().role).map(|word| view! { " "<span class="tag">{word}</span> })}
            <div><span class=move || format!("st {}", look().1)>{move || view! { <Icon name=look().2/> }}{move || look().0}</span></div>
        </div>
    }
}

/// What it does now, and how the run before ended.
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
            State::Waiting { message, .. } => message.clone(),
            State::Unknown => String::new(),
        })
    };
    let before = move || container.with(|c| c.last.as_ref().map(|run| last(t, run, c)).unwrap_or_default());
    let message = move || {
        let run = container.with(|c| match &c.state {
            State::Ended(run) => Some(run.clone()),
            _ => c.last.clone(),
        });
        run.map(|run| run.message).filter(|m| !m.is_empty())
    };
    let restarts = move || match container.read().restarts {
        0 => t.pod_no_restarts().to_owned(),
        n => t.pod_restarts(i64::from(n)),
    };
    view! {
        <p>{now}" "{before}" "<span class="dim">{restarts}</span></p>
        {move || message().map(|words| view! { <p class="mono sm">{words}</p> })}
    }
}

/// The image as it was asked for, and what the node runs.
#[component]
pub fn Image(container: Memo<Container>) -> impl IntoView {
    let digest = move || {
        let container = container.read();
        let id = container
            .image_id
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .to_owned();
        let short = match id.strip_prefix("sha256:") {
            Some(hash) if hash.len() > 12 => format!("sha256:{}…{}", &hash[..4], &hash[hash.len() - 4..]),
            _ => id.clone(),
        };
        (container.image_id.clone(), short)
    };
    view! {
        <span class="mono">{move || container.read().image.clone()}</span>" "
        <span class="mono dimmer" title=move || digest().0>{move || digest().1}</span>
    }
}

/// The probes with their last failure.
#[component]
pub fn Probes(view: Signal<PodView>, container: Memo<Container>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let one = move |probe: crate::model::pod::Probe| {
        let word = match probe.kind.as_str() {
            "startup" => t.pod_probe_startup(),
            "readiness" => t.pod_probe_readiness(),
            _ => t.pod_probe_liveness(),
        };
        let kind = probe.kind.clone();
        let failure = move || view.with(|v| v.probe_failure(&container.read().name, &kind).cloned());
        let said = move || {
            match failure() {
            None => view! { <span class="dimmer">{t.pod_probe_no_failure()}</span> }.into_any(),
            Some(event) => view! {
                <span class="st warn">{t.pod_probe_failed(words(t, age(event.last, clock.get())))}</span>" "<span class="mono">{event.message}</span>
            }
            .into_any(),
        }
        };
        view! {
            <dt>{word}</dt>
            <dd><span class="mono">{probe.does.clone()}</span>" "<span class="dimmer">{t.pod_probe_timing(probe.every, probe.failures)}</span><br/>{said}</dd>
        }
    };
    let probes = Memo::new(move |_| container.read().probes.clone());
    move || probes.get().into_iter().map(&one).collect_view()
}

/// What it asks for and what it may have.
#[component]
pub fn Resources(container: Memo<Container>) -> impl IntoView {
    let t = use_texts();
    let one = move |name: &'static str, word: &'static str| {
        let of = move |limits: bool| {
            container.with(|c| {
                let list = if limits { &c.limits } else { &c.requests };
                list.iter().find(|(n, _)| n == name).map(|(_, q)| q.clone())
            })
        };
        let request = move || of(false).map_or_else(|| t.pod_no_request().to_owned(), |q| t.pod_request(q));
        let limit = move || of(true).map_or_else(|| t.pod_no_limit().to_owned(), |q| t.pod_limit(q));
        view! { <div class="use"><span class="dimmer">{word}</span><span>{request}</span><span>{limit}</span></div> }
    };
    view! { <div class="uses">{one("memory", t.pod_memory())}{one("cpu", t.pod_cpu())}</div> }
}

#[component]
fn Article(view: Signal<PodView>, name: String) -> impl IntoView {
    let t = use_texts();
    let container = container(view, name.clone());
    let label = name.clone();
    let href = view.with_untracked(|v| paths::container(&v.pod.facts.namespace, &v.pod.facts.name, &name));
    view! {
        <article class="ctr" aria-label=label>
            <Who container><a class="name" href=href>{name}</a></Who>
            <div class="say">
                <Story container/>
                <dl><dt>{t.pod_image()}</dt><dd><Image container/></dd><Probes view container/></dl>
            </div>
            <Resources container/>
        </article>
    }
}
