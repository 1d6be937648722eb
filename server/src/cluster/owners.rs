//! Who owns a field, after `metadata.managedFields` (Kubernetes, "Server-Side Apply", field management).
use app::manifest::{Path, Segment};
use serde_json::Value;

/// The manager that last wrote the field at a path; `None` where none is noted.
pub(super) fn owner(managed: &Value, path: &Path) -> Option<String> {
    let mut entries: Vec<&Value> = managed
        .as_array()?
        .iter()
        .filter(|entry| entry.get("fieldsV1").is_some_and(|fields| holds(fields, &path.0)))
        .collect();
    // Times are written so that they sort as text.
    entries.sort_by_key(|entry| entry.get("time").and_then(Value::as_str).unwrap_or_default());
    entries.last()?.get("manager")?.as_str().map(str::to_owned)
}

/// Whether a set of fields has the path, something below it, or a value that it is a part of.
fn holds(fields: &Value, path: &[Segment]) -> bool {
    let Some((segment, rest)) = path.split_first() else {
        return true;
    };
    let Some(map) = fields.as_object() else {
        return false;
    };
    // An empty set stands for a value that is owned as a whole, however deep the path goes.
    if map.is_empty() {
        return true;
    }
    let next = match segment {
        Segment::Key(key) => map.get(&format!("f:{key}")),
        Segment::Item { key, value } => map.iter().find_map(|(name, fields)| {
            let keys: Value = serde_json::from_str(name.strip_prefix("k:")?).ok()?;
            (keys.get(key)?.as_str()? == value).then_some(fields)
        }),
        Segment::Index(_) => None,
    };
    next.is_some_and(|fields| holds(fields, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_writer_of_a_field_owns_it() {
        let at = |segments: &[Segment]| Path(segments.to_vec());
        let key = |k: &str| Segment::Key(k.into());
        let image = at(&[
            key("spec"),
            key("containers"),
            Segment::Item {
                key: "name".into(),
                value: "db".into(),
            },
            key("image"),
        ]);
        let fields = json!({"f:spec": {"f:replicas": {}, "f:containers": {"k:{\"name\":\"db\"}": {"f:image": {}}}, "f:list": {}}});
        let managed = json!([
            {"manager": "helm", "time": "2026-01-01T00:00:00Z", "fieldsV1": fields},
            {"manager": "kubectl", "time": "2026-01-02T00:00:00Z", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
        ]);
        assert_eq!(owner(&managed, &image).as_deref(), Some("helm"));
        assert_eq!(
            owner(&managed, &at(&[key("spec"), key("replicas")])).as_deref(),
            Some("kubectl")
        );
        assert_eq!(
            owner(&managed, &at(&[key("spec"), key("list"), key("x")])).as_deref(),
            Some("helm")
        );
        assert_eq!(owner(&managed, &at(&[key("status")])), None);
    }
}
