//! The page of one container: its configuration, and what it shares with its pod.
use super::{
    containers::{Image, Probes, Resources, Story, Who, container},
    environment::EnvironmentTab,
    facts::Lines,
    panel::{Fact, Panel},
};
use crate::{
    components::callout::{Callout, Tone},
    model::pod::{Container, Mount, PodView},
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

/// The container of that name.
#[component]
pub fn ContainerPage(view: Signal<PodView>, name: String) -> impl IntoView {
    let t = use_texts();
    let container = container(view, name.clone());
    let known = Memo::new(move |_| !container.read().name.is_empty());
    let pod = move || view.with(|v| (v.pod.facts.namespace.clone(), v.pod.facts.name.clone()));
    let back = move || {
        let (namespace, pod) = pod();
        paths::pod(&namespace, &pod)
    };
    let title = StoredValue::new(name);
    view! {
        <div class="row between title">
            <Who container><h1 class="name">{move || pod().1}" / "{title.get_value()}</h1></Who>
            <a class="btn" href=back>{t.pod_to_pod()}</a>
        </div>
        <Show when=move || known.get() fallback=move || view! {
            <Callout tone=Tone::Warn>{t.pod_no_container(pod().1, title.get_value())}</Callout>
        }>
            <section class="panel card ctr one"><div class="say"><Story container/></div><Resources container/></section>
            <div class="pod even"><Configuration container/><div><ProbePanel view container/><Mounts view container/></div></div>
            <EnvironmentTab view only=Some(title.get_value())/>
        </Show>
    }
}

#[component]
fn Configuration(container: Memo<Container>) -> impl IntoView {
    let t = use_texts();
    let shown = Memo::new(move |_| {
        container.with(|c| {
            (
                c.command.clone(),
                c.args.clone(),
                c.ports.clone(),
                c.pull_policy.clone(),
                c.privileged,
            )
        })
    });
    view! {
        <Panel title=t.pod_configuration()>
            <dl class="few">
                <Fact term=t.pod_image()><Image container/></Fact>
                {move || {
                    let (command, args, ports, policy, privileged) = shown.get();
                    let own = command.is_empty().then(|| view! { <span class="dim">{t.pod_command_image()}</span> });
                    view! {
                        <dt></dt><dd class="dim">{t.pod_pull(policy)}</dd>
                        <Fact term=t.pod_command()>{own}<Lines lines=command/></Fact>
                        {(!args.is_empty()).then(|| view! { <Fact term=t.pod_args()><Lines lines=args/></Fact> })}
                        {(!ports.is_empty()).then(|| view! { <Fact term=t.pod_ports()><Lines lines=ports/></Fact> })}
                        {privileged.then(|| view! { <dt></dt><dd class="caution">{t.pod_privileged()}</dd> })}
                    }
                }}
            </dl>
        </Panel>
    }
}

#[component]
fn ProbePanel(view: Signal<PodView>, container: Memo<Container>) -> impl IntoView {
    let t = use_texts();
    let none = Memo::new(move |_| container.read().probes.is_empty());
    view! {
        <Panel title=t.pod_probes()>
            <Show when=move || !none.get() fallback=move || view! { <p class="inside dim">{t.pod_no_probes()}</p> }>
                <dl class="few"><Probes view container/></dl>
            </Show>
        </Panel>
    }
}

#[component]
fn Mounts(view: Signal<PodView>, container: Memo<Container>) -> impl IntoView {
    let t = use_texts();
    let mounts = Memo::new(move |_| container.read().mounts.clone());
    let one = move |mount: Mount| {
        let claim = view.with(|v| v.pod.claim_of(&mount.volume).map(str::to_owned));
        let path = if mount.sub_path.is_empty() {
            mount.path
        } else {
            format!("{} ({})", mount.path, mount.sub_path)
        };
        let from = claim.unwrap_or(mount.volume);
        view! { <dt>{from}</dt><dd><span class="mono">{path}</span>" "<span class="dim">{mount.read_only.then(|| t.pod_read_only())}</span></dd> }
    };
    view! {
        <Panel title=t.pod_mounts()>
            {move || match mounts.get() {
                none if none.is_empty() => view! { <p class="inside dim">{t.pod_no_mounts()}</p> }.into_any(),
                some => view! { <dl class="few">{some.into_iter().map(one).collect_view()}</dl> }.into_any(),
            }}
        </Panel>
    }
}
