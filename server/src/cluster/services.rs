//! The Services of a set as texts: one that is there, or a new one made from what the set says.
use super::{
    Kube,
    edit::{path, shown, uid},
    governing::ports,
};
use crate::error::Error;
use app::{
    api::ApiError,
    manifest::write::yaml,
    model::{edit::Subject, saving::Opened},
};
use k8s_openapi::api::apps::v1::StatefulSetSpec;
use serde_json::{Value, json};

/// How many names are tried for a new Service.
const NAMES: usize = 10;
/// The most characters of a Service's name (RFC 1035).
const MOST: usize = 63;

/// The n-th name that is offered for a Service of a set: the name of a set may have dots and be longer.
fn name_of(set: &str, n: usize) -> String {
    let end = match n {
        0 | 1 => "-access".to_owned(),
        n => format!("-access-{n}"),
    };
    let stem: String = set.replace('.', "-").chars().take(MOST - end.len()).collect();
    stem.trim_end_matches('-').to_owned() + &end
}

/// A Service that leads to the pods of a set; nothing where the set cannot be read.
fn manifest(namespace: &str, name: &str, set: &Value) -> Option<Value> {
    let spec: StatefulSetSpec = serde_json::from_value(set.get("spec")?.clone()).ok()?;
    let mut service = json!({"type": "ClusterIP"});
    let labels = spec.template.metadata.as_ref().and_then(|m| m.labels.clone());
    service["selector"] = json!(labels.unwrap_or_default());
    service["ports"] = ports(&spec).into();
    Some(json!({
        "apiVersion": Subject::Service.api_version(),
        "kind": Subject::Service.kind(),
        "metadata": {"name": name, "namespace": namespace},
        "spec": service,
    }))
}

impl Kube {
    /// A Service of a set as text; a new one for an empty name.
    ///
    /// # Errors
    /// See [`app::api::edit::open_service`].
    pub async fn open_service(&self, namespace: &str, set: &str, name: &str) -> Result<Opened, ApiError> {
        let beside = self.raw_set(namespace, set).await?;
        let mut opened = Opened {
            beside: yaml(&shown(&beside)),
            ..Opened::default()
        };
        if name.is_empty() {
            let name = self.free_name(namespace, set).await?;
            let new = manifest(namespace, &name, &beside);
            let new = new.ok_or_else(|| ApiError::invalid(format!("{set} cannot be read")))?;
            opened.text = yaml(&new);
        } else {
            let object = self.raw(Subject::Service, namespace, name).await?;
            uid(&object).clone_into(&mut opened.uid);
            opened.text = yaml(&shown(&object));
        }
        Ok(opened)
    }

    /// A name that no Service has, as far as that can be seen: the create itself never overwrites one.
    async fn free_name(&self, namespace: &str, set: &str) -> Result<String, Error> {
        for n in 1..NAMES {
            let name = name_of(set, n);
            let there: Result<Value, Error> = self.get_json(&path(Subject::Service, namespace, &name)?).await;
            if there.is_err() {
                return Ok(name);
            }
        }
        Ok(name_of(set, NAMES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_without_dots() {
        assert_eq!(name_of("db", 1), "db-access");
        assert_eq!(name_of("db.v1", 3), "db-v1-access-3");
        let long = name_of(&"x".repeat(80), 2);
        assert_eq!((long.len(), long.ends_with("x-access-2")), (MOST, true));
    }

    #[test]
    fn it_selects_the_pods_and_leads_to_their_ports() {
        let set = json!({"spec": {"selector": {"matchLabels": {"app": "db"}}, "template": {
            "metadata": {"labels": {"app": "db", "tier": "data"}},
            "spec": {"containers": [{"name": "db", "ports": [
                {"name": "sql", "containerPort": 5432}, {"containerPort": 53, "protocol": "UDP"}]}]}}}});
        let service = manifest("shop", "db-access", &set).unwrap();
        assert_eq!(service["spec"]["selector"], json!({"app": "db", "tier": "data"}));
        assert_eq!(
            service["spec"]["ports"],
            json!([
                {"name": "sql", "port": 5432, "protocol": "TCP"},
                {"name": "udp-53", "port": 53, "protocol": "UDP"}
            ])
        );
        assert_eq!(service["spec"]["type"], "ClusterIP");
    }
}
