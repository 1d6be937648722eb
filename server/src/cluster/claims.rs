//! Deleting claims that nothing uses: looked at once more, for a set may have come back since they were shown.
use super::{Kube, delete::deletable, facts};
use crate::error::Error;
use app::{
    api::ApiError,
    model::{
        claims::Around,
        delete::{Done, Fate, Kind, Propagation, Target},
        facts::{ClaimFacts, PodFacts, SetFacts},
    },
};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{PersistentVolumeClaim, Pod},
};
use kube::{Api, api::ListParams};
use std::collections::BTreeMap;

/// What decides about the claims of a namespace, as it is now.
struct Now {
    claims: Vec<ClaimFacts>,
    sets: Vec<SetFacts>,
    pods: Vec<PodFacts>,
}

impl Now {
    /// Why each of these claims is not deleted; none where nothing uses it.
    fn objections(&self, targets: &[Target]) -> Vec<Option<Fate>> {
        let around = Around::new(&self.sets, Some(&self.pods));
        let claims: BTreeMap<&str, &ClaimFacts> = self.claims.iter().map(|c| (c.name.as_str(), c)).collect();
        let objection = |target: &Target| {
            let Some(claim) = claims.get(target.name.as_str()) else {
                return Some(Fate::Gone);
            };
            if claim.uid != target.uid {
                return Some(Fate::Anew);
            }
            let row = around.row(claim, String::new());
            (!row.is_some_and(|r| r.is_left())).then_some(Fate::Used)
        };
        targets.iter().map(objection).collect()
    }
}

impl Kube {
    async fn look(&self, namespace: &str) -> Result<Now, Error> {
        let claims: Api<PersistentVolumeClaim> = Api::namespaced(self.client(), namespace);
        let sets: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let pods: Api<Pod> = Api::namespaced(self.client(), namespace);
        let params = ListParams::default();
        let (claims, sets, pods) = tokio::try_join!(
            self.answer(claims.list(&params)),
            self.answer(sets.list(&params)),
            self.answer(pods.list(&params)),
        )?;
        Ok(Now {
            claims: claims.items.iter().filter_map(facts::claim).collect(),
            sets: sets.items.iter().filter_map(facts::set).collect(),
            pods: pods.items.iter().filter_map(facts::pod).collect(),
        })
    }

    /// Deletes those of these claims that are still left behind, and tells of each what became of it.
    ///
    /// # Errors
    /// Invalid where something is no claim with a name and a UID; nothing is sent then.
    pub async fn delete_left(&self, targets: Vec<Target>) -> Result<Vec<Done>, ApiError> {
        deletable(&targets)?;
        if targets.iter().any(|t| t.kind != Kind::PersistentVolumeClaim) {
            let message = "only claims are deleted here".to_owned();
            return Err(ApiError::invalid(message));
        }
        let mut by_namespace: BTreeMap<String, Vec<Target>> = BTreeMap::new();
        for target in targets {
            by_namespace
                .entry(target.namespace.clone())
                .or_default()
                .push(target);
        }
        let (mut done, mut left) = (Vec::new(), Vec::new());
        for (namespace, targets) in by_namespace {
            let objections = match self.look(&namespace).await.map_err(ApiError::from) {
                Ok(now) => now.objections(&targets),
                // What cannot be looked at is not known to be unused.
                Err(error) => vec![Some(Fate::Refused(error)); targets.len()],
            };
            for (target, objection) in targets.into_iter().zip(objections) {
                match objection {
                    Some(fate) => done.push(Done { target, fate }),
                    None => left.push(target),
                }
            }
        }
        done.extend(self.each(left, Propagation::default()).await);
        Ok(done)
    }
}
