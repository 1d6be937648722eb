//! What the wizard offers from the cluster; what may not be listed, or not in time, is typed instead.
use super::{Kube, parts::is_dns_name};
use app::model::{
    create::{Choices, ClassChoice, NodeChoice, RuntimeChoice},
    offers::{Autoscaler, ClaimOffer, Counted, Keyed, Limits, OfferedService, Offers, SetOffer},
};
use k8s_openapi::{
    api::{
        apps::v1::StatefulSet,
        autoscaling::v1::HorizontalPodAutoscaler,
        core::v1::{
            ConfigMap, LimitRange, LimitRangeItem, Namespace, Node, PersistentVolumeClaim, ResourceQuota,
            Secret, Service, ServiceAccount,
        },
        node::v1::RuntimeClass,
        scheduling::v1::PriorityClass,
        storage::v1::StorageClass,
    },
    apimachinery::pkg::api::resource::Quantity,
};
use kube::{Api, ResourceExt, api::ListParams};
use std::{collections::BTreeMap, future::Future, time::Duration};

/// How long the page waits for each list: it is drawn within 2 s, whatever the cluster does.
const PATIENCE: Duration = Duration::from_millis(1200);
/// The most objects that are offered of a kind.
const MOST: u32 = 2_000;
/// The most nodes, Secrets and ConfigMaps: they come with all that they hold.
const MOST_WHOLE: u32 = 500;
/// The mark of the default class.
const DEFAULT: &str = "storageclass.kubernetes.io/is-default-class";
/// The label that says which Pod Security level a namespace enforces.
const POD_SECURITY: &str = "pod-security.kubernetes.io/enforce";

impl Kube {
    pub async fn offered(&self) -> Choices {
        let list = ListParams::default().limit(MOST);
        let whole = ListParams::default().limit(MOST_WHOLE);
        let namespaces: Api<Namespace> = Api::all(self.client());
        let classes: Api<StorageClass> = Api::all(self.client());
        let nodes: Api<Node> = Api::all(self.client());
        let priorities: Api<PriorityClass> = Api::all(self.client());
        let runtimes: Api<RuntimeClass> = Api::all(self.client());
        let (namespaces, classes, nodes, priorities, runtimes) = tokio::join!(
            in_time(namespaces.list_metadata(&list)),
            in_time(classes.list(&list)),
            in_time(nodes.list(&whole)),
            in_time(priorities.list_metadata(&list)),
            in_time(runtimes.list(&list)),
        );
        Choices {
            namespaces: namespaces.map(|l| names(&l.items)),
            classes: classes.map(|l| l.items.iter().map(class).collect()),
            nodes: nodes.map(|l| l.items.iter().map(node).collect()),
            priority_classes: priorities.map(|l| names(&l.items)),
            runtime_classes: runtimes.map(|l| l.items.iter().map(runtime).collect()),
        }
    }

    /// What can be named in a namespace. Nothing is asked for what is no name.
    pub async fn offers_of(&self, namespace: &str) -> Offers {
        if !is_dns_name(namespace) {
            return Offers::default();
        }
        let list = ListParams::default().limit(MOST);
        let whole = ListParams::default().limit(MOST_WHOLE);
        let secrets: Api<Secret> = Api::namespaced(self.client(), namespace);
        let configs: Api<ConfigMap> = Api::namespaced(self.client(), namespace);
        let claims: Api<PersistentVolumeClaim> = Api::namespaced(self.client(), namespace);
        let accounts: Api<ServiceAccount> = Api::namespaced(self.client(), namespace);
        let services: Api<Service> = Api::namespaced(self.client(), namespace);
        let quotas: Api<ResourceQuota> = Api::namespaced(self.client(), namespace);
        let limits: Api<LimitRange> = Api::namespaced(self.client(), namespace);
        let sets: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let scalers: Api<HorizontalPodAutoscaler> = Api::namespaced(self.client(), namespace);
        let space: Api<Namespace> = Api::all(self.client());
        let (secrets, configs, claims, accounts, services, quotas, limits, sets, scalers, space) = tokio::join!(
            in_time(secrets.list(&whole)),
            in_time(configs.list(&whole)),
            in_time(claims.list(&list)),
            in_time(accounts.list_metadata(&list)),
            in_time(services.list(&list)),
            in_time(quotas.list(&list)),
            in_time(limits.list(&list)),
            in_time(sets.list(&list)),
            in_time(scalers.list(&list)),
            in_time(space.get_metadata(namespace)),
        );
        Offers {
            secrets: secrets.map(|l| l.items.iter().map(secret).collect()),
            config_maps: configs.map(|l| l.items.iter().map(config).collect()),
            claims: claims.map(|l| l.items.iter().map(claim).collect()),
            service_accounts: accounts.map(|l| names(&l.items)),
            services: services.map(|l| l.items.iter().map(service).collect()),
            sets: sets.map(|l| l.items.iter().map(set).collect()),
            autoscalers: scalers.map(|l| l.items.iter().filter_map(autoscaler).collect()),
            limits: limits.and_then(|l| given(&l.items)),
            quotas: quotas.map(|l| l.items.iter().flat_map(counted).collect()),
            pod_security: space.and_then(|n| n.labels().get(POD_SECURITY).cloned()),
        }
    }
}

async fn in_time<T>(list: impl Future<Output = Result<T, kube::Error>>) -> Option<T> {
    tokio::time::timeout(PATIENCE, list).await.ok()?.ok()
}

fn names<'a, T: ResourceExt + 'a>(items: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    items.into_iter().map(ResourceExt::name_any).collect()
}

