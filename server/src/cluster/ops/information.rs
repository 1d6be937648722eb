//! A set's own labels and annotations: compared with what was shown, and changed key by key.
use super::{TRIES, busy, code};
use crate::{cluster::Kube, error::Error};
use app::{
    api::ApiError,
    model::{
        information::{Change, Information},
        ops::{Now, Shown, still},
    },
};
use serde_json::{Map, Value, json};

/// The key that is no longer as it was shown.
fn changed<'a>(map: &Value, changes: &'a [Change]) -> Option<&'a Change> {
    let now = |key: &str| map.get(key).and_then(Value::as_str);
    changes.iter().find(|c| now(&c.key) != c.before.as_deref())
}

/// As a merge patch writes it: null takes a key away.
fn patch(changes: &[Change]) -> Value {
    let keys = changes.iter().map(|c| (c.key.clone(), json!(c.after)));
    Value::Object(keys.collect::<Map<_, _>>())
}

impl Kube {
    /// Changes labels and annotations of the set that was shown; its template is not touched.
    ///
    /// # Errors
    /// Conflict where the set was made anew or one of the keys was changed by somebody else; invalid as the cluster says.
    pub async fn inform(&self, shown: &Shown, information: &Information) -> Result<(), ApiError> {
        for _ in 0..TRIES {
            let object = self.raw_set(&shown.namespace, &shown.name).await?;
            let now = Now::of(&object);
            still(shown, &now)?;
            let meta = &object["metadata"];
            let label = changed(&meta["labels"], &information.labels);
            let found = label.or_else(|| changed(&meta["annotations"], &information.annotations));
            if let Some(change) = found {
                return Err(ApiError::Conflict(format!(
                    "{}: somebody else changed it meanwhile",
                    change.key
                )));
            }
            let patch = json!({"metadata": {
                "uid": shown.uid,
                "resourceVersion": now.version,
                "labels": patch(&information.labels),
                "annotations": patch(&information.annotations),
            }});
            match self.patch_set("patch", shown, &patch, false).await {
                Ok(_) => return Ok(()),
                Err(error) if code(&error) == 409 => {}
                Err(Error::NotKnown(words)) => return self.was_done(shown, &patch, words).await,
                Err(error) => return Err(error.into()),
            }
        }
        Err(busy(&shown.name))
    }
}
