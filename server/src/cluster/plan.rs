//! What a delete would do, read from the cluster when the dialog opens.
use super::{Kube, facts};
use crate::error::Error;
use app::{
    api::ApiError,
    model::{
        claims::{Around, Evidence, sum},
        delete::{DeletePlan, Kind, PlanClaim, PlanService, Propagation, Target, Unlisted},
        facts::{ClaimFacts, PodFacts, SetFacts, ordinals},
        many::{CLAIMS, Many, NAMES, whole},
    },
};
use futures::{StreamExt, stream};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{PersistentVolume, PersistentVolumeClaim, Pod, Service},
    storage::v1::StorageClass,
};
use kube::{Api, ResourceExt, api::ListParams};
use std::{collections::BTreeMap, ops::Range};

/// Pods that a Service's selector finds, of which strangers are looked for.
pub(super) const PODS: u32 = 500;
/// Other Services that are offered to go along; more are only named.
pub(super) const BESIDE: usize = 20;
/// Volumes that are asked one by one; beyond them the class has to do.
const VOLUMES: usize = 64;
/// The grace period of a pod that names none.
const GRACE: i64 = 30;

/// What is in a map that another one asks for. An empty selector finds nothing.
pub(super) fn selects(selector: &BTreeMap<String, String>, labels: &BTreeMap<String, String>) -> bool {
    !selector.is_empty() && selector.iter().all(|(k, v)| labels.get(k) == Some(v))
}

pub(super) fn selector(service: &Service) -> BTreeMap<String, String> {
    service
        .spec
        .as_ref()
        .and_then(|s| s.selector.clone())
        .unwrap_or_default()
}

/// The reclaim policies of volumes and classes, by name.
#[derive(Default)]
pub(super) struct Policies {
    volumes: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
}

impl Policies {
    /// That of the claim's volume, which decides; else its class's, which the volume took over when it was made.
    pub(super) fn of(&self, claim: &ClaimFacts) -> String {
        let volume = self.volumes.get(&claim.volume);
        volume
            .or_else(|| self.classes.get(&claim.class))
            .cloned()
            .unwrap_or_default()
    }
}

impl Kube {
    async fn policies(&self, claims: &[ClaimFacts]) -> Policies {
        let classes: Api<StorageClass> = Api::all(self.client());
        let volumes: Api<PersistentVolume> = Api::all(self.client());
        let names: Vec<String> = claims
            .iter()
            .map(|c| c.volume.clone())
            .filter(|v| !v.is_empty())
            .take(VOLUMES)
            .collect();
        let volume = async |name: String| {
            let volume = self.answer(volumes.get(&name)).await.ok()?;
            Some((name, facts::volume(&volume)?.0))
        };
        let params = ListParams::default();
        let (classes, volumes) = tokio::join!(
            self.answer(classes.list(&params)),
            stream::iter(names).map(volume).buffered(16).collect::<Vec<_>>(),
        );
        let class = |c: &StorageClass| Some((c.name_any(), facts::class(c)?.0));
        Policies {
            volumes: volumes.into_iter().flatten().collect(),
            classes: classes.iter().flatten().filter_map(class).collect(),
        }
    }

