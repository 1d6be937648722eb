//! Deleting claims that nothing uses: looked at once more, for a set may have come back since they were shown.
use super::{Kube, delete::deletable, facts};
use crate::error::Error;
use app::{
    api::ApiError,
    model::{
        claims::Around,
        delete::{Done, Fate, Kind, Target},
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
    /// Why this claim is not deleted; none where nothing uses it.
    fn objection(&self, target: &Target) -> Option<Fate> {
        let Some(claim) = self.claims.iter().find(|c| c.name == target.name) else {
            return Some(Fate::Gone);
        };
        if claim.uid != target.uid {
            return Some(Fate::Anew);
        }
        let row = Around::new(&self.sets, Some(&self.pods)).row(claim, String::new());
        (!row.is_some_and(|r| r.is_left())).then_some(Fate::Used)
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
    pub(super) async fn delete_left(&self, targets: Vec<Target>) -> Result<Vec<Done>, ApiError> {
        deletable(&targets)?;
        if targets.iter().any(|t| t.kind != Kind::PersistentVolumeClaim) {
            let message = "only claims are deleted here".to_owned();
            return Err(ApiError::Invalid {
                message,
                fields: Vec::new(),
            });
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
            let now = self.look(&namespace).await.map_err(ApiError::from);
            for target in targets {
                let objection = match &now {
                    Ok(now) => now.objection(&target),
                    // What cannot be looked at is not known to be unused.
                    Err(error) => Some(Fate::Refused(error.clone())),
                };
                match objection {
                    Some(fate) => done.push(Done { target, fate }),
                    None => left.push(target),
                }
            }
        }
        done.extend(self.each(left).await);
        Ok(done)
    }
}
