//! Beside the containers: where it runs and why there, its volumes, how it is reached.
use super::panel::{facts, lines, nothing, pairs, panel, refused};
use crate::{
    components::{
        copied::Copied,
        icon::{Icon, IconName},
    },
    model::{
        claims::ClaimsQuery,
        pod::{ClaimAround, Container, Endpoint, NodeAround, PodView, ServiceAround, Source, dns_name},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The panels, drawn anew as the pod changes.
#[component]
pub fn Side(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let draw = |part: fn(Texts, &PodView) -> AnyView| move || view.with(|v| part(t, v));
    view! {
        {draw(scheduling)}{draw(volumes)}{draw(network)}
        <details class="panel card fold"><summary><h2>{t.pod_metadata()}</h2></summary>{draw(metadata)}</details>
    }
}

fn marked(class: &'static str, icon: IconName, words: String) -> AnyView {
    view! { <span class=format!("st {class}")><Icon name=icon/>{words}</span> }.into_any()
}

fn dim(words: String) -> AnyView {
    view! { <span class="dim">{words}</span> }.into_any()
}

/// The node and what decided on it.
fn scheduling(t: Texts, view: &PodView) -> AnyView {
    let s = &view.pod.scheduling;
    let name = view.pod.facts.node.clone();
    let state = match &view.node {
        Err(error) => view! { <div class="mono sm dim">{error.words()}</div> }.into_any(),
        Ok(None) => ().into_any(),
        Ok(Some(node)) => node_state(t, node),
    };
    let name = if name.is_empty() {
        t.pod_show_node_none().to_owned()
    } else {
        name
    };
    let nominated = (!s.nominated.is_empty()).then(|| dim(t.pod_nominated(&s.nominated)));
    let mut all = vec![(
        t.pod_node().to_owned(),
        view! { {name}" "{state}" "{nominated} }.into_any(),
    )];
    if !s.selector.is_empty() {
        all.push((t.pod_node_selector().to_owned(), pairs(&s.selector)));
    }
    let lists = [
        (t.pod_affinity(), &s.affinity),
        (t.pod_spread(), &s.spread),
        (t.pod_tolerates(), &s.tolerations),
    ];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    all.extend(lists.map(|(term, list)| (term.to_owned(), lines(list.clone()))));
    let class = t.pod_class_words(&s.qos, s.priority);
    all.push((t.pod_class().to_owned(), class.into_any()));
    panel(t.pod_scheduling(), ().into_any(), facts(all))
}

fn node_state(t: Texts, node: &NodeAround) -> AnyView {
    match node {
        NodeAround { exists: false, .. } => marked("bad", IconName::Alert, t.pod_node_gone().to_owned()),
        NodeAround { ready: false, .. } => marked("bad", IconName::Alert, t.pod_node_silent().to_owned()),
        NodeAround { zone, .. } if zone.is_empty() => dim(t.pod_node_ready().to_owned()),
        NodeAround { zone, .. } => dim(t.pod_node_ready_zone(zone)),
    }
}

/// The volumes with where they come from and where they are mounted.
fn volumes(t: Texts, view: &PodView) -> AnyView {
    let all = view.pod.volumes.iter().map(|volume| {
        let source = volume_source(t, &volume.source, view.claims.as_deref().unwrap_or_default());
        let mounts = mounted(t, &view.pod.containers, &volume.name);
        (volume.name.clone(), view! { {source}{mounts} }.into_any())
    });
    let all: Vec<_> = all.collect();
    let list = if all.is_empty() {
        nothing(t.pod_no_volumes())
    } else {
        facts(all)
    };
    let hidden = view.claims.as_ref().err().map(|error| refused(t, error));
    let claims = paths::claims(&ClaimsQuery {
        namespaces: vec![view.pod.facts.namespace.clone()],
        left: false,
        offset: 0,
    });
    let body =
        view! { {hidden}{list}<p class="inside sm"><a class="more" href=claims>{t.pod_all_claims()}</a></p> };
    panel(t.pod_volumes(), ().into_any(), body.into_any())
}

/// Where a volume is mounted, each place once.
fn mounted(t: Texts, containers: &[Container], volume: &str) -> Vec<AnyView> {
    let mounts = containers
        .iter()
        .flat_map(|c| &c.mounts)
        .filter(|m| m.volume == volume);
    let mut places: Vec<(&str, bool)> = mounts.map(|m| (m.path.as_str(), m.read_only)).collect();
    places.sort_unstable();
    places.dedup();
    let place = |(path, read_only): (&str, bool)| {
        let only = if read_only { t.pod_read_only() } else { "" };
        view! { <div class="dim"><span class="mono">{path.to_owned()}</span>" "{only}</div> }.into_any()
    };
    places.into_iter().map(place).collect()
}

/// Where a volume comes from, in words.
pub fn volume_source(t: Texts, source: &Source, claims: &[ClaimAround]) -> AnyView {
    match source {
        Source::Claim(name) => claim(t, name, claims.iter().find(|c| c.name == *name)),
        Source::ConfigMap(name) => format!("ConfigMap {name}").into_any(),
        Source::Secret(name) => format!("Secret {name}").into_any(),
        Source::EmptyDir(medium, _) if medium == "Memory" => t.pod_empty_dir_memory().into_any(),
        Source::EmptyDir(_, limit) if limit.is_empty() => t.pod_empty_dir().into_any(),
        Source::EmptyDir(_, limit) => t.pod_empty_dir_limit(limit).into_any(),
        Source::HostPath(path) => t.pod_host_path(path).into_any(),
        Source::Projected(sources) => sources.join(", ").into_any(),
        Source::Other(kind) => kind.clone().into_any(),
    }
}

/// A claim as far as it may be seen.
fn claim(t: Texts, name: &str, claim: Option<&ClaimAround>) -> AnyView {
    let words = match claim {
        Some(claim) if claim.phase.is_empty() => {
            return marked("bad", IconName::Alert, t.pod_claim_missing(name));
        }
        Some(claim) => {
            let class = Some(claim.class.as_str()).filter(|c| !c.is_empty());
            let words = t.pod_claim_words(&claim.size, class.unwrap_or(t.pod_claim_no_class()), &claim.phase);
            if claim.phase == "Bound" {
                dim(words)
            } else {
                marked("warn", IconName::Warn, words)
            }
        }
        None => ().into_any(),
    };
    view! { <b>{name.to_owned()}</b>" "{words} }.into_any()
}

/// Names, addresses, and the Services that lead to it.
fn network(t: Texts, view: &PodView) -> AnyView {
    let pod = &view.pod;
    let copied = |what, value: &str| {
        let value = value.to_owned();
        view! { <div><Copied what value/></div> }.into_any()
    };
    let name = dns_name(pod).map(|name| copied(t.pod_dns(), &name));
    let mut ips: Vec<AnyView> = pod.ips.iter().map(|ip| copied(t.pod_ip(), ip)).collect();
    if ips.is_empty() {
        ips.push(dim(t.pod_no_ip().to_owned()));
    }
    ips.extend(pod.host_network.then(|| dim(t.pod_host_network().to_owned())));
    let mut all = vec![
        (
            t.pod_dns().to_owned(),
            name.unwrap_or_else(|| dim(t.pod_no_dns().to_owned())),
        ),
        (t.pod_ip().to_owned(), ips.into_any()),
        (t.pod_host_ip().to_owned(), lines(vec![pod.host_ip.clone()])),
    ];
    let hidden = match &view.services {
        Err(error) => Some(refused(t, error)),
        Ok(services) => {
            all.push((t.pod_services().to_owned(), leading(t, services)));
            None
        }
    };
    let body = view! { {facts(all)}{hidden} };
    panel(t.pod_network(), ().into_any(), body.into_any())
}

fn leading(t: Texts, services: &[ServiceAround]) -> AnyView {
    if services.is_empty() {
        return dim(t.pod_no_services().to_owned());
    }
    let one = |service: &ServiceAround| {
        let (class, icon, words) = match service.endpoint {
            Endpoint::Ready => ("ok", IconName::Check, t.pod_endpoint_ready()),
            Endpoint::NotReady => ("warn", IconName::Warn, t.pod_endpoint_not_ready()),
            Endpoint::Missing => ("warn", IconName::Warn, t.pod_endpoint_missing()),
            Endpoint::Hidden => ("idle", IconName::Lock, t.pod_endpoint_hidden()),
        };
        let kind = if service.headless {
            t.detail_service_headless()
        } else {
            &service.address
        };
        let told = format!("{kind} {}", service.ports.join(", "));
        let endpoint = marked(class, icon, words.to_owned());
        view! { <div><b>{service.name.clone()}</b>" "<span class="dim">{told}</span><br/>{endpoint}</div> }
            .into_any()
    };
    services.iter().map(one).collect::<Vec<AnyView>>().into_any()
}

/// Labels and annotations.
fn metadata(t: Texts, view: &PodView) -> AnyView {
    facts(vec![
        (t.detail_labels().to_owned(), pairs(&view.pod.labels)),
        (t.detail_annotations().to_owned(), pairs(&view.pod.annotations)),
        (t.detail_uid().to_owned(), lines(vec![view.pod.uid.clone()])),
    ])
}
