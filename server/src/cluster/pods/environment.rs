//! The environment of a pod's containers, read now; and the one way by which a value of a Secret leaves the server.
use super::super::Kube;
use crate::error::Error;
use app::{
    api::ApiError,
    model::{
        pod::env::{Environment, Origin, Unread, Value, Variable},
        said::calm,
    },
};
use k8s_openapi::api::core::v1::{ConfigMap, Container, EnvFromSource, EnvVar, EnvVarSource, Pod, Secret};
use kube::Api;
use std::collections::{BTreeMap, BTreeSet};

/// What was read of a ConfigMap or Secret: its values, of a Secret its keys alone; none where it does not exist.
type Read = Result<Option<BTreeMap<String, Option<String>>>, ApiError>;

/// The ConfigMaps and Secrets that a pod's variables name, by kind and name.
struct Sources(BTreeMap<(&'static str, String), Read>);

const CONFIG_MAP: &str = "ConfigMap";
const SECRET: &str = "Secret";

/// Missing is no error: the variable says it.
fn found<T>(answer: Result<T, Error>) -> Result<Option<T>, ApiError> {
    match answer.map_err(ApiError::from) {
        Ok(object) => Ok(Some(object)),
        Err(ApiError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Kube {
    async fn config_map(&self, namespace: &str, name: &str) -> Read {
        let api: Api<ConfigMap> = Api::namespaced(self.client(), namespace);
        let map = found(self.answer(api.get(name)).await)?;
        Ok(map.map(|m| m.data.into_iter().flatten().map(|(k, v)| (k, Some(v))).collect()))
    }

    async fn secret_keys(&self, namespace: &str, name: &str) -> Read {
        let api: Api<Secret> = Api::namespaced(self.client(), namespace);
        let secret = found(self.answer(api.get(name)).await)?;
        Ok(secret.map(|s| s.data.into_iter().flatten().map(|(k, _)| (k, None)).collect()))
    }

    /// Each container's variables. Secrets are read for their keys only.
    ///
    /// # Errors
    /// The pod's; what a variable refers to is told beside it.
    pub async fn environment(&self, namespace: &str, name: &str) -> Result<Vec<Environment>, ApiError> {
        let api: Api<Pod> = Api::namespaced(self.client(), namespace);
        let pod = self.answer(api.get(name)).await?;
        Ok(self.environment_of(namespace, &pod).await)
    }

    /// The same for a pod that was read, or for one that is only a template.
    pub(super) async fn environment_of(&self, namespace: &str, pod: &Pod) -> Vec<Environment> {
        let spec = pod.spec.clone().unwrap_or_default();
        let containers: Vec<Container> = spec
            .init_containers
            .into_iter()
            .flatten()
            .chain(spec.containers)
            .collect();
        let mut sources = Sources(BTreeMap::new());
        for (kind, source) in containers.iter().flat_map(named).collect::<BTreeSet<_>>() {
            let read = if kind == SECRET {
                self.secret_keys(namespace, &source).await
            } else {
                self.config_map(namespace, &source).await
            };
            sources.0.insert((kind, source), read);
        }
        containers.iter().map(|c| resolved(c, pod, &sources)).collect()
    }

    /// The value of one key. Whoever asks needs the right to `get` this Secret; that they did is in the audit log.
    ///
    /// # Errors
    /// The cluster's; not found where there is no such key, invalid where its value is no text.
    pub async fn reveal(&self, namespace: &str, name: &str, key: &str) -> Result<String, ApiError> {
        let api: Api<Secret> = Api::namespaced(self.client(), namespace);
        let answer = self.answer(api.get(name)).await.map_err(ApiError::from);
        let outcome = answer
            .as_ref()
            .map_or_else(ToString::to_string, |_| "done".to_owned());
        let user = &self.names.user;
        tracing::info!(target: "audit", user, verb = "reveal", kind = SECRET, namespace, name, key, outcome);
        let bytes = answer?.data.and_then(|mut data| data.remove(key));
        let bytes =
            bytes.ok_or_else(|| ApiError::NotFound(format!("secrets \"{name}\" has no key {key}")))?;
        String::from_utf8(bytes.0).map_err(|e| ApiError::Invalid {
            message: format!("{} bytes that are no text", e.as_bytes().len()),
            fields: Vec::new(),
        })
    }
}

/// What a container's variables name.
fn named(container: &Container) -> impl Iterator<Item = (&'static str, String)> {
    let whole = container
        .env_from
        .iter()
        .flatten()
        .filter_map(|f| whole(f).map(|(k, n, _)| (k, n)));
    let single = container.env.iter().flatten().filter_map(|v| {
        let from = v.value_from.as_ref()?;
        let map = from
            .config_map_key_ref
            .as_ref()
            .map(|r| (CONFIG_MAP, r.name.clone()));
        map.or_else(|| from.secret_key_ref.as_ref().map(|r| (SECRET, r.name.clone())))
    });
    let all: Vec<_> = whole.chain(single).collect();
    all.into_iter()
}

fn whole(from: &EnvFromSource) -> Option<(&'static str, String, bool)> {
    let map = from
        .config_map_ref
        .as_ref()
        .map(|r| (CONFIG_MAP, r.name.clone(), r.optional == Some(true)));
    map.or_else(|| {
        from.secret_ref
            .as_ref()
            .map(|r| (SECRET, r.name.clone(), r.optional == Some(true)))
    })
}

fn resolved(container: &Container, pod: &Pod, sources: &Sources) -> Environment {
    let mut env = Environment {
        container: container.name.clone(),
        ..Environment::default()
    };
    for from in container.env_from.iter().flatten() {
        if let Some((kind, name, optional)) = whole(from) {
            take_all(
                &mut env,
                (kind, name, optional),
                from.prefix.as_deref().unwrap_or_default(),
                sources,
            );
        }
    }
    for variable in container.env.iter().flatten() {
        match &variable.value_from {
            Some(from) => env.add(referred(variable, from, container, pod, sources)),
            None => env.write(
                &variable.name,
                &calm(variable.value.as_deref().unwrap_or_default()),
            ),
        }
    }
    env
}

fn origin(kind: &str, name: String, key: String) -> Origin {
    if kind == SECRET {
        Origin::Secret { name, key }
    } else {
        Origin::ConfigMap { name, key }
    }
}

fn value(text: Option<&String>) -> Value {
    text.map_or(Value::Masked, |text| Value::Text(calm(text)))
}

fn take_all(
    env: &mut Environment,
    (kind, name, optional): (&'static str, String, bool),
    prefix: &str,
    sources: &Sources,
) {
    let source = format!("{kind} {name}");
    let missing = || ApiError::NotFound(format!("{source} not found"));
    match sources.0.get(&(kind, name.clone())) {
        Some(Ok(Some(keys))) => {
            for (key, text) in keys {
                env.add(Variable {
                    name: format!("{prefix}{key}"),
                    value: value(text.as_ref()),
                    origin: origin(kind, name.clone(), key.clone()),
                });
            }
        }
        Some(Err(error)) => env.unread.push(Unread {
            source,
            error: error.clone(),
        }),
        _ if optional => {}
        _ => env.unread.push(Unread {
            error: missing(),
            source,
        }),
    }
}

fn referred(
    variable: &EnvVar,
    from: &EnvVarSource,
    container: &Container,
    pod: &Pod,
    sources: &Sources,
) -> Variable {
    let key = |kind: &'static str, name: &str, key: &str, optional: Option<bool>| {
        let optional = optional == Some(true);
        let value = match sources.0.get(&(kind, name.to_owned())) {
            Some(Ok(Some(keys))) => keys
                .get(key)
                .map_or(Value::Missing { optional }, |text| value(text.as_ref())),
            Some(Err(error)) => Value::Refused(error.clone()),
            _ => Value::Missing { optional },
        };
        (value, origin(kind, name.to_owned(), key.to_owned()))
    };
    let (value, origin) = if let Some(r) = &from.config_map_key_ref {
        key(CONFIG_MAP, &r.name, &r.key, r.optional)
    } else if let Some(r) = &from.secret_key_ref {
        key(SECRET, &r.name, &r.key, r.optional)
    } else if let Some(r) = &from.field_ref {
        let value = field(pod, &r.field_path).map_or(Value::Unknown, |text| Value::Text(calm(&text)));
        (value, Origin::Field(r.field_path.clone()))
    } else if let Some(r) = &from.resource_field_ref {
        (
            quantity(container, &r.resource),
            Origin::Resource(r.resource.clone()),
        )
    } else {
        (Value::Unknown, Origin::Written)
    };
    Variable {
        name: variable.name.clone(),
        value,
        origin,
    }
}

/// A field of the pod by its path, such as `metadata.labels['app']`.
fn field(pod: &Pod, path: &str) -> Option<String> {
    let object = serde_json::to_value(pod).ok()?;
    let (map, key) = match path.split_once("['") {
        Some((map, rest)) => (map, rest.strip_suffix("']")),
        None => (path, None),
    };
    // The two that are not called so in the object.
    let map = match map {
        "status.hostIPs" => "status.hostIPs.0.ip",
        "status.podIPs" => "status.podIPs.0.ip",
        other => other,
    };
    let found = object.pointer(&format!("/{}", map.replace('.', "/")))?;
    let found = key.map_or(Some(found), |key| found.get(key))?;
    found.as_str().map(str::to_owned)
}

/// A request or limit as it is written; without one the node's own number counts.
fn quantity(container: &Container, resource: &str) -> Value {
    let resources = container.resources.clone().unwrap_or_default();
    let found = resource.split_once('.').and_then(|(which, name)| {
        let map = if which == "limits" {
            resources.limits
        } else {
            resources.requests
        };
        map?.remove(name)
    });
    found.map_or(Value::Unknown, |q| Value::Text(q.0))
}
