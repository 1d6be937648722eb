//! Which kinds this cluster serves, and under which names: asked by discovery, never listed in code.
use super::Kube;
use crate::error::Error;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

/// How long what a cluster serves is believed: a definition may come at any time.
const FRESH: Duration = Duration::from_secs(30);

/// One kind of a group and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Served {
    /// `kind`
    kind: String,
    /// The name of its collection in a URL.
    plural: String,
    /// Whether its objects are in a namespace.
    pub(super) namespaced: bool,
}

/// What was served, by `apiVersion`.
pub(super) type Known = HashMap<String, (Instant, Arc<Vec<Served>>)>;

impl Served {
    /// The path of its collection.
    pub(super) fn collection(&self, api_version: &str, namespace: &str) -> String {
        let root = root(api_version);
        if self.namespaced {
            format!("{root}/namespaces/{namespace}/{}", self.plural)
        } else {
            format!("{root}/{}", self.plural)
        }
    }
}

/// The path of a group and version.
fn root(api_version: &str) -> String {
    // Only the group of old has no group in its name.
    let root = if api_version.contains('/') { "apis" } else { "api" };
    format!("/{root}/{api_version}")
}

/// A version goes into a URL: nothing is sent that is none.
fn is_api_version(text: &str) -> bool {
    let part = |p: &str| {
        !p.is_empty()
            && p.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
    };
    let mut parts = text.split('/');
    let good = parts.by_ref().take(2).all(part);
    good && parts.next().is_none() && !text.is_empty() && !text.contains("..")
}

fn served(list: &Value) -> Vec<Served> {
    let resources = list.get("resources").and_then(Value::as_array);
    let one = |resource: &Value| {
        let text = |key: &str| resource.get(key).and_then(Value::as_str);
        // Subresources have the kind of what they are part of.
        let plural = text("name").filter(|name| !name.contains('/'))?;
        Some(Served {
            kind: text("kind")?.to_owned(),
            plural: plural.to_owned(),
            namespaced: resource
                .get("namespaced")
                .and_then(Value::as_bool)
                .unwrap_or(false),
        })
    };
    resources.into_iter().flatten().filter_map(one).collect()
}

impl Kube {
    /// The kind as this cluster serves it; `None` where it does not. `anew` asks though it was asked a moment ago.
    ///
    /// # Errors
    /// The cluster does not answer, or forbids discovery.
    pub(super) async fn served(
        &self,
        kind: &str,
        api_version: &str,
        anew: bool,
    ) -> Result<Option<Served>, Error> {
        if !is_api_version(api_version) {
            return Ok(None);
        }
        let find = |all: &[Served]| all.iter().find(|s| s.kind == kind).cloned();
        let known = self.served.lock().await.get(api_version).cloned();
        if let Some((at, all)) = known
            && !anew
            && at.elapsed() < FRESH
        {
            return Ok(find(&all));
        }
        let all = match self.get_json(&root(api_version)).await {
            Ok(list) => served(&list),
            Err(Error::Refused(status)) if status.code == 404 => Vec::new(),
            Err(error) => return Err(error),
        };
        let found = find(&all);
        let entry = (Instant::now(), Arc::new(all));
        self.served.lock().await.insert(api_version.to_owned(), entry);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_versions_go_into_a_url() {
        for good in ["v1", "apps/v1", "networking.k8s.io/v1beta1"] {
            assert!(is_api_version(good), "{good}");
        }
        for bad in [
            "", "/v1", "v1/", "a/b/c", "../v1", "v1?x=1", "apps/V1", "a..b/v1", "v1#",
        ] {
            assert!(!is_api_version(bad), "{bad}");
        }
    }

    #[test]
    fn a_kind_is_found_by_its_own_name() {
        let list = json!({"resources": [
            {"name": "pods/exec", "kind": "PodExecOptions", "namespaced": true},
            {"name": "pods", "kind": "Pod", "namespaced": true},
            {"name": "namespaces", "kind": "Namespace", "namespaced": false},
        ]});
        let all = served(&list);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].collection("v1", "shop"), "/api/v1/namespaces/shop/pods");
        assert_eq!(all[1].collection("v1", "shop"), "/api/v1/namespaces");
        assert_eq!(
            all[0].collection("apps/v1", "x"),
            "/apis/apps/v1/namespaces/x/pods"
        );
    }
}
