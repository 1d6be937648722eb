//! How full the volume of a claim is, by `df` in a container that mounts it: a reading, now, as the person who asks.
use super::program::output;
use crate::{
    cluster::{Kube, is_dns_name},
    error::Error,
    live::now,
};
use app::{
    api::ApiError,
    model::{
        files::{At, path},
        fill::{Fill, df},
    },
};
use k8s_openapi::api::core::v1::Pod;
use kube::Api;

/// The most that `df` says of one file system, in bytes.
const ROOM: usize = 64 * 1024;

/// Measures the volume of a claim in a pod.
///
/// # Errors
/// Forbidden; not found where no container that runs mounts it, or the image has no `df`; unavailable.
pub async fn measure(kube: &Kube, namespace: &str, pod: &str, claim: &str) -> Result<Fill, ApiError> {
    if ![namespace, pod, claim]
        .map(is_dns_name)
        .into_iter()
        .all(|named| named)
    {
        let words = "a measurement needs a namespace, a pod and a claim";
        return Err(Error::Unbuildable(words.to_owned()).into());
    }
    if let Some(refused) = kube.exec_refused(namespace).await {
        return Err(refused);
    }
    let pods: Api<Pod> = Api::namespaced(kube.client(), namespace);
    let object = kube.answer(pods.get(pod)).await?;
    let (container, at) = mounted(&object, claim)
        .ok_or_else(|| ApiError::NotFound(format!("no running container of {pod} mounts {claim}")))?;
    let at = At {
        namespace: namespace.to_owned(),
        pod: pod.to_owned(),
        container,
        path: at,
    };
    let said = output(kube, &at, &["df", "-P", "-k", &at.path], ROOM).await?;
    let said = said.ok_or_else(|| ApiError::invalid("df says too much".to_owned()))?;
    let said = String::from_utf8_lossy(&said);
    let (capacity, used) = df(&said).ok_or_else(|| ApiError::invalid(said.trim().to_owned()))?;
    Ok(Fill {
        claim: claim.to_owned(),
        at: now(),
        capacity,
        used,
        course: Vec::new(),
    })
}

/// A container that runs and mounts the claim, and where; not one that sees a folder of it alone, for that may be
/// another file system.
fn mounted(pod: &Pod, claim: &str) -> Option<(String, String)> {
    let spec = pod.spec.as_ref()?;
    let mut volumes = spec.volumes.iter().flatten();
    let of = |v: &&k8s_openapi::api::core::v1::Volume| {
        v.persistent_volume_claim
            .as_ref()
            .is_some_and(|c| c.claim_name == claim)
    };
    let volume = volumes.find(of)?;
    let statuses = pod.status.as_ref()?;
    let runs = |name: &str| {
        let all = statuses.container_statuses.iter().flatten();
        let mut all = all.chain(statuses.init_container_statuses.iter().flatten());
        all.any(|s| s.name == name && s.state.as_ref().is_some_and(|s| s.running.is_some()))
    };
    let each = spec
        .containers
        .iter()
        .chain(spec.init_containers.iter().flatten());
    let mut found = each
        .filter(|c| runs(&c.name))
        .flat_map(|c| {
            let mounts = c.volume_mounts.iter().flatten().filter(|m| m.name == volume.name);
            mounts.map(|m| {
                (
                    m.sub_path.is_some() || m.sub_path_expr.is_some(),
                    c.name.clone(),
                    m.mount_path.clone(),
                )
            })
        })
        .collect::<Vec<_>>();
    found.sort_by_key(|(part, ..)| *part);
    let (_, container, at) = found.into_iter().next()?;
    Some((container, path(&at)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_mount_in_a_running_container_is_taken() {
        let mount = |at: &str, part: Option<&str>| json!({"name": "v", "mountPath": at, "subPath": part});
        let pod = |runs: &[&str]| {
            let status = |name: &&str| {
                json!({"name": name, "state": {"running": {}}, "image": "", "imageID": "", "ready": true,
                    "restartCount": 0})
            };
            let statuses: Vec<_> = runs.iter().map(status).collect();
            serde_json::from_value::<Pod>(json!({
                "metadata": {},
                "spec": {
                    "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data-db-0"}}],
                    "containers": [
                        {"name": "part", "volumeMounts": [mount("/part", Some("a"))]},
                        {"name": "whole", "volumeMounts": [mount("/data/", None)]},
                    ]},
                "status": {"containerStatuses": statuses}}))
            .unwrap()
        };
        let found = |runs: &[&str], claim: &str| mounted(&pod(runs), claim);
        let at = |container: &str, path: &str| Some((container.to_owned(), path.to_owned()));
        assert_eq!(found(&["part", "whole"], "data-db-0"), at("whole", "/data"));
        assert_eq!(found(&["part"], "data-db-0"), at("part", "/part"));
        assert_eq!(found(&[], "data-db-0"), None);
        assert_eq!(found(&["whole"], "data-db-1"), None);
    }
}
