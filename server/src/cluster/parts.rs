//! A text as the requests that create it: objects, where each goes, and in which order.
use super::{Kube, kinds::Served};
use crate::error::Error;
use app::{
    api::{ApiError, FieldError},
    manifest::{Bundle, Finding, lists::objects, strict},
    model::create::{Created, Order},
};
use serde_json::Value;

/// One object as a request.
pub(super) struct Part {
    /// The document of the text that it stands in.
    pub index: usize,
    pub kind: String,
    pub api_version: String,
    pub namespace: String,
    /// Empty where the cluster completes a `generateName`.
    pub name: String,
    /// As it stands in the text.
    pub text: String,
    /// As kubectl would send it.
    pub json: Value,
    /// A strict reader refuses the text for a key that stands twice; kubectl sends the last one.
    pub doubled: bool,
    /// Where it goes; `None` while the cluster does not serve its kind.
    pub served: Option<Served>,
    /// A Namespace or a definition of the same text must be made before.
    pub later: bool,
}

impl Part {
    /// The path of its collection.
    ///
    /// # Errors
    /// The cluster does not serve its kind.
    pub fn collection(&self) -> Result<String, Error> {
        let served = self.served.as_ref();
        let path = served.map(|s| s.collection(&self.api_version, &self.namespace));
        path.ok_or_else(|| {
            Error::Unbuildable(format!(
                "this cluster has no {} of {}",
                self.kind, self.api_version
            ))
        })
    }

    /// Whether an object that was created is this one; its name may have been completed by the cluster.
    pub fn became(&self, made: &Created) -> bool {
        let prefix = self
            .json
            .pointer("/metadata/generateName")
            .and_then(Value::as_str);
        let named = match prefix {
            Some(prefix) if self.name.is_empty() => made.name.starts_with(prefix),
            _ => made.name == self.name,
        };
        named && made.kind == self.kind && made.namespace == self.namespace
    }

    /// The body of a request, and what it is.
    pub fn body(&self) -> (Vec<u8>, &'static str) {
        if self.doubled {
            (self.json.to_string().into_bytes(), "application/json")
        } else {
            (self.text.clone().into_bytes(), "application/yaml")
        }
    }
}

/// Names go into URLs: nothing that is no DNS name is ever sent.
pub(crate) fn is_dns_name(text: &str) -> bool {
    let inner = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'.';
    let end = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let bytes = text.as_bytes();
    bytes.len() <= 253 && end(bytes.first()) && end(bytes.last()) && bytes.iter().copied().all(inner)
}

/// Names of roles and bindings may have colons, and the like; none of them is a path of its own.
pub(super) fn is_path_name(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "/%?#\\\"<>".contains(c);
    !text.is_empty() && text.len() <= 253 && text != "." && text != ".." && !text.contains(odd)
}

/// Before what: what others name comes first, the sets last; within a rank the order of the text holds.
fn rank(kind: &str) -> usize {
    const RANKS: &[&[&str]] = &[
        &["Namespace"],
        &["CustomResourceDefinition"],
        &["ServiceAccount"],
        &["ClusterRole", "Role"],
        &["ClusterRoleBinding", "RoleBinding"],
        &["StorageClass", "PriorityClass", "RuntimeClass"],
        &["ResourceQuota", "LimitRange", "Secret", "ConfigMap"],
        &["PersistentVolume", "PersistentVolumeClaim"],
        &["Service"],
    ];
    match kind {
        "StatefulSet" => RANKS.len() + 1,
        kind => RANKS
            .iter()
            .position(|kinds| kinds.contains(&kind))
            .unwrap_or(RANKS.len()),
    }
}

fn field(name: &str, value: &str) -> ApiError {
    let message = format!("{name}: {value:?} is no name");
    ApiError::Invalid {
        fields: vec![FieldError {
            field: name.to_owned(),
            message: message.clone(),
        }],
        message,
    }
}

/// A part, or the document that is none and why.
type Read = Result<Part, (usize, ApiError)>;

/// The objects of a text. Nothing is asked of the cluster here.
fn read(order: &Order, home: &str) -> Result<Vec<Read>, ApiError> {
    let told = |f: Finding| ApiError::invalid(format!("line {}, column {}: {}", f.line, f.column, f.problem));
    let bundle = Bundle::read(&order.text).map_err(told)?;
    if let Some(found) = strict::check(&bundle) {
        return Err(told(found));
    }
    let mut parts = Vec::new();
    for index in 0..bundle.documents.len() {
        for text in objects(&bundle, index) {
            let one = Bundle::read(&text).map_err(told)?;
            parts.extend(one.documents.first().map(|_| part(index, &one, home)));
        }
    }
    if parts.is_empty() {
        return Err(ApiError::invalid("there is nothing to create".to_owned()));
    }
    Ok(parts)
}

