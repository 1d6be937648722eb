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

/// What the API server draws by lot for a Service where nobody says it. Each dry run draws anew, so what one drew is
/// neither a change that somebody made nor what is to be stored: it is left to the cluster.
pub(super) fn without_lots(subject: Subject, mut mine: Value, text: &Value, base: &Value) -> Value {
    if subject == Subject::StatefulSet {
        return mine;
    }
    for key in ["clusterIP", "clusterIPs", "healthCheckNodePort"] {
        let said = |object: &Value| object["spec"].get(key).is_some();
        if let Some(spec) = mine["spec"]
            .as_object_mut()
            .filter(|_| !said(text) && !said(base))
        {
            spec.remove(key);
        }
    }
    let ports = |object: &Value| object["spec"]["ports"].as_array().cloned().unwrap_or_default();
    let (written, before) = (ports(text), ports(base));
    let mine_ports = mine.pointer_mut("/spec/ports").and_then(Value::as_array_mut);
    for (n, port) in mine_ports.into_iter().flatten().enumerate() {
        let drawn = port["nodePort"].clone();
        let said = written.get(n).is_some_and(|p| p.get("nodePort").is_some());
        let kept = before.iter().any(|p| p["nodePort"] == drawn);
        if let Some(port) = port.as_object_mut().filter(|_| !said && !kept) {
            port.remove("nodePort");
        }
    }
    mine
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
    fn what_was_drawn_by_lot_is_left_to_the_cluster() {
        let service = |ports: Value| json!({"spec": {"clusterIP": "10.0.0.7", "ports": ports}});
        let base = service(json!([{"port": 80, "nodePort": 30080}, {"port": 81}, {"port": 82}]));
        let text = service(json!([{"port": 80}, {"port": 81}, {"port": 82, "nodePort": 30082}]));
        let mine = service(
            json!([{"port": 80, "nodePort": 30080}, {"port": 81, "nodePort": 31234},
            {"port": 82, "nodePort": 30082}]),
        );
        let wanted =
            service(json!([{"port": 80, "nodePort": 30080}, {"port": 81}, {"port": 82, "nodePort": 30082}]));
        assert_eq!(without_lots(Subject::Service, mine.clone(), &text, &base), wanted);
        assert_eq!(
            without_lots(Subject::StatefulSet, mine.clone(), &text, &base),
            mine
        );
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
