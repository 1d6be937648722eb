//! The schema of the kinds that a bundle may hold, from the cluster's own OpenAPI: what the editor completes and checks.
use super::Kube;
use crate::error::Error;
use app::manifest::kinds::ObjectKind;
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, sync::Arc};

/// A schema, and what it was made from.
#[derive(Clone)]
pub struct Schema {
    /// The hashes under which the cluster offers its OpenAPI documents: it changes when the cluster does.
    pub version: String,
    /// JSON Schema, draft 7.
    pub json: Arc<str>,
}

/// How references begin in OpenAPI, and how they do in JSON Schema.
const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/definitions/";

impl Kube {
    /// The schema of every kind of [`ObjectKind`] that this cluster has; made anew when the cluster's changes.
    ///
    /// # Errors
    /// The cluster does not answer, or lets this person not read its OpenAPI.
    pub async fn schema(&self) -> Result<Schema, Error> {
        let index = self.get_json("/openapi/v3").await?;
        let mut urls: Vec<String> = Vec::new();
        for kind in ObjectKind::all() {
            let path = kind.collection("x");
            let group = path
                .split("/namespaces/")
                .next()
                .unwrap_or_default()
                .trim_start_matches('/');
            let url = index.pointer(&format!("/paths/{}/serverRelativeURL", group.replace('/', "~1")));
            if let Some(url) = url
                .and_then(Value::as_str)
                .filter(|url| !urls.iter().any(|u| u == url))
            {
                urls.push(url.to_owned());
            }
        }
        let version = urls.join(" ");
        let mut known = self.schema.lock().await;
        if let Some(schema) = known.as_ref().filter(|schema| schema.version == version) {
            return Ok(schema.clone());
        }
        let mut documents = Vec::new();
        for url in &urls {
            documents.push(self.get_json(url).await?);
        }
        let json = made_of(&documents).to_string().into();
        let schema = Schema { version, json };
        *known = Some(schema.clone());
        Ok(schema)
    }

    /// Any GET.
    ///
    /// # Errors
    /// The cluster's.
    pub async fn get_json(&self, path: &str) -> Result<Value, Error> {
        let request = http::Request::get(path)
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        self.answer(self.client.request(request)).await
    }
}

/// One schema: by `kind` and `apiVersion`, each kind's own.
fn made_of(documents: &[Value]) -> Value {
    let find = |name: &str| {
        documents
            .iter()
            .find_map(|d| d.pointer("/components/schemas")?.as_object()?.get(name))
    };
    let names = || {
        documents
            .iter()
            .filter_map(|d| d.pointer("/components/schemas")?.as_object())
            .flat_map(Map::keys)
    };
    let mut definitions = Map::new();
    let mut rules = Vec::new();
    let mut wanted: Vec<String> = Vec::new();
    for kind in ObjectKind::all() {
        let Some(name) = names().find(|name| find(name).is_some_and(|schema| is(schema, *kind))) else {
            continue;
        };
        wanted.push(name.clone());
        let is = json!({"kind": {"const": kind.kind}, "apiVersion": {"const": kind.api_version}});
        rules.push(json!({
            "if": {"properties": is, "required": ["kind", "apiVersion"]},
            "then": {"$ref": format!("{DEFINITIONS}{name}")},
        }));
    }
    while let Some(name) = wanted.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let mut schema = find(&name).cloned().unwrap_or_default();
        let mut found = BTreeSet::new();
        rewrite(&mut schema, &mut found);
        definitions.insert(name, schema);
        wanted.extend(found);
    }
    let kinds: Vec<&str> = ObjectKind::all().iter().map(|k| k.kind).collect();
    let versions: BTreeSet<&str> = ObjectKind::all().iter().map(|k| k.api_version).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        // Offered while a document is still without them.
        "properties": {"kind": {"type": "string", "enum": kinds}, "apiVersion": {"type": "string", "enum": versions}},
        "allOf": rules,
        "definitions": definitions,
    })
}

fn is(schema: &Value, kind: ObjectKind) -> bool {
    let (group, version) = kind
        .api_version
        .rsplit_once('/')
        .unwrap_or(("", kind.api_version));
    let names = schema
        .get("x-kubernetes-group-version-kind")
        .and_then(Value::as_array);
    names.is_some_and(|names| {
        names
            .iter()
            .any(|n| n["group"] == group && n["version"] == version && n["kind"] == kind.kind)
    })
}

/// From OpenAPI to what the editor understands: references, no unknown keys in objects whose keys are known, and
/// `null` wherever a value may be left out, since the API server takes it for nothing.
fn rewrite(schema: &mut Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, found)),
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(name) = reference.strip_prefix(COMPONENTS)
            {
                found.insert(name.to_owned());
                *reference = format!("{DEFINITIONS}{name}");
            }
            map.retain(|key, _| !key.starts_with("x-kubernetes-") && key != "default");
            if map.contains_key("properties") && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            if let Some(kind @ Value::String(_)) = map.get_mut("type") {
                *kind = json!([kind.take(), "null"]);
            }
            // `properties` holds names, not words of the schema.
            for (key, value) in map.iter_mut() {
                match value {
                    Value::Object(fields) if key == "properties" => {
                        fields.values_mut().for_each(|field| rewrite(field, found));
                    }
                    value => rewrite(value, found),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_holds_what_it_refers_to_and_no_more() {
        let document = json!({"components": {"schemas": {
            "Set": {
                "x-kubernetes-group-version-kind": [{"group": "apps", "version": "v1", "kind": "StatefulSet"}],
                "type": "object",
                "properties": {
                    "type": {"type": "string", "default": ""},
                    "spec": {"allOf": [{"$ref": "#/components/schemas/Spec"}], "default": {}},
                },
            },
            "Spec": {"type": "object", "properties": {"labels": {"type": "object", "additionalProperties": {"type": "string"}}}},
            "Other": {"type": "object"},
        }}});
        let schema = made_of(&[document]);
        let names: Vec<&String> = schema["definitions"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["Set", "Spec"]);
        assert_eq!(schema["allOf"][0]["then"]["$ref"], "#/definitions/Set");
        let set = &schema["definitions"]["Set"];
        assert_eq!(set["additionalProperties"], false);
        // A field that is called `type` is a field.
        assert_eq!(set["properties"]["type"], json!({"type": ["string", "null"]}));
        assert_eq!(
            set["properties"]["spec"]["allOf"][0]["$ref"],
            "#/definitions/Spec"
        );
        let labels = &schema["definitions"]["Spec"]["properties"]["labels"];
        assert_eq!(
            labels["additionalProperties"],
            json!({"type": ["string", "null"]})
        );
    }
}
