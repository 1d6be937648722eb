//! The headless Service of a set that lacks it: made from what the set says.
use super::Kube;
use app::{api::ApiError, manifest::write::yaml};
use k8s_openapi::api::{
    apps::v1::{StatefulSet, StatefulSetSpec},
    core::v1::ContainerPort,
};
use kube::Api;
use serde_json::{Value, json};

/// The ports of a Service that leads to everything the containers listen on.
pub(super) fn ports(spec: &StatefulSetSpec) -> Vec<Value> {
    let containers = spec.template.spec.iter().flat_map(|s| &s.containers);
    let ports = containers.flat_map(|c| c.ports.iter().flatten()).cloned();
    let mut seen: Vec<(i32, String)> = Vec::new();
    let mut list: Vec<Value> = Vec::new();
    for port in ports {
        let ContainerPort {
            name,
            container_port,
            protocol,
            ..
        } = port;
        let key = (container_port, protocol.unwrap_or_else(|| "TCP".to_owned()));
        if seen.contains(&key) {
            continue;
        }
        let (number, protocol) = &key;
        // Several ports must have names, and each its own.
        let own = format!("{}-{number}", protocol.to_lowercase());
        let named = name.filter(|n| list.iter().all(|p| p["name"] != n.as_str()));
        list.push(json!({"name": named.unwrap_or(own), "port": number, "protocol": protocol}));
        seen.push(key);
    }
    list
}

/// The manifest of the Service that a set names.
fn manifest(namespace: &str, set: StatefulSet) -> Option<Value> {
    let spec = set.spec?;
    let list = ports(&spec);
    let name = spec.service_name.filter(|n| !n.is_empty())?;
    let mut service =
        json!({"clusterIP": "None", "selector": spec.selector.match_labels.unwrap_or_default()});
    if !list.is_empty() {
        service["ports"] = list.into();
    }
    Some(json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": namespace, "labels": set.metadata.labels.unwrap_or_default()},
        "spec": service,
    }))
}

impl Kube {
    /// The text of the headless Service that the set names.
    ///
    /// # Errors
    /// The set's; invalid where it names none.
    pub async fn governing_service(&self, namespace: &str, name: &str) -> Result<String, ApiError> {
        let api: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let set = self.answer(api.get(name)).await?;
        let service = manifest(namespace, set);
        let service = service.ok_or_else(|| ApiError::invalid(format!("{name} names no Service")))?;
        Ok(yaml(&service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_get_names_of_their_own_once_each() {
        let set = serde_json::from_value(json!({"metadata": {"name": "db"}, "spec": {
        "serviceName": "db", "selector": {"matchLabels": {"app": "db"}},
        "template": {"spec": {"containers": [
            {"name": "a", "ports": [{"name": "http", "containerPort": 80}, {"containerPort": 53, "protocol": "UDP"}]},
            {"name": "b", "ports": [{"name": "http", "containerPort": 81}, {"containerPort": 80}]},
        ]}}}}));
        let service = manifest("n", set.unwrap()).unwrap();
        let ports = &service["spec"]["ports"];
        let told: Vec<_> = ports
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["name"].as_str().unwrap())
            .collect();
        assert_eq!(told, ["http", "udp-53", "tcp-81"]);
        assert_eq!(service["spec"]["clusterIP"], "None");
        assert_eq!(service["spec"]["selector"]["app"], "db");
    }
}
