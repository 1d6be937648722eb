//! What an edit changes that is fixed once a set exists.
use super::{
    Act, Kube,
    edit::{changed, path, read, shown},
};
use crate::error::Error;
use app::{
    api::edit::{Changed, Edited},
    manifest::merge::diff,
    model::edit::Impact,
};
use serde_json::Value;

impl Kube {
    /// What the user changed that the cluster refuses for a set that exists. The text gets the cluster's defaults first,
    /// as those of a new set, so that what a manifest leaves out is no change.
    pub(super) async fn fixed(&self, base: &Value, edited: &Edited) -> Vec<Changed> {
        let (mut mine, _) = read(&edited.text);
        if let Some(metadata) = mine.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("name");
            metadata.insert("generateName".to_owned(), Value::from("ordinal-"));
        }
        let whole = match self.would_create(edited, &mine).await {
            Ok(mut object) => {
                object["metadata"] = base["metadata"].clone();
                object
            }
            Err(_) => read(&edited.text).0,
        };
        let changes = diff(base, &shown(&whole)).into_iter().map(changed);
        changes.filter(|c| c.impact == Impact::Immutable).collect()
    }

    async fn would_create(&self, edited: &Edited, object: &Value) -> Result<Value, Error> {
        let collection = path(&edited.namespace, &edited.name)?;
        let collection = collection.rsplit_once('/').map_or("", |(above, _)| above);
        let request = http::Request::post(format!("{collection}?fieldManager=ordinal&dryRun=All"))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(object.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "create",
            kind: "StatefulSet",
            namespace: &edited.namespace,
            name: "",
            uid: "",
            dry_run: true,
        };
        self.mutate(act, request).await
    }
}
