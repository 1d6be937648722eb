//! The environment of containers, resolved as the kubelet would; values of Secrets stay in the cluster until they are
//! asked for one by one.
use crate::api::ApiError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a variable comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// It stands in the manifest.
    #[default]
    Written,
    ConfigMap {
        name: String,
        key: String,
    },
    Secret {
        name: String,
        key: String,
    },
    /// A field of the pod, by its path.
    Field(String),
    /// A request or a limit of a container.
    Resource(String),
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    Text(String),
    /// The value of a key of a Secret.
    Masked,
    /// What it refers to is not there; `optional`: the variable is left out, else the container is not started.
    Missing {
        optional: bool,
    },
    /// What it refers to may not be read.
    Refused(ApiError),
    /// Only the node knows it.
    Unknown,
}

impl Default for Value {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// A variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    pub name: String,
    pub value: Value,
    pub origin: Origin,
}

/// A ConfigMap or Secret all of whose keys are taken, and why they are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Such as `Secret db-login`.
    pub source: String,
    pub error: ApiError,
}

/// What one container has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    pub container: String,
    /// In their order; of a name that comes twice the last one.
    pub variables: Vec<Variable>,
    pub unread: Vec<Unread>,
}

impl Environment {
    /// Adds a variable, in the place of an earlier one of its name.
    pub fn add(&mut self, variable: Variable) {
        self.variables.retain(|v| v.name != variable.name);
        self.variables.push(variable);
    }

    /// Adds a written value, with its references to variables before it written out. One to a value that is not known
    /// here stays as it is: what a Secret holds is in no other variable's value either.
    pub fn write(&mut self, name: &str, text: &str) {
        let known = self.variables.iter().filter_map(|v| match &v.value {
            Value::Text(text) => Some((v.name.as_str(), text.as_str())),
            _ => None,
        });
        let value = Value::Text(expand(text, &known.collect()));
        self.add(Variable {
            name: name.to_owned(),
            value,
            origin: Origin::Written,
        });
    }
}

/// `$(NAME)` as the variable's value, `$$` as `$`; an unknown name stays as it is
/// (`third_party/forked/golang/expansion` in Kubernetes).
fn expand(text: &str, known: &BTreeMap<&str, &str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        if let Some(escaped) = after.strip_prefix('$') {
            out.push('$');
            rest = escaped;
            continue;
        }
        let name = after.strip_prefix('(').and_then(|inside| inside.split_once(')'));
        if let Some((value, tail)) = name.and_then(|(name, tail)| Some((known.get(name)?, tail))) {
            out.push_str(value);
            rest = tail;
        } else {
            out.push('$');
            rest = after;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_written_out_as_the_kubelet_does() {
        let known = BTreeMap::from([("A", "1"), ("B", "$(A)")]);
        for (text, told) in [
            ("x$(A)y", "x1y"),
            ("$(B)", "$(A)"),
            ("$$(A)", "$(A)"),
            ("$(NONE)", "$(NONE)"),
            ("$(A", "$(A"),
            ("cost: 5$", "cost: 5$"),
            ("$$$(A)", "$1"),
        ] {
            assert_eq!(expand(text, &known), told, "{text}");
        }
    }

    #[test]
    fn the_last_of_a_name_counts_and_secrets_are_in_no_text() {
        let mut env = Environment::default();
        env.write("A", "1");
        env.add(Variable {
            name: "PASSWORD".into(),
            value: Value::Masked,
            origin: Origin::Secret {
                name: "login".into(),
                key: "password".into(),
            },
        });
        env.write("A", "2");
        env.write("URL", "db://u:$(PASSWORD)@$(A)");
        let told: Vec<_> = env
            .variables
            .iter()
            .map(|v| (v.name.as_str(), &v.value))
            .collect();
        let text = |t: &str| Value::Text(t.to_owned());
        let (a, url) = (text("2"), text("db://u:$(PASSWORD)@2"));
        assert_eq!(told, [("PASSWORD", &Value::Masked), ("A", &a), ("URL", &url)]);
    }
}
