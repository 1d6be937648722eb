//! Ending a pod: by its UID, with what the cluster and its disruption budgets say first.
use crate::{
    cluster::{Act, Kube, facts},
    error::{Error, from_status},
    live::now,
};
use app::{
    api::ApiError,
    model::{
        facts::PodFacts,
        pod::{
            NodeAround,
            act::{Budget, Deed, Force, PodPlan, force},
        },
        said::plain,
    },
};
use k8s_openapi::{
    api::{
        core::v1::{Node, Pod},
        policy::v1::PodDisruptionBudget,
    },
    apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement},
};
use kube::{Api, api::ListParams};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const POD: &str = "Pod";

impl Kube {
    /// What ending this pod would meet: dry runs, and the budgets that find it.
    ///
    /// # Errors
    /// The pod's.
    pub async fn pod_plan(&self, namespace: &str, name: &str) -> Result<PodPlan, ApiError> {
        let pods: Api<Pod> = Api::namespaced(self.client(), namespace);
        let pod = self.answer(pods.get(name)).await?;
        let uid = pod.metadata.uid.clone().unwrap_or_default();
        let budgets: Api<PodDisruptionBudget> = Api::namespaced(self.client(), namespace);
        let params = ListParams::default();
        let (delete, evict, budgets) = tokio::join!(
            self.end(Deed::Delete, namespace, name, &uid, true),
            self.end(Deed::Evict, namespace, name, &uid, true),
            self.answer(budgets.list(&params)),
        );
        let labels = pod.metadata.labels.unwrap_or_default();
        let (budgets, hidden) = match budgets {
            Ok(list) => (
                list.items.iter().filter_map(|b| budget(b, &labels)).collect(),
                None,
            ),
            Err(error) => (Vec::new(), Some(error.into())),
        };
        Ok(PodPlan {
            uid,
            delete: delete.err(),
            evict: evict.err(),
            budgets,
            hidden,
        })
    }

    /// Does it to exactly the pod with this UID.
    ///
    /// # Errors
    /// The cluster's; conflict where the pod was made anew meanwhile, invalid where force is asked for and its node
    /// answers.
    pub async fn end_pod(&self, deed: Deed, namespace: &str, name: &str, uid: &str) -> Result<(), ApiError> {
        if uid.is_empty() {
            return Err(ApiError::invalid(format!("{name}: no UID")));
        }
        // Asked once more: the node may have come back since the page showed it.
        if deed == Deed::Force && !self.is_lost(namespace, name).await? {
            return Err(ApiError::invalid(format!(
                "the node of {name} answers: it is not deleted by force"
            )));
        }
        self.end(deed, namespace, name, uid, false).await
    }

    async fn is_lost(&self, namespace: &str, name: &str) -> Result<bool, ApiError> {
        let pods: Api<Pod> = Api::namespaced(self.client(), namespace);
        let pod = self.answer(pods.get(name)).await?;
        let facts = facts::pod(&pod).unwrap_or_else(|| PodFacts {
            node: pod.spec.and_then(|s| s.node_name).unwrap_or_default(),
            ..PodFacts::default()
        });
        let nodes: Api<Node> = Api::all(self.client());
        let node = match self.answer(nodes.get(&facts.node)).await.map_err(ApiError::from) {
            _ if facts.node.is_empty() => None,
            Ok(node) => facts::node(&node).map(|n| NodeAround {
                exists: true,
                ready: n.ready,
                zone: n.zone,
            }),
            Err(ApiError::NotFound(_)) => Some(NodeAround::default()),
            // Not known: what the pod says of itself decides.
            Err(ApiError::Forbidden { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(force(&facts.at(now(), None), node.as_ref()) == Force::Offered)
    }

    async fn end(
        &self,
        deed: Deed,
        namespace: &str,
        name: &str,
        uid: &str,
        dry_run: bool,
    ) -> Result<(), ApiError> {
        let verb = match deed {
            Deed::Delete => "delete",
            Deed::Evict => "evict",
            Deed::Force => "force-delete",
        };
        let act = Act {
            verb,
            kind: POD,
            namespace,
            name,
            uid,
            dry_run,
        };
        let request = request(deed, &act)?;
        let answer: Result<Value, Error> = self.mutate(act, request).await;
        answer.map(drop).map_err(words)
    }
}

/// The request: whatever has this name now goes only if it still has the UID.
fn request(deed: Deed, act: &Act<'_>) -> Result<http::Request<Vec<u8>>, Error> {
    let Act { namespace, name, .. } = act;
    let path = format!("/api/v1/namespaces/{namespace}/pods/{name}");
    let mut options = json!({"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"uid": act.uid}});
    if act.dry_run {
        options["dryRun"] = json!(["All"]);
    }
    if deed == Deed::Force {
        options["gracePeriodSeconds"] = json!(0);
    }
    let (builder, body) = if deed == Deed::Evict {
        let metadata = json!({"namespace": namespace, "name": name});
        let body = json!({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": metadata, "deleteOptions": options});
        (http::Request::post(format!("{path}/eviction")), body)
    } else {
        (http::Request::delete(path), options)
    };
    builder
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(body.to_string().into_bytes())
        .map_err(|e| Error::Unbuildable(e.to_string()))
}

/// A budget that does not allow it names itself in the causes of its refusal.
fn words(error: Error) -> ApiError {
    let Error::Refused(status) = &error else {
        return error.into();
    };
    let causes = status
        .details
        .as_ref()
        .map(|d| d.causes.as_slice())
        .unwrap_or_default();
    if status.code != 429 || causes.is_empty() {
        return from_status(status);
    }
    let all: Vec<String> = causes.iter().map(|c| plain(&c.message)).collect();
    ApiError::Conflict(format!("{} {}", plain(&status.message), all.join(" ")))
}

fn budget(object: &PodDisruptionBudget, labels: &BTreeMap<String, String>) -> Option<Budget> {
    let selector = object.spec.as_ref()?.selector.as_ref()?;
    let status = object.status.clone().unwrap_or_default();
    selects(selector, labels).then(|| Budget {
        name: object.metadata.name.clone().unwrap_or_default(),
        allowed: status.disruptions_allowed.unwrap_or(0),
        healthy: status.current_healthy.unwrap_or(0),
        desired: status.desired_healthy.unwrap_or(0),
    })
}

/// Whether a selector finds these labels; an empty one finds all (`policy/v1`).
pub(in crate::cluster) fn selects(selector: &LabelSelector, labels: &BTreeMap<String, String>) -> bool {
    let equal = |(key, value): (&String, &String)| labels.get(key) == Some(value);
    let fits = |r: &LabelSelectorRequirement| {
        let value = labels.get(&r.key);
        let listed = value.is_some_and(|v| r.values.iter().flatten().any(|w| w == v));
        match r.operator.as_str() {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => false,
        }
    };
    selector.match_labels.iter().flatten().all(equal) && selector.match_expressions.iter().flatten().all(fits)
}