fn part(index: usize, bundle: &Bundle, home: &str) -> Result<Part, (usize, ApiError)> {
    let (json, doubled) = bundle.json(0);
    let text = |pointer: &str| {
        json.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (kind, api_version) = (text("/kind"), text("/apiVersion"));
    if kind.is_empty() || api_version.is_empty() {
        return Err((index, ApiError::invalid("no apiVersion and kind".to_owned())));
    }
    let (name, generated) = (text("/metadata/name"), text("/metadata/generateName"));
    if !is_path_name(&name) && (generated.is_empty() || !name.is_empty()) {
        return Err((index, field("metadata.name", &name)));
    }
    let namespace = match text("/metadata/namespace") {
        none if none.is_empty() => home.to_owned(),
        named => named,
    };
    Ok(Part {
        index,
        kind,
        api_version,
        namespace,
        name,
        text: bundle.text.clone(),
        doubled,
        json,
        served: None,
        later: false,
    })
}

/// What a definition of the text will serve: `apiVersion` and `kind`.
fn defines(definition: &Part, part: &Part) -> bool {
    let text = |pointer: &str| definition.json.pointer(pointer).and_then(Value::as_str);
    let group = part.api_version.split_once('/').map(|(group, _)| group);
    definition.kind == "CustomResourceDefinition"
        && text("/spec/names/kind") == Some(&part.kind)
        && text("/spec/group") == group
}

impl Kube {
    /// The objects of a text in the order of creation, each with its collection; and those that are none.
    ///
    /// # Errors
    /// Invalid where the text cannot be read, or nothing is in it; the cluster's where discovery fails.
    pub(super) async fn parts(&self, order: &Order) -> Result<(Vec<Part>, Vec<(usize, ApiError)>), ApiError> {
        let home = match order.namespace.as_str() {
            "" => self.names.namespace.clone(),
            named => named.to_owned(),
        };
        let (mut parts, mut refused) = (Vec::new(), Vec::new());
        for one in read(order, &home)? {
            match one {
                Ok(part) => parts.push(part),
                Err(error) => refused.push(error),
            }
        }
        parts.sort_by_key(|p| (rank(&p.kind), p.index));
        for n in 0..parts.len() {
            let served = self.served(&parts[n].kind, &parts[n].api_version, false).await?;
            let defined = parts.iter().any(|d| defines(d, &parts[n]));
            let part = &mut parts[n];
            match served {
                Some(served) if served.namespaced && !is_dns_name(&part.namespace) => {
                    refused.push((part.index, field("metadata.namespace", &part.namespace)));
                }
                Some(served) => {
                    if !served.namespaced {
                        part.namespace.clear();
                    }
                    part.served = Some(served);
                }
                None if defined => {}
                None => {
                    let words = format!("this cluster has no {} of {}", part.kind, part.api_version);
                    let fields = vec![FieldError {
                        field: "apiVersion".to_owned(),
                        message: words.clone(),
                    }];
                    refused.push((
                        part.index,
                        ApiError::Invalid {
                            message: words,
                            fields,
                        },
                    ));
                }
            }
            part.later = defined && part.served.is_none();
        }
        parts.retain(|p| p.served.is_some() || p.later);
        parts.retain(|p| !p.served.as_ref().is_some_and(|s| s.namespaced) || is_dns_name(&p.namespace));
        Ok((parts, refused))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let order = Order {
            text: text.to_owned(),
            ..Order::default()
        };
        let mut parts: Vec<Part> = read(&order, "home")
            .unwrap()
            .into_iter()
            .filter_map(Result::ok)
            .collect();
        parts.sort_by_key(|p| (rank(&p.kind), p.index));
        parts
            .into_iter()
            .map(|p| format!("{} {}/{}", p.kind, p.namespace, p.name))
            .collect()
    }

    #[test]
    fn what_others_need_comes_first_and_the_sets_last() {
        let object = |kind: &str, name: &str| {
            format!("---\napiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}}}\n")
        };
        let text = [
            "StatefulSet a",
            "Widget b",
            "Service c",
            "ConfigMap d",
            "Namespace e",
            "Job f",
        ];
        let text: String = text
            .iter()
            .map(|o| o.split_once(' ').unwrap())
            .map(|(k, n)| object(k, n))
            .collect();
        assert_eq!(
            kinds(&text),
            [
                "Namespace home/e",
                "ConfigMap home/d",
                "Service home/c",
                "Widget home/b",
                "Job home/f",
                "StatefulSet home/a"
            ]
        );
    }

    #[test]
    fn a_list_is_its_members() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: x}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {generateName: b-}}\n";
        assert_eq!(kinds(text), ["ConfigMap x/a", "ConfigMap home/"]);
    }

    #[test]
    fn no_name_becomes_a_path() {
        for bad in ["", "..", "a/b", "a?b", "a b", "a%2f"] {
            assert!(!is_path_name(bad), "{bad}");
        }
        assert!(is_path_name("system:node") && is_path_name("db-0.x"));
    }

    #[test]
    fn a_key_that_stands_twice_is_sent_as_kubectl_does() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {y: 'a', on: 'b'}}\ndata: {k: v, k: w}\n";
        let order = Order {
            text: text.to_owned(),
            ..Order::default()
        };
        let parts = read(&order, "x").unwrap();
        let part = parts.into_iter().next().and_then(Result::ok).unwrap();
        let (body, content) = part.body();
        assert_eq!(content, "application/json");
        let sent: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(sent["data"], serde_json::json!({"k": "w"}));
        assert_eq!(sent["metadata"]["labels"], serde_json::json!({"true": "b"}));
    }
}
