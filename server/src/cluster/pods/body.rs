//! A pod as its page shows it.
use super::scheduling::scheduling;
use crate::cluster::facts;
use app::model::{
    facts::PodFacts,
    pod::{Condition, Container, Mount, Pairs, PodBody, Probe, Role, Run, Source, State, Volume},
    said::calm,
};
use k8s_openapi::{
    api::core::v1 as api,
    apimachinery::pkg::{api::resource::Quantity, apis::meta::v1::Time, util::intstr::IntOrString},
};
use std::collections::BTreeMap;

fn seconds(time: Option<&Time>) -> i64 {
    time.map_or(0, |t| t.0.as_second())
}

fn said(text: Option<&String>) -> String {
    calm(text.map_or("", String::as_str))
}

fn pairs(map: Option<&BTreeMap<String, String>>) -> Pairs {
    map.into_iter()
        .flatten()
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

/// The object, without what no panel shows.
pub fn body(object: &api::Pod) -> Option<PodBody> {
    let meta = &object.metadata;
    let spec = object.spec.clone().unwrap_or_default();
    let status = object.status.clone().unwrap_or_default();
    let owner = facts::owners(meta).into_iter().find(|o| o.controller);
    Some(PodBody {
        facts: common(object)?,
        uid: meta.uid.clone().unwrap_or_default(),
        resource_version: meta.resource_version.clone().unwrap_or_default(),
        owner: owner.unwrap_or_default(),
        grace: spec.termination_grace_period_seconds.unwrap_or(30),
        finalizers: meta.finalizers.clone().unwrap_or_default(),
        reason: said(status.reason.as_ref()),
        message: said(status.message.as_ref()),
        conditions: status.conditions.iter().flatten().map(condition).collect(),
        gates: spec
            .readiness_gates
            .iter()
            .flatten()
            .map(|g| g.condition_type.clone())
            .collect(),
        scheduling_gates: spec
            .scheduling_gates
            .iter()
            .flatten()
            .map(|g| g.name.clone())
            .collect(),
        containers: containers(&spec, &status),
        volumes: spec.volumes.iter().flatten().map(volume).collect(),
        scheduling: scheduling(&spec, &status),
        ips: status.pod_ips.iter().flatten().map(|ip| ip.ip.clone()).collect(),
        host_ip: status.host_ip.unwrap_or_default(),
        host_network: spec.host_network == Some(true),
        hostname: spec.hostname.unwrap_or_default(),
        subdomain: spec.subdomain.unwrap_or_default(),
        service_account: spec.service_account_name.unwrap_or_default(),
        labels: pairs(meta.labels.as_ref()),
        annotations: pairs(meta.annotations.as_ref()),
    })
}

/// As the pages of sets see it; of a pod without a set what its name and its phase say.
fn common(object: &api::Pod) -> Option<PodFacts> {
    let phase = object
        .status
        .as_ref()
        .and_then(|s| s.phase.clone())
        .unwrap_or_default();
    let meta = &object.metadata;
    if let Some(facts) = facts::pod(object).filter(|p| !p.owner.is_empty()) {
        return Some(facts);
    }
    Some(PodFacts {
        namespace: meta.namespace.clone()?,
        name: meta.name.clone()?,
        ordinal: -1,
        state: phase.clone(),
        phase,
        terminating: meta.deletion_timestamp.is_some(),
        deadline: seconds(meta.deletion_timestamp.as_ref()),
        node: object
            .spec
            .as_ref()
            .and_then(|s| s.node_name.clone())
            .unwrap_or_default(),
        created: seconds(meta.creation_timestamp.as_ref()),
        ..PodFacts::default()
    })
}

fn condition(c: &api::PodCondition) -> Condition {
    Condition {
        kind: c.type_.clone(),
        status: c.status.clone(),
        reason: said(c.reason.as_ref()),
        message: said(c.message.as_ref()),
        since: seconds(c.last_transition_time.as_ref()),
    }
}

fn containers(spec: &api::PodSpec, status: &api::PodStatus) -> Vec<Container> {
    let of = |statuses: &Option<Vec<api::ContainerStatus>>, name: &str| {
        let found = statuses.iter().flatten().find(|s| s.name == name);
        found.cloned().unwrap_or_default()
    };
    let init = spec.init_containers.iter().flatten().map(|c| {
        let always = c.restart_policy.as_deref() == Some("Always");
        let role = if always { Role::Sidecar } else { Role::Init };
        container(c, role, &of(&status.init_container_statuses, &c.name))
    });
    let main = spec.containers.iter();
    let main = main.map(|c| container(c, Role::Main, &of(&status.container_statuses, &c.name)));
    // They have the same fields, and one more.
    let added = spec.ephemeral_containers.iter().flatten().filter_map(|c| {
        let same = serde_json::to_value(c).and_then(serde_json::from_value::<api::Container>);
        let status = of(&status.ephemeral_container_statuses, &c.name);
        Some(container(&same.ok()?, Role::Ephemeral, &status))
    });
    init.chain(main).chain(added).collect()
}

fn container(c: &api::Container, role: Role, status: &api::ContainerStatus) -> Container {
    let resources = c.resources.clone().unwrap_or_default();
    let quantities =
        |map: Option<BTreeMap<String, Quantity>>| map.into_iter().flatten().map(|(k, q)| (k, q.0)).collect();
    let probes = [
        ("startup", &c.startup_probe),
        ("readiness", &c.readiness_probe),
        ("liveness", &c.liveness_probe),
    ];
    let state = status.state.clone().unwrap_or_default();
    let last = status.last_state.as_ref().and_then(|s| s.terminated.as_ref());
    Container {
        name: c.name.clone(),
        role,
        image: c.image.clone().unwrap_or_default(),
        image_id: status.image_id.clone(),
        pull_policy: c.image_pull_policy.clone().unwrap_or_default(),
        state: match (state.waiting, state.running, state.terminated) {
            (Some(waiting), ..) => State::Waiting {
                reason: said(waiting.reason.as_ref()),
                message: said(waiting.message.as_ref()),
            },
            (_, Some(running), _) => State::Running {
                since: seconds(running.started_at.as_ref()),
            },
            (.., Some(ended)) => State::Ended(run(&ended)),
            _ => State::Unknown,
        },
        last: last.map(run),
        ready: status.ready,
        restarts: status.restart_count,
        ports: c.ports.iter().flatten().map(port).collect(),
        command: c.command.clone().unwrap_or_default(),
        args: c.args.clone().unwrap_or_default(),
        requests: quantities(resources.requests),
        limits: quantities(resources.limits),
        probes: probes
            .into_iter()
            .filter_map(|(kind, p)| Some(probe(kind, p.as_ref()?)))
            .collect(),
        mounts: c.volume_mounts.iter().flatten().map(mount).collect(),
        privileged: c.security_context.as_ref().and_then(|s| s.privileged) == Some(true),
    }
}

fn run(ended: &api::ContainerStateTerminated) -> Run {
    Run {
        code: ended.exit_code,
        signal: ended.signal.unwrap_or(0),
        reason: said(ended.reason.as_ref()),
        message: said(ended.message.as_ref()),
        started: seconds(ended.started_at.as_ref()),
        finished: seconds(ended.finished_at.as_ref()),
    }
}

fn port(p: &api::ContainerPort) -> String {
    let protocol = p.protocol.as_deref().unwrap_or("TCP");
    let number = format!("{}/{protocol}", p.container_port);
    match p.name.as_deref() {
        Some(name) => format!("{name} {number}"),
        None => number,
    }
}

fn mount(m: &api::VolumeMount) -> Mount {
    Mount {
        volume: m.name.clone(),
        path: m.mount_path.clone(),
        sub_path: m.sub_path.clone().or(m.sub_path_expr.clone()).unwrap_or_default(),
        read_only: m.read_only == Some(true),
    }
}

fn probe(kind: &str, p: &api::Probe) -> Probe {
    let number = |port: &IntOrString| match port {
        IntOrString::Int(n) => n.to_string(),
        IntOrString::String(name) => name.clone(),
    };
    let http = p.http_get.as_ref().map(|get| {
        let path = get.path.as_deref().unwrap_or("/");
        format!("GET :{}{path}", number(&get.port))
    });
    let tcp = p
        .tcp_socket
        .as_ref()
        .map(|tcp| format!("TCP :{}", number(&tcp.port)));
    let grpc = p.grpc.as_ref().map(|grpc| format!("gRPC :{}", grpc.port));
    let exec = p
        .exec
        .as_ref()
        .map(|e| e.command.iter().flatten().cloned().collect::<Vec<_>>().join(" "));
    Probe {
        kind: kind.to_owned(),
        does: calm(&http.or(tcp).or(grpc).or(exec).unwrap_or_default()),
        every: p.period_seconds.unwrap_or(10),
        failures: p.failure_threshold.unwrap_or(3),
    }
}

fn volume(v: &api::Volume) -> Volume {
    let source = if let Some(claim) = &v.persistent_volume_claim {
        Source::Claim(claim.claim_name.clone())
    } else if let Some(map) = &v.config_map {
        Source::ConfigMap(map.name.clone())
    } else if let Some(secret) = &v.secret {
        Source::Secret(secret.secret_name.clone().unwrap_or_default())
    } else if let Some(dir) = &v.empty_dir {
        let limit = dir.size_limit.as_ref().map(|q| q.0.clone());
        Source::EmptyDir(dir.medium.clone().unwrap_or_default(), limit.unwrap_or_default())
    } else if let Some(path) = &v.host_path {
        Source::HostPath(path.path.clone())
    } else if let Some(projected) = &v.projected {
        Source::Projected(projected.sources.iter().flatten().map(projection).collect())
    } else {
        Source::Other(other(v))
    };
    Volume {
        name: v.name.clone(),
        source,
    }
}

fn projection(p: &api::VolumeProjection) -> String {
    match (&p.config_map, &p.secret, &p.service_account_token) {
        (Some(map), ..) => format!("ConfigMap {}", map.name),
        (_, Some(secret), _) => format!("Secret {}", secret.name),
        (.., Some(_)) => "serviceAccountToken".to_owned(),
        _ => "downwardAPI".to_owned(),
    }
}

/// The key under which the manifest names the source.
fn other(v: &api::Volume) -> String {
    let object = serde_json::to_value(v).unwrap_or_default();
    let mut keys = object.as_object().into_iter().flatten().map(|(key, _)| key);
    keys.find(|key| *key != "name").cloned().unwrap_or_default()
}
