//! Beside the containers: where it runs and why there, its volumes, how it is reached.
use super::{
    facts::{Lines, PairList},
    panel::{Copied, Fact, Panel, Refused},
};
use crate::{
    components::icon::{Icon, IconName},
    model::{
        claims::ClaimsQuery,
        pod::{self, ClaimAround, Endpoint, NodeAround, PodView, ServiceAround, Source, Volume, dns_name},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The node and what decided on it.
#[component]
pub fn Scheduling(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let shown = Memo::new(move |_| view.with(|v| (v.pod.scheduling.clone(), v.pod.facts.node.clone())));
    let node = Memo::new(move |_| view.read().node.clone());
    view! {
        <Panel title=t.pod_scheduling()>
            {move || {
                let (pod::Scheduling { nominated, selector, affinity, spread, tolerations, qos, priority, .. }, name) = shown.get();
                let list = |term, lines: Vec<String>| (!lines.is_empty()).then(|| view! { <Fact term><Lines lines/></Fact> });
                view! {
                    <dl class="few">
                        <Fact term=t.pod_node()>
                            {if name.is_empty() { t.pod_show_node_none().to_owned() } else { name }}" "
                            {move || node.get().map(|node| node.map(|node| view! { <NodeState node/> }))
                                .unwrap_or_else(|error| Some(view! { <NodeState node=NodeAround::default() hidden=error.words()/> }))}
                            {(!nominated.is_empty()).then(|| view! { <div class="dim">{t.pod_nominated(nominated)}</div> })}
                        </Fact>
                        {(!selector.is_empty()).then(|| view! { <Fact term=t.pod_node_selector()><PairList pairs=selector/></Fact> })}
                        {list(t.pod_affinity(), affinity)}
                        {list(t.pod_spread(), spread)}
                        {list(t.pod_tolerates(), tolerations)}
                        <Fact term=t.pod_class()>{t.pod_class_words(qos, priority)}</Fact>
                    </dl>
                }
            }}
        </Panel>
    }
}

/// Whether the node answers; the cluster's words where nodes may not be read.
#[component]
fn NodeState(node: NodeAround, #[prop(optional)] hidden: String) -> impl IntoView {
    let t = use_texts();
    match node {
        _ if !hidden.is_empty() => view! { <div class="mono sm dim">{hidden}</div> }.into_any(),
        NodeAround { exists: false, .. } => {
            view! { <span class="st bad"><Icon name=IconName::Alert/>{t.pod_node_gone()}</span> }.into_any()
        }
        NodeAround { ready: false, .. } => {
            view! { <span class="st bad"><Icon name=IconName::Alert/>{t.pod_node_silent()}</span> }.into_any()
        }
        NodeAround { zone, .. } if zone.is_empty() => {
            view! { <span class="dim">{t.pod_node_ready()}</span> }.into_any()
        }
        NodeAround { zone, .. } => {
            view! { <span class="dim">{t.pod_node_ready_zone(zone)}</span> }.into_any()
        }
    }
}

/// The volumes with where they come from and where they are mounted.
#[component]
pub fn Volumes(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let volumes = Memo::new(move |_| view.read().pod.volumes.clone());
    let mounts = Memo::new(move |_| {
        let view = view.read();
        let of = |c: &pod::Container| {
            c.mounts
                .iter()
                .map(|m| (m.volume.clone(), m.path.clone(), m.read_only))
                .collect::<Vec<_>>()
        };
        view.pod.containers.iter().flat_map(of).collect::<Vec<_>>()
    });
    let claims = Memo::new(move |_| view.read().claims.clone());
    let all = move || {
        let namespaces = vec![view.read().pod.facts.namespace.clone()];
        paths::claims(&ClaimsQuery {
            namespaces,
            left: false,
            offset: 0,
        })
    };
    let one = move |volume: Volume| {
        let mut paths: Vec<_> = mounts
            .read()
            .iter()
            .filter(|(name, ..)| *name == volume.name)
            .map(|(_, path, ro)| (path.clone(), *ro))
            .collect();
        paths.sort();
        paths.dedup();
        let path = move |(path, read_only): (String, bool)| {
            view! {
                <div class="dim"><span class="mono">{path}</span>" "{read_only.then(|| t.pod_read_only())}</div>
            }
        };
        view! {
            <dt class="mono">{volume.name}</dt>
            <dd>{source(t, volume.source, &claims.read())}{paths.into_iter().map(path).collect_view()}</dd>
        }
    };
    view! {
        <Panel title=t.pod_volumes()>
            {move || claims.get().err().map(|error| view! { <Refused error/> })}
            {move || match volumes.get() {
                none if none.is_empty() => view! { <p class="inside dim">{t.pod_no_volumes()}</p> }.into_any(),
                some => view! { <dl class="few">{some.into_iter().map(one).collect_view()}</dl> }.into_any(),
            }}
            <p class="inside sm"><a class="more" href=all>{t.pod_all_claims()}</a></p>
        </Panel>
    }
}

fn source(t: Texts, source: Source, claims: &pod::Panel<Vec<ClaimAround>>) -> AnyView {
    match source {
        Source::Claim(name) => {
            let known = claims
                .as_ref()
                .ok()
                .and_then(|all| all.iter().find(|c| c.name == name));
            match known {
                Some(claim) if claim.phase.is_empty() => {
                    view! { <span class="st bad"><Icon name=IconName::Alert/>{t.pod_claim_missing(name)}</span> }.into_any()
                }
                Some(claim) => {
                    let class = if claim.class.is_empty() { t.pod_claim_no_class() } else { &claim.class };
                    let words = t.pod_claim_words(&claim.size, class, &claim.phase);
                    view! { <b>{name}</b>" "<span class="dim" class:caution=claim.phase != "Bound">{words}</span> }.into_any()
                }
                None => view! { <b>{name}</b> }.into_any(),
            }
        }
        Source::ConfigMap(name) => format!("ConfigMap {name}").into_any(),
        Source::Secret(name) => format!("Secret {name}").into_any(),
        Source::EmptyDir(medium, _) if medium == "Memory" => t.pod_empty_dir_memory().into_any(),
        Source::EmptyDir(_, limit) if limit.is_empty() => t.pod_empty_dir().into_any(),
        Source::EmptyDir(_, limit) => t.pod_empty_dir_limit(limit).into_any(),
        Source::HostPath(path) => t.pod_host_path(path).into_any(),
        Source::Projected(sources) => sources.join(", ").into_any(),
        Source::Other(kind) => kind.into_any(),
    }
}

/// Names, addresses, and the Services that lead to it.
#[component]
pub fn Network(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let shown = Memo::new(move |_| {
        view.with(|v| {
            (
                dns_name(&v.pod),
                v.pod.ips.clone(),
                v.pod.host_ip.clone(),
                v.pod.host_network,
            )
        })
    });
    let services = Memo::new(move |_| view.read().services.clone());
    view! {
        <Panel title=t.pod_network()>
            {move || {
                let (name, ips, host_ip, host_network) = shown.get();
                let name = match name {
                    Some(name) => view! { <Copied what=t.pod_dns() value=name/> }.into_any(),
                    None => view! { <span class="dim">{t.pod_no_dns()}</span> }.into_any(),
                };
                let ip = move |ip: String| view! { <div><Copied what=t.pod_ip() value=ip/></div> };
                view! {
                    <dl class="few">
                        <Fact term=t.pod_dns()>{name}</Fact>
                        <Fact term=t.pod_ip()>
                            {ips.is_empty().then(|| t.pod_no_ip())}{ips.into_iter().map(ip).collect_view()}
                            {host_network.then(|| view! { <div class="dim">{t.pod_host_network()}</div> })}
                        </Fact>
                        <Fact term=t.pod_host_ip()><span class="mono">{host_ip}</span></Fact>
                    </dl>
                }
            }}
            {move || match services.get() {
                Err(error) => view! { <Refused error/> }.into_any(),
                Ok(services) => view! { <Services services/> }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn Services(services: Vec<ServiceAround>) -> impl IntoView {
    let t = use_texts();
    let none = services
        .is_empty()
        .then(|| view! { <span class="dim">{t.pod_no_services()}</span> });
    let one = move |service: ServiceAround| {
        let (class, icon, words) = match service.endpoint {
            Endpoint::Ready => ("st ok", IconName::Check, t.pod_endpoint_ready()),
            Endpoint::NotReady => ("st warn", IconName::Warn, t.pod_endpoint_not_ready()),
            Endpoint::Missing => ("st warn", IconName::Warn, t.pod_endpoint_missing()),
            Endpoint::Hidden => ("st idle", IconName::Lock, t.pod_endpoint_hidden()),
        };
        let headless = service
            .headless
            .then(|| view! { " "<span class="tag">{t.detail_service_headless()}</span> });
        view! {
            <li><b>{service.name}</b>{headless}" "<span class="mono dim">{service.ports.join(", ")}</span><div><span class=class><Icon name=icon/>{words}</span></div></li>
        }
    };
    view! {
        <dl class="few"><Fact term=t.pod_services()>{none}<ul class="plain">{services.into_iter().map(one).collect_view()}</ul></Fact></dl>
    }
}

/// Labels and annotations, folded.
#[component]
pub fn Metadata(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let shown = Memo::new(move |_| {
        view.with(|v| (v.pod.labels.clone(), v.pod.annotations.clone(), v.pod.uid.clone()))
    });
    view! {
        <details class="panel card fold">
            <summary><h2>{t.pod_metadata()}</h2></summary>
            {move || {
                let (labels, annotations, uid) = shown.get();
                view! {
                    <dl class="few">
                        <Fact term=t.detail_labels()><PairList pairs=labels/></Fact>
                        <Fact term=t.detail_annotations()><PairList pairs=annotations/></Fact>
                        <Fact term=t.detail_uid()><span class="mono">{uid}</span></Fact>
                    </dl>
                }
            }}
        </details>
    }
}
