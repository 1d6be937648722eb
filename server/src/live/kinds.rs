//! The kinds that are watched: what each object becomes, and what a change of it concerns.
use super::{
    changes::Concern,
    feed::{Facts, Key},
};
use crate::cluster::{facts, pods};
use app::model::{
    claims::divided,
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
    pod::PodBody,
    services::ServiceFacts,
    warnings::WarningFacts,
};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    autoscaling::v2::HorizontalPodAutoscaler,
    core::v1::{Event, Node, PersistentVolume, PersistentVolumeClaim, Pod, Service},
    discovery::v1::EndpointSlice,
    storage::v1::StorageClass,
};

macro_rules! kinds {
    ($($facts:ty: $object:ty = $of:path, $concerns:path $(, $fields:literal)?);*) => { $(
        impl Facts for $facts {
            type Object = $object;
            $(const FIELDS: &'static str = $fields;)?
            fn of(object: &$object) -> Option<Self> {
                $of(object)
            }
            fn concerns(&self, key: &Key) -> Concern {
                $concerns(self, key)
            }
        }
    )* };
}

kinds!(
    SetFacts: StatefulSet = facts::set, itself;
    NodeFacts: Node = facts::node, itself;
    PodFacts: Pod = facts::pod, its_owner;
    ClaimFacts: PersistentVolumeClaim = facts::claim, its_makers;
    ServiceFacts: Service = facts::service, its_namespace;
    WarningFacts: Event = facts::warning, its_sets, "type=Warning";
    facts::HpaFacts: HorizontalPodAutoscaler = facts::hpa, its_target;
    facts::EventFacts: Event = facts::event, its_namespace;
    facts::SliceFacts: EndpointSlice = facts::slice, its_namespace;
    PodBody: Pod = pods::body, its_set;
    facts::VolumePolicy: PersistentVolume = facts::volume, its_namespace;
    facts::ClassPolicy: StorageClass = facts::class, its_namespace
);

fn itself<T>(_: &T, key: &Key) -> Concern {
    Concern::rows(vec![key.clone()])
}

/// The set of a pod or claim, by name, or the set itself.
fn its_sets(warning: &WarningFacts, key: &Key) -> Concern {
    let set = |name: &str| vec![(key.0.clone(), name.to_owned())];
    Concern::rows(match warning.kind.as_str() {
        "StatefulSet" => set(&warning.object),
        "Pod" => warning
            .object
            .rsplit_once('-')
            .map(|(name, _)| set(name))
            .unwrap_or_default(),
        _ => Vec::new(),
    })
}

fn its_target(hpa: &facts::HpaFacts, (namespace, _): &Key) -> Concern {
    Concern {
        keys: vec![(namespace.clone(), hpa.target.clone())],
        in_rows: false,
    }
}

fn its_owner(pod: &PodFacts, _: &Key) -> Concern {
    Concern {
        keys: vec![(pod.namespace.clone(), pod.owner.clone())],
        in_rows: !pod.owner.is_empty(),
    }
}

/// A pod that a page of its own follows: that page asks for whatever concerns its set, or the namespace.
fn its_set(pod: &PodBody, _: &Key) -> Concern {
    Concern {
        keys: vec![(pod.facts.namespace.clone(), pod.facts.owner.clone())],
        in_rows: false,
    }
}

/// Every set of which a template may have made a claim of this name.
fn its_makers(claim: &ClaimFacts, key: &Key) -> Concern {
    let sets = divided(&key.1).map(|(_, set)| (key.0.clone(), set.to_owned()));
    let sets: Vec<Key> = sets.collect();
    if sets.is_empty() {
        its_namespace(claim, key)
    } else {
        Concern::rows(sets)
    }
}

/// Every set of a namespace; of what has none, every set. No row of the list shows it.
fn its_namespace<T>(_: &T, (namespace, _): &Key) -> Concern {
    Concern {
        keys: vec![(namespace.clone(), String::new())],
        in_rows: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_concerns_every_set_that_may_have_made_it() {
        let sets = |claim: &'static str| divided(claim).map(|(_, set)| set).collect::<Vec<_>>();
        assert_eq!(sets("data-web-0"), ["web"]);
        assert_eq!(sets("data-my-web-12"), ["my-web", "web"]);
        assert_eq!(sets("data"), Vec::<&str>::new());
        assert_eq!(sets("data-web-x"), Vec::<&str>::new());
        let concern = ClaimFacts::default().concerns(&("ns".to_owned(), "data-web-0".to_owned()));
        assert_eq!(
            (concern.keys, concern.in_rows),
            (vec![("ns".to_owned(), "web".to_owned())], true)
        );
    }
}
