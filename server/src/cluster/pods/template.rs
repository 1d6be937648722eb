//! What the pods of a set are made of.
use super::{super::Kube, body::body};
use app::{api::ApiError, model::pod::Template};
use k8s_openapi::api::{apps::v1::StatefulSet, core::v1::Pod};
use kube::{Api, api::ObjectMeta};

impl Kube {
    /// The set's template as a pod's page would show it; of Secrets the keys alone.
    ///
    /// # Errors
    /// The set's; what a variable refers to is told beside it.
    pub async fn template(&self, namespace: &str, name: &str) -> Result<Template, ApiError> {
        let api: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let set = self.answer(api.get(name)).await?;
        let template = set.spec.unwrap_or_default().template;
        let meta = template.metadata.unwrap_or_default();
        // A template has no name: what refers to the pod's own is not known here.
        let mut pod = Pod {
            metadata: ObjectMeta {
                namespace: Some(namespace.to_owned()),
                labels: meta.labels,
                annotations: meta.annotations,
                ..ObjectMeta::default()
            },
            spec: template.spec,
            status: None,
        };
        let environment = self.environment_of(namespace, &pod).await;
        pod.metadata.name = Some(name.to_owned());
        Ok(Template {
            body: body(&pod).unwrap_or_default(),
            environment,
        })
    }
}
