//! What the dialogs of the operations are drawn from.
use crate::cluster::{Kube, facts};
use app::{
    api::ApiError,
    model::{
        many::ROWS,
        ops::{Decision, Now, Op, OpsPlan, PodLine, Shown, containers, leads, one_by_one},
    },
};
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::ListParams};

impl Kube {
    /// The set as it is, and what the cluster says to dry runs of a change and of a scale.
    ///
    /// # Errors
    /// Where the set itself cannot be read.
    pub async fn ops_plan(&self, namespace: &str, name: &str) -> Result<OpsPlan, ApiError> {
        let object = self.raw_set(namespace, name).await?;
        let now = Now::of(&object);
        let shown = Shown {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            uid: now.uid.clone(),
            generation: Some(now.generation),
        };
        let change = async {
            // The controller may write the status meanwhile: that says nothing of rights.
            match Op::Restart.decide(&shown, &now, &super::time()) {
                Decision::Send(mut patch) => {
                    if let Some(metadata) = patch["metadata"].as_object_mut() {
                        metadata.remove("resourceVersion");
                    }
                    self.patch_set("restart", &shown, &patch, true)
                        .await
                        .err()
                        .map(ApiError::from)
                }
                _ => None,
            }
        };
        let scale = async { self.scale_shown(&shown, None, now.replicas, true).await.err() };
        let (refused, scale_refused, pods) = tokio::join!(change, scale, self.pods_of(namespace, &now.uid));
        let mut pods = one_by_one(pods);
        pods.truncate(ROWS);
        Ok(OpsPlan {
            replicas: now.replicas,
            remembered: now.remembered,
            refused,
            scale_refused,
            pods,
            containers: containers(&object),
            shown,
        })
    }

    /// The pods of a set; none where they may not be read.
    async fn pods_of(&self, namespace: &str, uid: &str) -> Vec<PodLine> {
        let pods: Api<Pod> = Api::namespaced(self.client(), namespace);
        let list = self.answer(pods.list(&ListParams::default())).await;
        let line = |pod: &Pod| {
            let facts = facts::pod(pod)?;
            let labels = pod.metadata.labels.iter().flatten();
            (facts.owner_uid == uid && !facts.terminating).then(|| PodLine {
                leads: leads(labels),
                name: facts.name,
                uid: facts.uid,
                ordinal: facts.ordinal,
            })
        };
        list.iter().flatten().filter_map(line).collect()
    }
}
