//! What stands beside a set that is to be deleted: access Services, autoscalers, budgets, and who else uses its claims.
use super::{
    Kube, facts,
    plan::{BESIDE, PODS, selector, selects},
    pods::act,
};
use app::model::{
    delete::{Beside, DeletePlan, Kind},
    facts::PodFacts,
    many::{Many, NAMES},
};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    autoscaling::v2::HorizontalPodAutoscaler,
    core::v1::{Pod, Service},
    policy::v1::PodDisruptionBudget,
};
use kube::{Api, ResourceExt, api::ListParams};
use std::collections::BTreeMap;

/// The finalizers of the garbage collector: they wait for the pods, and go by themselves.
const COLLECTOR: [&str; 2] = ["foregroundDeletion", "orphan"];

impl Kube {
    /// Fills in what can go along. What may not be listed is not offered.
    pub(super) async fn plan_beside(&self, plan: &mut DeletePlan, set: &StatefulSet, services: &[Service]) {
        let namespace = plan.namespace.clone();
        let pods: Api<Pod> = Api::namespaced(self.client(), &namespace);
        let hpas: Api<HorizontalPodAutoscaler> = Api::namespaced(self.client(), &namespace);
        let budgets: Api<PodDisruptionBudget> = Api::namespaced(self.client(), &namespace);
        let params = ListParams::default();
        let some = ListParams::default().limit(PODS);
        let (pods, hpas, budgets) = tokio::join!(
            self.answer(pods.list(&some)),
            self.answer(hpas.list(&params)),
            self.answer(budgets.list(&params)),
        );
        let pods = pods.map(|l| l.items).unwrap_or_default();
        let strangers: Vec<(PodFacts, BTreeMap<String, String>)> = pods
            .iter()
            .filter_map(|p| Some((facts::pod(p)?, p.metadata.labels.clone().unwrap_or_default())))
            .filter(|(facts, _)| facts.owner_uid != plan.uid)
            .collect();
        for claim in &mut plan.claims {
            let users = strangers.iter().filter(|(f, _)| f.mounts.contains(&claim.name));
            claim.used = Many::of(users.map(|(f, _)| f.name.clone()), NAMES);
        }
        let template = set.spec.as_ref().and_then(|s| s.template.metadata.as_ref());
        let labels = template.and_then(|m| m.labels.clone()).unwrap_or_default();
        let named = set
            .spec
            .as_ref()
            .and_then(|s| s.service_name.clone())
            .unwrap_or_default();
        let found_by = |finds: &dyn Fn(&BTreeMap<String, String>) -> bool| {
            let others = strangers.iter().filter(|(_, labels)| finds(labels));
            Many::of(others.map(|(f, _)| f.name.clone()), NAMES)
        };
        let beside = |kind: Kind, object: &dyn Fn() -> (String, Option<String>), used: Many<String>| {
            let (name, uid) = object();
            Beside {
                kind,
                name,
                uid: uid.unwrap_or_default(),
                used,
            }
        };
        let services = services
            .iter()
            .filter(|s| s.name_any() != named && selects(&selector(s), &labels))
            .take(BESIDE);
        plan.beside = services
            .map(|s| {
                let finds = selector(s);
                beside(
                    Kind::Service,
                    &|| (s.name_any(), s.uid()),
                    found_by(&|l| selects(&finds, l)),
                )
            })
            .collect();
        let ours = |h: &&HorizontalPodAutoscaler| facts::hpa(h).is_some_and(|f| f.target == plan.name);
        let hpas = hpas.iter().flatten().filter(ours).take(BESIDE);
        plan.beside.extend(hpas.map(|h| {
            beside(
                Kind::HorizontalPodAutoscaler,
                &|| (h.name_any(), h.uid()),
                Many::default(),
            )
        }));
        for budget in budgets.iter().flatten().take(BESIDE) {
            let Some(finds) = budget.spec.as_ref().and_then(|s| s.selector.clone()) else {
                continue;
            };
            if act::selects(&finds, &labels) {
                let used = found_by(&|l| act::selects(&finds, l));
                let object = || (budget.name_any(), budget.uid());
                plan.beside.push(beside(Kind::PodDisruptionBudget, &object, used));
            }
        }
        let held = set
            .finalizers()
            .iter()
            .filter(|f| !COLLECTOR.contains(&f.as_str()));
        let held = held.map(|f| (plan.name.clone(), f.clone()));
        plan.finalizers = held.chain(std::mem::take(&mut plan.finalizers)).collect();
    }
}
