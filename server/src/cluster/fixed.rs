//! What an edit changes that is fixed once the object exists.
use super::{
    Act, Kube,
    edit::{changed, path, read, shown},
};
use crate::error::Error;
use app::{
    manifest::merge::diff,
    model::{
        edit::{Impact, Subject},
        saving::{Changed, Edited},
    },
};
use serde_json::Value;

impl Kube {
    /// What the user changed that the cluster refuses for an object that exists. The text of a set gets the cluster's
    /// defaults first, as those of a new one, so that what a manifest leaves out is no change. A Service cannot be
    /// tried so, for its address is given to it already; what its text leaves out of it stays as it is.
    pub(super) async fn fixed(&self, base: &Value, edited: &Edited) -> Vec<Changed> {
        let fixed = |c: &Changed| c.impact == Impact::Immutable;
        let (mut mine, _) = read(&edited.text);
        if edited.subject == Subject::Service {
            let changes = diff(base, &mine).into_iter().filter(|c| c.after.is_some());
            return changes
                .map(|c| changed(edited.subject, c))
                .filter(fixed)
                .collect();
        }
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
        let changes = diff(base, &shown(&whole)).into_iter();
        changes
            .map(|c| changed(edited.subject, c))
            .filter(fixed)
            .collect()
    }

    async fn would_create(&self, edited: &Edited, object: &Value) -> Result<Value, Error> {
        let collection = path(edited.subject, &edited.namespace, &edited.name)?;
        let collection = collection.rsplit_once('/').map_or("", |(above, _)| above);
        let request = http::Request::post(format!("{collection}?fieldManager=ordinal&dryRun=All"))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(object.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "create",
            kind: edited.subject.kind(),
            namespace: &edited.namespace,
            name: "",
            uid: "",
            dry_run: true,
        };
        self.mutate(act, request).await
    }
}
