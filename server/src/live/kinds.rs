//! The kinds that are watched: what each object becomes, and what a change of it concerns.
use super::{
    changes::Concern,
    feed::{Facts, Key},
};
use crate::cluster::facts;
use app::model::{
    detail::ServiceFacts,
    facts::{ClaimFacts, NodeFacts, PodFacts, SetFacts},
};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{Event, Node, PersistentVolume, PersistentVolumeClaim, Pod, Service},
    storage::v1::StorageClass,
};

impl Facts for SetFacts {
    type Object = StatefulSet;
    fn of(object: &StatefulSet) -> Option<Self> {
        facts::set(object)
    }
    fn concerns(&self, key: &Key) -> Concern {
        Concern {
            keys: vec![key.clone()],
            in_rows: true,
        }
    }
}

impl Facts for PodFacts {
    type Object = Pod;
    fn of(object: &Pod) -> Option<Self> {
        facts::pod(object)
    }
    fn concerns(&self, _: &Key) -> Concern {
        Concern {
            keys: vec![(self.namespace.clone(), self.owner.clone())],
            in_rows: !self.owner.is_empty(),
        }
    }
}

impl Facts for ClaimFacts {
    type Object = PersistentVolumeClaim;
    fn of(object: &PersistentVolumeClaim) -> Option<Self> {
        facts::claim(object)
    }
    fn concerns(&self, (namespace, name): &Key) -> Concern {
        let sets: Vec<Key> = owners_by_name(name)
            .map(|set| (namespace.clone(), set.to_owned()))
            .collect();
        if sets.is_empty() {
            return in_namespace(namespace);
        }
        Concern {
            keys: sets,
            in_rows: true,
        }
    }
}

impl Facts for NodeFacts {
    type Object = Node;
    fn of(object: &Node) -> Option<Self> {
        facts::node(object)
    }
    fn concerns(&self, key: &Key) -> Concern {
        Concern {
            keys: vec![key.clone()],
            in_rows: true,
        }
    }
}

macro_rules! beside_sets {
    ($($facts:ty: $object:ty = $of:path),*) => { $(
        impl Facts for $facts {
            type Object = $object;
            fn of(object: &$object) -> Option<Self> {
                $of(object)
            }
            fn concerns(&self, (namespace, _): &Key) -> Concern {
                in_namespace(namespace)
            }
        }
    )* };
}

beside_sets!(
    ServiceFacts: Service = facts::service,
    facts::EventFacts: Event = facts::event,
    facts::VolumePolicy: PersistentVolume = facts::volume,
    facts::ClassPolicy: StorageClass = facts::class
);

/// Every set of a namespace; of what has none, every set. No row of the list shows it.
fn in_namespace(namespace: &str) -> Concern {
    Concern {
        keys: vec![(namespace.to_owned(), String::new())],
        in_rows: false,
    }
}

/// The names of sets of which a template may have made a claim of this name: `TEMPLATE-SET-ORDINAL`, where template and
/// set may have dashes themselves.
fn owners_by_name(claim: &str) -> impl Iterator<Item = &str> {
    let base = claim.rsplit_once('-').map_or("", |(base, ordinal)| {
        let digits = !ordinal.is_empty() && ordinal.bytes().all(|b| b.is_ascii_digit());
        if digits { base } else { "" }
    });
    base.match_indices('-')
        .map(|(at, _)| &base[at + 1..])
        .filter(|set| !set.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_concerns_every_set_that_may_have_made_it() {
        let sets = |claim| owners_by_name(claim).collect::<Vec<_>>();
        assert_eq!(sets("data-web-0"), ["web"]);
        assert_eq!(sets("data-my-web-12"), ["my-web", "web"]);
        assert_eq!(sets("data"), Vec::<&str>::new());
        assert_eq!(sets("data-web-x"), Vec::<&str>::new());
    }
}
