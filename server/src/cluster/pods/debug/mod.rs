//! A debug container is added to a pod that runs, as `kubectl debug` does it.
//!
//! Such containers can be added and never changed or taken out; they go with their pod:
//! <https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/>
mod container;

use crate::{
    cluster::{Act, Kube, is_dns_name},
    error::Error,
};
use app::{
    api::ApiError,
    model::pod::debug::{DebugPlan, Profile, Wanted, image},
};
use container::{container, has, name, named, targets};
use futures::future::join_all;
use serde_json::{Value, json};

/// How often it begins anew because the kubelet wrote the status meanwhile.
const TRIES: usize = 8;
/// What strategic merges know: that containers are told apart by their names.
const PATCH: &str = "application/strategic-merge-patch+json";

impl Kube {
    /// What adding it would meet: each profile is tried by a dry run.
    ///
    /// # Errors
    /// The pod's; invalid where the image is none.
    pub async fn debug_plan(&self, wanted: &Wanted) -> Result<DebugPlan, ApiError> {
        let image = checked(&wanted.image)?;
        let pod = &self.get_json(&path(wanted)?).await?;
        let name = name(pod);
        let each = Profile::ALL.map(|profile| {
            let container = container(pod, &name, image, &wanted.target, profile);
            async move {
                let asked = self.add(wanted, profile, pod, &container?, true).await;
                asked.map(drop).map_err(ApiError::from)
            }
        });
        let (refusals, exec) = tokio::join!(join_all(each), self.exec_refused(&wanted.namespace));
        let refusals = refusals.into_iter().map(Result::err);
        Ok(DebugPlan {
            uid: text(&pod["metadata"]["uid"]).to_owned(),
            image: image.to_owned(),
            targets: targets(pod).filter_map(named).map(str::to_owned).collect(),
            profiles: Profile::ALL.into_iter().zip(refusals).collect(),
            exec,
        })
    }

    /// Adds it to exactly the pod with this UID; the name of the new container.
    ///
    /// # Errors
    /// The cluster's; conflict where the pod was made anew meanwhile, invalid where the image is none or there is no
    /// such container to look at.
    pub async fn debug(&self, wanted: &Wanted, uid: &str) -> Result<String, ApiError> {
        let image = checked(&wanted.image)?;
        let path = path(wanted)?;
        if uid.is_empty() {
            return Err(ApiError::invalid(format!("{}: no UID", wanted.pod)));
        }
        for _ in 0..TRIES {
            let pod = self.get_json(&path).await?;
            if pod["metadata"]["uid"] != uid {
                return Err(ApiError::Conflict(format!(
                    "{} was made anew meanwhile: nothing was added",
                    wanted.pod
                )));
            }
            let name = name(&pod);
            let added = container(&pod, &name, image, &wanted.target, wanted.profile)?;
            match self.add(wanted, wanted.profile, &pod, &added, false).await {
                Ok(_) => return Ok(name),
                Err(Error::Refused(status)) if status.code == 409 => {}
                Err(error @ Error::NotKnown(_)) => {
                    let now = self.get_json(&path).await;
                    let there = now.is_ok_and(|pod| has(&pod, &name));
                    return if there { Ok(name) } else { Err(error.into()) };
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(ApiError::Conflict(format!(
            "{} changes all the time; try again",
            wanted.pod
        )))
    }

    /// Writes it to the pod as it was read: a pod of the same name that was made anew has another version.
    async fn add(
        &self,
        wanted: &Wanted,
        profile: Profile,
        pod: &Value,
        container: &Value,
        dry_run: bool,
    ) -> Result<Value, Error> {
        let uid = text(&pod["metadata"]["uid"]);
        let act = Act {
            // What it may do is in the audit.
            verb: verb(profile),
            kind: "Pod",
            namespace: &wanted.namespace,
            name: &wanted.pod,
            uid,
            dry_run,
        };
        let mut patch = json!({"spec": {"ephemeralContainers": [container]}});
        if !dry_run {
            patch["metadata"] = json!({"uid": uid, "resourceVersion": pod["metadata"]["resourceVersion"]});
        }
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let path = path(wanted)?;
        let request = http::Request::patch(format!("{path}/ephemeralcontainers?fieldManager=ordinal{dry}"))
            .header(http::header::CONTENT_TYPE, PATCH)
            .body(patch.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        self.mutate(act, request).await
    }
}

fn verb(profile: Profile) -> &'static str {
    match profile {
        Profile::General => "debug-general",
        Profile::Baseline => "debug-baseline",
        Profile::Restricted => "debug-restricted",
        Profile::Netadmin => "debug-netadmin",
        Profile::Sysadmin => "debug-sysadmin",
    }
}

fn path(wanted: &Wanted) -> Result<String, Error> {
    let Wanted { namespace, pod, .. } = wanted;
    if is_dns_name(namespace) && is_dns_name(pod) {
        return Ok(format!("/api/v1/namespaces/{namespace}/pods/{pod}"));
    }
    Err(Error::Unbuildable(format!(
        "{namespace:?}/{pod:?}: no Pod has such a name"
    )))
}

fn checked(typed: &str) -> Result<&str, ApiError> {
    image(typed).ok_or_else(|| ApiError::invalid(format!("image: {typed:?} is none")))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
