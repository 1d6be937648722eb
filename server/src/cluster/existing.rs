//! Objects that a bundle names and that exist already: a create never overwrites them.
use super::{Act, Kube, edit::shown, parts::Part};
use crate::error::Error;
use app::{api::ApiError, manifest::merge::diff};
use serde_json::Value;

/// The most fields that are named.
const MOST: usize = 5;

impl Kube {
    /// Whether an existing object is what the document says: the API server is asked what a replacement would change.
    ///
    /// # Errors
    /// Conflict where it differs, with the fields; else what the cluster says.
    pub(super) async fn unchanged(&self, part: &Part) -> Result<(), ApiError> {
        let Part {
            kind,
            namespace,
            name,
            ..
        } = part;
        let path = format!("{}/{name}", part.collection()?);
        let (body, content) = part.body();
        let live = self.get_json(&path).await?;
        let request = http::Request::put(format!("{path}?fieldManager=ordinal&dryRun=All"))
            .header(http::header::CONTENT_TYPE, content)
            .header(http::header::ACCEPT, "application/json")
            .body(body)
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        let act = Act {
            verb: "update",
            kind,
            namespace,
            name,
            uid: "",
            dry_run: true,
        };
        let exists = format!("{kind} {name:?} already exists, and differs");
        let told = |fields: String| Err(ApiError::Conflict(format!("{exists}: {fields}")));
        match self.mutate::<Value>(act, request).await {
            Ok(would) => {
                let changes = diff(&shown(&live), &shown(&would));
                let names: Vec<String> = changes.iter().take(MOST).map(|c| c.path.to_string()).collect();
                if names.is_empty() {
                    Ok(())
                } else {
                    told(names.join(", "))
                }
            }
            // A field that is fixed differs, or a right is missing: in the cluster's words.
            Err(error @ Error::Refused(_)) => told(error.to_string()),
            Err(error) => Err(error.into()),
        }
    }
}
