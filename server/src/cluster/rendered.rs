//! What the controller will make of a set: asked about before the set is created.
use super::{
    Act, Kube,
    parts::{Part, is_dns_name},
};
use crate::error::Error;
use app::model::{create::Said, said::plain};
use serde_json::{Value, json};

impl Kube {
    /// What the cluster says of the first pod of a set, and of that pod's claims: quotas, Pod Security, a missing account.
    /// Who may not create pods is told nothing.
    pub(super) async fn first_pod(&self, part: &Part, would: &Value) -> Vec<Said> {
        let start = would
            .pointer("/spec/ordinals/start")
            .and_then(Value::as_i64)
            .unwrap_or(0);
        let (Some(template), true) = (would.pointer("/spec/template"), is_dns_name(&part.name)) else {
            return Vec::new();
        };
        let name = format!("{}-{start}", part.name);
        let mut pod = template.clone();
        let mut claims = Vec::new();
        let templates = would
            .pointer("/spec/volumeClaimTemplates")
            .and_then(Value::as_array);
        for claim in templates.into_iter().flatten() {
            let template = claim
                .pointer("/metadata/name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let claim_name = format!("{template}-{name}");
            let volume = json!({"name": template, "persistentVolumeClaim": {"claimName": claim_name}});
            if let Some(spec) = pod.get_mut("spec").and_then(Value::as_object_mut) {
                let volumes = spec.entry("volumes").or_insert_with(|| json!([]));
                if let Some(volumes) = volumes.as_array_mut() {
                    volumes.retain(|v| v["name"] != *template);
                    volumes.push(volume);
                }
            }
            claims.push(json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": {"name": claim_name}, "spec": claim["spec"]}));
        }
        pod["apiVersion"] = json!("v1");
        pod["kind"] = json!("Pod");
        pod["metadata"]["name"] = json!(name);
        pod["metadata"]
            .as_object_mut()
            .map(|m| m.remove("creationTimestamp"));
        let mut said = Vec::new();
        for (plural, object) in
            std::iter::once(("pods", pod)).chain(claims.into_iter().map(|c| ("persistentvolumeclaims", c)))
        {
            said.extend(self.rendered(part, plural, &object).await);
        }
        said
    }

    async fn rendered(&self, part: &Part, plural: &str, object: &Value) -> Option<Said> {
        let name = object
            .pointer("/metadata/name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let path = format!("/api/v1/namespaces/{}/{plural}?dryRun=All", part.namespace);
        let request = http::Request::post(path)
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(object.to_string().into_bytes())
            .ok()?;
        let act = Act {
            verb: "create",
            kind: object["kind"].as_str().unwrap_or_default(),
            namespace: &part.namespace,
            name,
            uid: "",
            dry_run: true,
        };
        match self.mutate::<Value>(act, request).await {
            Err(Error::Refused(status)) => {
                // No right to create pods says nothing about the set's controller, which has it.
                let rights = status.message.contains("cannot create resource");
                let words = plain(&status.message);
                (!rights && status.reason != "AlreadyExists").then(|| Said {
                    document: part.index,
                    field: String::new(),
                    words,
                })
            }
            _ => None,
        }
    }
}