    /// What deleting this set would do.
    ///
    /// # Errors
    /// Where the set itself cannot be read. What else cannot be read is named in the plan.
    pub async fn delete_plan(&self, namespace: &str, name: &str) -> Result<DeletePlan, ApiError> {
        let sets: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let claims: Api<PersistentVolumeClaim> = Api::namespaced(self.client(), namespace);
        let services: Api<Service> = Api::namespaced(self.client(), namespace);
        let params = ListParams::default();
        let (set, all_sets, claims, services) = tokio::join!(
            self.answer(sets.get(name)),
            self.answer(sets.list(&params)),
            self.answer(claims.list(&params)),
            self.answer(services.list(&params)),
        );
        let set = set?;
        let mut plan = plan_of(&set).ok_or_else(|| ApiError::NotFound(name.to_owned()))?;
        // Without the right to list sets, there still is the one.
        let all_sets = all_sets.map_or_else(|_| vec![set.clone()], |l| l.items);
        let facts: Vec<SetFacts> = all_sets.iter().filter_map(facts::set).collect();
        let mut services_there = Vec::new();
        match claims {
            Ok(list) => self.plan_claims(&mut plan, &facts, &list.items).await,
            Err(error) => plan.hidden.push((Kind::PersistentVolumeClaim, error.into())),
        }
        match services {
            Ok(list) => {
                self.plan_services(&mut plan, &set, &facts, &list.items).await;
                services_there = list.items;
            }
            Err(error) => plan.hidden.push((Kind::Service, error.into())),
        }
        self.plan_beside(&mut plan, &set, services_there.as_slice()).await;
        self.rehearse(&mut plan).await;
        Ok(plan)
    }

    async fn plan_claims(&self, plan: &mut DeletePlan, sets: &[SetFacts], claims: &[PersistentVolumeClaim]) {
        let around = Around::new(sets, None::<[&PodFacts; 0]>);
        let ours = |claim: ClaimFacts| {
            let home = around.home(&claim)?;
            let made = home.set == plan.name && home.evidence == Evidence::Template;
            (made && !claim.terminating).then_some((home.ordinal, claim))
        };
        let mut found: Vec<_> = claims.iter().filter_map(facts::claim).filter_map(ours).collect();
        found.sort_by(|(a, x), (b, y)| (a, &x.name).cmp(&(b, &y.name)));
        let owned = |claim: &ClaimFacts| claim.owners.iter().any(|o| o.uid == plan.uid);
        let rest = found.split_off(found.len().min(CLAIMS));
        let unlisted = unlisted(&ordinals(plan.start, plan.replicas), &rest, owned);
        let listed: Vec<ClaimFacts> = found.iter().map(|(_, c)| c.clone()).collect();
        let policies = self.policies(&listed).await;
        let row = |(ordinal, claim): (i64, ClaimFacts)| PlanClaim {
            ordinal,
            policy: policies.of(&claim),
            owned: owned(&claim),
            used: Many::default(),
            name: claim.name,
            uid: claim.uid,
            size: claim.size,
            class: claim.class,
        };
        plan.claims = found.into_iter().map(row).collect();
        plan.finalizers = finalizers(claims, &plan.claims);
        plan.unlisted = unlisted;
    }

    async fn plan_services(
        &self,
        plan: &mut DeletePlan,
        set: &StatefulSet,
        sets: &[SetFacts],
        services: &[Service],
    ) {
        let spec = set.spec.clone().unwrap_or_default();
        let labels = spec.template.metadata.and_then(|m| m.labels).unwrap_or_default();
        let named = spec.service_name.unwrap_or_default();
        let (own, others): (Vec<_>, Vec<_>) = services.iter().partition(|s| s.name_any() == named);
        let others = others
            .into_iter()
            .filter(|s| selects(&selector(s), &labels))
            .skip(BESIDE);
        plan.others = Many::of(others.map(ResourceExt::name_any), NAMES);
        let Some(service) = own.first() else { return };
        let sets = sets
            .iter()
            .filter(|s| s.service_name == named && s.uid != plan.uid);
        plan.service = Some(PlanService {
            uid: service.metadata.uid.clone().unwrap_or_default(),
            headless: facts::service(service).is_some_and(|f| f.headless),
            selects: selects(&selector(service), &labels),
            sets: Many::of(sets.map(|s| s.name.clone()), NAMES),
            pods: self.strangers(plan, &selector(service)).await,
            name: named,
        });
    }

