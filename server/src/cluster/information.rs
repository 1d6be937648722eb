//! A set's own labels and annotations: compared with what was shown, and changed key by key.
use super::{Act, Kube};
use crate::error::Error;
use app::{
    api::ApiError,
    model::information::{Change, Information},
};
use k8s_openapi::api::apps::v1::StatefulSet;
use kube::{
    Api,
    api::{Patch, PatchParams},
    core::Request,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How often it begins anew because the set changed meanwhile: its status does so all the time.
const TRIES: usize = 5;

/// The key that is no longer as it was shown.
fn changed<'a>(map: Option<&BTreeMap<String, String>>, changes: &'a [Change]) -> Option<&'a Change> {
    let now = |key: &str| map.and_then(|m| m.get(key));
    changes.iter().find(|c| now(&c.key) != c.before.as_ref())
}

/// As a merge patch writes it: null takes a key away.
fn patch(changes: &[Change]) -> Value {
    let keys = changes.iter().map(|c| (c.key.clone(), json!(c.after)));
    Value::Object(keys.collect::<Map<_, _>>())
}

impl Kube {
    /// Changes labels and annotations of exactly the set with this UID; its template is not touched.
    ///
    /// # Errors
    /// Conflict where the set was made anew or one of the keys was changed by somebody else; invalid as the cluster says.
    pub async fn inform(
        &self,
        namespace: &str,
        name: &str,
        uid: &str,
        information: &Information,
    ) -> Result<(), ApiError> {
        let api: Api<StatefulSet> = Api::namespaced(self.client(), namespace);
        let mut last = ApiError::invalid("nothing to change".to_owned());
        for _ in 0..TRIES {
            let meta = self.answer(api.get(name)).await?.metadata;
            if meta.uid.as_deref() != Some(uid) {
                return Err(ApiError::Conflict(format!(
                    "statefulsets.apps \"{name}\" is no longer the one you looked at"
                )));
            }
            let label = changed(meta.labels.as_ref(), &information.labels);
            let found = label.or_else(|| changed(meta.annotations.as_ref(), &information.annotations));
            if let Some(change) = found {
                return Err(ApiError::Conflict(format!(
                    "{}: somebody else changed it meanwhile",
                    change.key
                )));
            }
            let body = json!({"metadata": {
                "uid": uid,
                "resourceVersion": meta.resource_version,
                "labels": patch(&information.labels),
                "annotations": patch(&information.annotations),
            }});
            let params = PatchParams {
                field_manager: Some("ordinal".to_owned()),
                ..PatchParams::default()
            };
            let request = Request::new(api.resource_url())
                .patch(name, &params, &Patch::Merge(&body))
                .map_err(|e| Error::Unbuildable(e.to_string()))?;
            let act = Act {
                verb: "patch",
                kind: "StatefulSet",
                namespace,
                name,
                uid,
                dry_run: false,
            };
            match self.mutate::<Value>(act, request).await.map_err(ApiError::from) {
                Ok(_) => return Ok(()),
                Err(error @ ApiError::Conflict(_)) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}