/// What the LimitRanges of a namespace give to containers: of several the last counts, and a request that none gives
/// is what the limit is (kubernetes.io/docs/concepts/policy/limit-range).
fn given(ranges: &[LimitRange]) -> Option<Limits> {
    let items = || {
        ranges
            .iter()
            .filter_map(|r| r.spec.as_ref())
            .flat_map(|s| &s.limits)
    };
    let of = |pick: fn(&LimitRangeItem) -> &Option<BTreeMap<String, Quantity>>, key: &str| {
        let mut given = items()
            .filter(|l| l.type_ == "Container")
            .filter_map(|l| pick(l).as_ref()?.get(key));
        given.next_back().map(|q| q.0.clone()).unwrap_or_default()
    };
    let either = |key| {
        Some(of(|l| &l.default_request, key))
            .filter(|q| !q.is_empty())
            .unwrap_or_else(|| of(|l| &l.default, key))
    };
    (!ranges.is_empty()).then(|| Limits {
        cpu_request: either("cpu"),
        cpu_limit: of(|l| &l.default, "cpu"),
        memory_request: either("memory"),
        memory_limit: of(|l| &l.default, "memory"),
    })
}

fn class(class: &StorageClass) -> ClassChoice {
    ClassChoice {
        name: class.name_any(),
        is_default: class.annotations().get(DEFAULT).is_some_and(|v| v == "true"),
        waits: class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"),
    }
}

fn node(node: &Node) -> NodeChoice {
    let offered = node.status.as_ref().and_then(|s| s.allocatable.as_ref());
    // Kubernetes' own resources have no domain; all others have one.
    let extended = |name: &&String| name.contains('/');
    let taints = node.spec.iter().filter_map(|s| s.taints.as_ref()).flatten();
    NodeChoice {
        labels: node.labels().clone().into_iter().collect(),
        resources: offered
            .into_iter()
            .flat_map(BTreeMap::keys)
            .filter(extended)
            .cloned()
            .collect(),
        taints: taints
            .map(|t| match t.value.as_deref() {
                None | Some("") => format!("{}:{}", t.key, t.effect),
                Some(value) => format!("{}={value}:{}", t.key, t.effect),
            })
            .collect(),
    }
}

fn runtime(class: &RuntimeClass) -> RuntimeChoice {
    let fixed = class
        .overhead
        .iter()
        .filter_map(|o| o.pod_fixed.as_ref())
        .flatten();
    let costs: Vec<String> = fixed.map(|(name, Quantity(q))| format!("{name} {q}")).collect();
    RuntimeChoice {
        name: class.name_any(),
        overhead: costs.join(", "),
    }
}

/// Names and keys: the values end here.
fn secret(secret: &Secret) -> Keyed {
    Keyed {
        name: secret.name_any(),
        kind: secret.type_.clone().unwrap_or_default(),
        keys: secret.data.iter().flat_map(BTreeMap::keys).cloned().collect(),
    }
}

fn config(map: &ConfigMap) -> Keyed {
    let text = map.data.iter().flat_map(BTreeMap::keys);
    let binary = map.binary_data.iter().flat_map(BTreeMap::keys);
    Keyed {
        name: map.name_any(),
        kind: String::new(),
        keys: text.chain(binary).cloned().collect(),
    }
}

fn claim(claim: &PersistentVolumeClaim) -> ClaimOffer {
    let asked = claim
        .spec
        .as_ref()
        .and_then(|s| s.resources.as_ref()?.requests.as_ref());
    let phase = claim.status.as_ref().and_then(|s| s.phase.as_deref());
    ClaimOffer {
        name: claim.name_any(),
        size: asked
            .and_then(|r| r.get("storage"))
            .map(|q| q.0.clone())
            .unwrap_or_default(),
        bound: phase == Some("Bound"),
        since: claim
            .creation_timestamp()
            .map(|t| t.0.strftime("%Y-%m-%d").to_string())
            .unwrap_or_default(),
    }
}

fn service(service: &Service) -> OfferedService {
    let spec = service.spec.as_ref();
    let selector = spec.and_then(|s| s.selector.clone()).unwrap_or_default();
    OfferedService {
        name: service.name_any(),
        headless: spec.and_then(|s| s.cluster_ip.as_deref()) == Some("None"),
        selector: selector.into_iter().collect(),
    }
}

fn set(set: &StatefulSet) -> SetOffer {
    let spec = set.spec.as_ref();
    let selector = spec.and_then(|s| s.selector.match_labels.clone());
    let templates = spec.and_then(|s| s.volume_claim_templates.as_ref());
    SetOffer {
        name: set.name_any(),
        service: spec.and_then(|s| s.service_name.clone()).unwrap_or_default(),
        selector: selector.unwrap_or_default().into_iter().collect(),
        templates: names(templates.into_iter().flatten()),
    }
}

fn autoscaler(scaler: &HorizontalPodAutoscaler) -> Option<Autoscaler> {
    let spec = &scaler.spec;
    let set = spec.scale_target_ref.kind == "StatefulSet";
    set.then(|| Autoscaler {
        name: scaler.name_any(),
        target: spec.scale_target_ref.name.clone(),
        min: spec.min_replicas.unwrap_or(1),
        max: spec.max_replicas,
    })
}

fn counted(quota: &ResourceQuota) -> Vec<Counted> {
    let status = quota.status.as_ref();
    let used = |resource: &String| Some(status?.used.as_ref()?.get(resource)?.0.clone());
    let hard = quota.spec.iter().filter_map(|s| s.hard.as_ref()).flatten();
    hard.map(|(resource, Quantity(hard))| Counted {
        quota: quota.name_any(),
        hard: hard.clone(),
        used: used(resource).unwrap_or_else(|| "0".to_owned()),
        resource: resource.clone(),
    })
    .collect()
}