    /// Pods that a selector finds and the set does not control.
    async fn strangers(&self, plan: &DeletePlan, selector: &BTreeMap<String, String>) -> Many<String> {
        if selector.is_empty() {
            return Many::default();
        }
        let pods: Api<Pod> = Api::namespaced(self.client(), &plan.namespace);
        let labels: Vec<_> = selector.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let params = ListParams::default().labels(&labels.join(",")).limit(PODS);
        let list = self.answer(pods.list_metadata(&params)).await;
        let ours =
            |p: &kube::core::PartialObjectMeta<Pod>| p.owner_references().iter().any(|o| o.uid == plan.uid);
        let strangers = list.iter().flatten().filter(|p| !ours(p));
        Many::of(strangers.map(ResourceExt::name_any), NAMES)
    }

    /// Asks the cluster, before anybody clicks, whether it would delete each kind.
    async fn rehearse(&self, plan: &mut DeletePlan) {
        let target = |kind: Kind, name: &str, uid: &str| Target {
            kind,
            namespace: plan.namespace.clone(),
            name: name.to_owned(),
            uid: uid.to_owned(),
        };
        let set = target(Kind::StatefulSet, &plan.name, &plan.uid);
        let service = plan
            .service
            .iter()
            .map(|s| target(Kind::Service, &s.name, &s.uid));
        let claim = plan.claims.first();
        let claim = claim.map(|c| target(Kind::PersistentVolumeClaim, &c.name, &c.uid));
        let ask = async |target: Target| {
            let answer: Result<(), Error> = self.delete_one(&target, Propagation::default(), true).await;
            answer.err().map(|e| (target.kind, ApiError::from(e)))
        };
        let targets: Vec<Target> = [set].into_iter().chain(service).chain(claim).collect();
        plan.refused = stream::iter(targets)
            .map(ask)
            .buffered(3)
            .filter_map(async |r| r)
            .collect()
            .await;
    }
}

/// What keeps claims once they are deleted, beside Kubernetes' own protection of those that are in use.
fn finalizers(claims: &[PersistentVolumeClaim], listed: &[PlanClaim]) -> Vec<(String, String)> {
    let own = |name: &&String| !name.starts_with("kubernetes.io/");
    let of = |claim: &PersistentVolumeClaim| {
        let name = claim.name_any();
        let known = listed.iter().any(|l| l.name == name);
        let held = claim.finalizers().iter().filter(own).filter(move |_| known);
        held.map(|f| (name.clone(), f.clone())).collect::<Vec<_>>()
    };
    claims.iter().flat_map(of).take(BESIDE).collect()
}

/// Claims that are counted only, by what Kubernetes does with them.
fn unlisted(
    pods: &Range<i64>,
    claims: &[(i64, ClaimFacts)],
    owned: impl Fn(&ClaimFacts) -> bool,
) -> Vec<Unlisted> {
    let mut kinds: BTreeMap<(bool, bool), Vec<&str>> = BTreeMap::new();
    for (ordinal, claim) in claims {
        let kind = (owned(claim), pods.contains(ordinal));
        kinds.entry(kind).or_default().push(&claim.size);
    }
    let one = |((owned, asked_for), sizes): ((bool, bool), Vec<&str>)| Unlisted {
        owned,
        asked_for,
        count: whole(sizes.len()),
        size: sum(&sizes),
    };
    kinds.into_iter().map(one).collect()
}

/// What the set itself says.
fn plan_of(set: &StatefulSet) -> Option<DeletePlan> {
    let facts = facts::set(set)?;
    let pod = set.spec.as_ref().and_then(|s| s.template.spec.as_ref());
    let owners = set.owner_references();
    let owner = owners.iter().find(|o| o.controller == Some(true));
    Some(DeletePlan {
        grace: pod
            .and_then(|p| p.termination_grace_period_seconds)
            .unwrap_or(GRACE),
        owner: owner
            .map(|o| format!("{} {}", o.kind, o.name))
            .unwrap_or_default(),
        namespace: facts.namespace,
        name: facts.name,
        uid: facts.uid,
        replicas: facts.replicas,
        start: facts.start,
        parallel: facts.parallel,
        scaling_deletes: facts.deletes_claims_when_scaled,
        ..DeletePlan::default()
    })
}
