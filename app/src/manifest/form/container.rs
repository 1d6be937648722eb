//! One container.
use super::{More, more, of_scope};
use crate::manifest::{
    documents::Bundle,
    field::{At, Field},
    fields::{ENV_SOURCE, Scope},
    path::Place,
};

/// A container's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerForm {
    /// The member of `containers`.
    pub place: Place,
    /// `name`
    pub name: Field,
    /// `image`
    pub image: Field,
    /// `imagePullPolicy`
    pub pull_policy: Field,
    /// `resources.requests.cpu`
    pub cpu_request: Field,
    /// `resources.limits.cpu`
    pub cpu_limit: Field,
    /// `resources.requests.memory`
    pub memory_request: Field,
    /// `resources.limits.memory`
    pub memory_limit: Field,
    /// `command`, one field a word.
    pub command: Vec<Field>,
    /// `args`, one field a word.
    pub args: Vec<Field>,
    /// `ports`
    pub ports: Vec<PortRow>,
    /// `env`
    pub env: Vec<EnvRow>,
    /// What else is set.
    pub more: More,
}

/// A port of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortRow {
    /// The member of `ports`.
    pub place: Place,
    /// `name`
    pub name: Field,
    /// `protocol`
    pub protocol: Field,
    /// `containerPort`
    pub port: Field,
    /// `hostPort`
    pub host_port: Field,
}

/// A variable of the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvRow {
    /// The member of `env`.
    pub place: Place,
    /// `name`
    pub name: Field,
    /// `value`
    pub value: Field,
    /// Whether it comes from elsewhere (`valueFrom`), which the text alone can say.
    pub from_elsewhere: bool,
    /// From where: the number of one of `fields::ENV_SOURCE`.
    pub source: Option<usize>,
}

/// What has an editor of its own.
const KNOWN: &[&str] = &[
    "name",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "ports",
    "env",
    "resources.requests.cpu",
    "resources.requests.memory",
    "resources.limits",
];

impl ContainerForm {
    pub(super) fn read(bundle: &Bundle, place: Place) -> Self {
        let here = At::new(bundle, place);
        let at = |path: &str| here.join(path).field();
        let words = |key: &str| here.join(key).items().map(At::field).collect();
        Self {
            name: at("name"),
            image: at("image"),
            pull_policy: at("imagePullPolicy"),
            cpu_request: at("resources.requests.cpu"),
            cpu_limit: at("resources.limits.cpu"),
            memory_request: at("resources.requests.memory"),
            memory_limit: at("resources.limits.memory"),
            command: words("command"),
            args: words("args"),
            ports: here.join("ports").items().map(PortRow::read).collect(),
            env: here.join("env").items().map(EnvRow::read).collect(),
            more: more(bundle, &here.place, KNOWN, &of_scope(Scope::Container)),
            place: here.place,
        }
    }

    /// Whether anything behind "advanced options" is set.
    pub fn has_advanced(&self) -> bool {
        !self.command.is_empty() || !self.args.is_empty() || !self.env.is_empty()
    }
}

impl PortRow {
    fn read(row: At<'_>) -> Self {
        let at = |key: &str| row.join(key).field();
        Self {
            name: at("name"),
            protocol: at("protocol"),
            port: at("containerPort"),
            host_port: at("hostPort"),
            place: row.place,
        }
    }
}

impl EnvRow {
    fn read(row: At<'_>) -> Self {
        let at = |key: &str| row.join(key);
        Self {
            name: at("name").field(),
            value: at("value").field(),
            from_elsewhere: at("valueFrom").field().set,
            source: ENV_SOURCE
                .iter()
                .position(|v| row.node.is_some_and(|n| n.below(v.key).is_some())),
            place: row.place,
        }
    }
}
