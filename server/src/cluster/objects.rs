//! Objects beside a set that the wizard makes at once: a namespace with its quota, and the Secret of a registry.
use super::{Act, Kube, parts::is_dns_name};
use crate::error::Error;
use app::{api::ApiError, manifest::default::DESCRIPTION, ports::Login};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

/// The name of the quota of a new namespace.
const QUOTA: &str = "quota";

impl Kube {
    /// Creates one object in a collection.
    async fn create_object(&self, collection: &str, object: &Value) -> Result<Value, Error> {
        let text = |pointer: &str| {
            object
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let name = text("/metadata/name");
        let namespace = match text("/metadata/namespace") {
            // A Namespace is in none.
            "" => name,
            given => given,
        };
        let request = http::Request::post(format!(
            "{collection}?fieldValidation=Strict&fieldManager=ordinal"
        ))
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(object.to_string().into_bytes())
        .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "create",
            kind: text("/kind"),
            namespace,
            name,
            uid: "",
            dry_run: false,
        };
        self.mutate(act, request).await
    }

    /// A namespace, and its quota. Where that is refused the namespace goes again: nobody shall believe it has one.
    ///
    /// # Errors
    /// Invalid for what is no name; else what the cluster says.
    pub async fn create_namespace(
        &self,
        name: &str,
        description: &str,
        quota: Vec<(String, String)>,
    ) -> Result<(), ApiError> {
        if !is_dns_name(name) {
            return Err(ApiError::invalid(format!("metadata.name: {name:?} is no name")));
        }
        let mut space = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        if !description.is_empty() {
            space["metadata"]["annotations"] = json!({ DESCRIPTION: description });
        }
        let made = self.create_object("/api/v1/namespaces", &space).await?;
        let hard: Map<String, Value> = quota
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key, Value::String(value)))
            .collect();
        if hard.is_empty() {
            return Ok(());
        }
        let quota = json!({
            "apiVersion": "v1", "kind": "ResourceQuota",
            "metadata": {"name": QUOTA, "namespace": name}, "spec": {"hard": hard},
        });
        let path = format!("/api/v1/namespaces/{name}/resourcequotas");
        let Err(refused) = self.create_object(&path, &quota).await else {
            return Ok(());
        };
        let act = Act {
            verb: "delete",
            kind: "Namespace",
            namespace: name,
            name,
            uid: made
                .pointer("/metadata/uid")
                .and_then(Value::as_str)
                .unwrap_or_default(),
            dry_run: false,
        };
        self.delete_by_uid(act, format!("/api/v1/namespaces/{name}"), "Background")
            .await?;
        Err(refused.into())
    }

    /// A Secret of type `kubernetes.io/dockerconfigjson`.
    ///
    /// # Errors
    /// Invalid where a part is missing; else what the cluster says.
    pub async fn create_pull_secret(
        &self,
        namespace: &str,
        name: &str,
        login: Login,
    ) -> Result<(), ApiError> {
        let Login {
            registry,
            user,
            password,
        } = login;
        if !is_dns_name(namespace) || !is_dns_name(name) {
            return Err(ApiError::invalid(format!("metadata.name: {name:?} is no name")));
        }
        if registry.is_empty() || user.is_empty() || password.is_empty() {
            return Err(ApiError::invalid(
                "a registry, a user and a password are needed".to_owned(),
            ));
        }
        let auth = BASE64_STANDARD.encode(format!("{user}:{password}"));
        let config = json!({"auths": {registry: {"username": user, "password": password, "auth": auth}}});
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/dockerconfigjson",
            "metadata": {"name": name, "namespace": namespace},
            "data": {".dockerconfigjson": BASE64_STANDARD.encode(config.to_string())},
        });
        let path = format!("/api/v1/namespaces/{namespace}/secrets");
        self.create_object(&path, &secret).await?;
        Ok(())
    }
}
