//! `docs/fields.md`, written from the declarations.
#![cfg(test)]
use super::{FieldDef, Form, GROUPS, Holds, Scope, Source, Variant};
use crate::texts::{Language, Texts, source};
use std::fmt::Write as _;

/// Fields with an editor of their own: path, what it holds, default, references.
const BY_HAND: &[(&str, &str, &str, &str)] = &[
    (
        "metadata.name",
        "text, a DNS label of at most 52 characters",
        "",
        "KS-41, CCE-09",
    ),
    ("metadata.namespace", "text, a DNS label", "", "KS-43, CCE-10"),
    (
        "metadata.annotations[kubernetes.io/description]",
        "text, at most 1000 characters",
        "",
        "KS-45, CCE-15",
    ),
    (
        "spec.replicas",
        "whole number, 0 to 2147483647",
        "1",
        "KS-44, CCE-11",
    ),
    (
        "spec.serviceName",
        "text, the name of a Service",
        "",
        "KS-100, CCE-118",
    ),
    (
        "spec.selector.matchLabels",
        "map of strings, follows the labels",
        "",
        "KS-105, CCE-178",
    ),
    (
        "spec.template.metadata.labels",
        "map of strings",
        "",
        "KS-105, CCE-179",
    ),
    (
        "spec.template.spec.nodeSelector",
        "map of strings",
        "",
        "KS-108, CCE-174",
    ),
    (
        "container: name",
        "text, a DNS label, unique",
        "",
        "KS-48, CCE-27",
    ),
    (
        "container: image",
        "text without spaces",
        "",
        "KS-50, CCE-28, CCE-29",
    ),
    (
        "container: imagePullPolicy",
        "one of Always, IfNotPresent, Never",
        "IfNotPresent, or Always for latest",
        "KS-73, CCE-30",
    ),
    (
        "container: command",
        "list of texts",
        "the image's",
        "KS-61, CCE-45",
    ),
    ("container: args", "list of texts", "the image's", "KS-62, CCE-46"),
    (
        "container: ports",
        "rows: name, protocol, containerPort, hostPort",
        "",
        "KS-54, CCE-43",
    ),
    (
        "container: env",
        "rows: name and value, or name and source",
        "",
        "KS-67, CCE-69, CCE-71, CCE-73, CCE-74, CCE-75",
    ),
    (
        "container: resources.requests.cpu, limits.cpu",
        "quantity",
        "",
        "KS-51, CCE-32, CCE-33",
    ),
    (
        "container: resources.requests.memory, limits.memory",
        "quantity",
        "",
        "KS-51, CCE-34, CCE-35",
    ),
    (
        "container: resources.limits (any other)",
        "rows: extended resource, offered: those of the nodes, and count",
        "",
        "CCE-38, CCE-39",
    ),
    (
        "set: hostPath /etc/localtime in every container",
        "switch",
        "off",
        "KS-77, CCE-20, CCE-21",
    ),
    (
        "container: log files",
        "path; written as a sidecar, or as a mount with subPathExpr",
        "",
        "KS-98, CCE-104, CCE-106, CCE-107, CCE-108, CCE-109, CCE-110",
    ),
    ("Services, one a pod", "button", "", "CCE-148"),
    (
        "template: metadata.name",
        "text, a DNS label, unique",
        "",
        "KS-85, CCE-79",
    ),
    (
        "template: spec.storageClassName",
        "text, a StorageClass",
        "the cluster's default",
        "KS-86, CCE-82",
    ),
    (
        "template: spec.resources.requests.storage",
        "quantity",
        "",
        "KS-88, CCE-84",
    ),
    (
        "template: spec.accessModes",
        "one of the access modes",
        "",
        "KS-89, CCE-83",
    ),
    (
        "headless Service: metadata.name",
        "text, a DNS label that begins with a letter",
        "",
        "KS-100, CCE-119",
    ),
    (
        "headless Service: spec.ports",
        "rows: name, protocol, port, targetPort",
        "",
        "KS-102, CCE-120",
    ),
    (
        "headless Service: spec.sessionAffinity",
        "one of None, ClientIP",
        "None",
        "KS-103",
    ),
];

/// What the wizard offers, in words.
fn offered(source: Source) -> &'static str {
    match source {
        Source::Secret => "Secret",
        Source::PullSecret => "Secret of a registry",
        Source::ConfigMap => "ConfigMap",
        Source::Claim => "PersistentVolumeClaim",
        Source::ServiceAccount => "ServiceAccount",
        Source::PriorityClass => "PriorityClass",
        Source::RuntimeClass => "RuntimeClass",
        Source::NodeLabel => "labels of the nodes",
        Source::Volume => "volumes of the set",
        Source::Container => "containers of the set",
    }
}

fn holds(holds: Holds) -> String {
    let named = |fields: &[FieldDef]| {
        let names: Vec<&str> = fields
            .iter()
            .map(|f| if f.path.is_empty() { "its kind" } else { f.path })
            .collect();
        names.join(", ")
    };
    match holds {
        Holds::Text(form) => match form {
            Form::Any => "text".to_owned(),
            Form::DnsLabel => "text, a DNS label".to_owned(),
            Form::DnsName => "text, a DNS name".to_owned(),
            Form::Absolute => "text, an absolute path".to_owned(),
            Form::LabelKey => "text, a label key".to_owned(),
            Form::Of(source) => format!(
                "{}, offered: {}",
                self::holds(Holds::Text(source.form())),
                offered(source)
            ),
            Form::KeyOf(source) => format!("text, offered: the keys of that {}", offered(source)),
        },
        Holds::Integer(low, super::MAX) => format!("whole number, {low} or more"),
        Holds::Integer(low, high) => format!("whole number, {low} to {high}"),
        Holds::Share => "whole number or percentage".to_owned(),
        Holds::Port => "port, a number or a name".to_owned(),
        Holds::Integers => "list of whole numbers".to_owned(),
        Holds::Quantity => "quantity".to_owned(),
        Holds::Flag => "true or false".to_owned(),
        Holds::Choice(values) => format!(
            "one of {}",
            values
                .iter()
                .filter(|v| !v.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Holds::Words => "list of texts".to_owned(),
        Holds::Pairs => "map of strings".to_owned(),
        Holds::Rows(fields, _) => format!("rows: {}", named(fields)),
        Holds::Group(fields) => named(fields),
        Holds::Either(variants) => {
            let keys: Vec<&str> = variants.iter().map(|v: &Variant| v.key).collect();
            format!("one of {}", keys.join(", "))
        }
    }
}

fn page() -> String {
    let list: Vec<String> = serde_json::from_str(source::json(Language::En)).unwrap();
    let lazy: Vec<String> = serde_json::from_str(source::lazy_json(Language::En)).unwrap();
    let t = Texts::new(Language::En, list).with_lazy(&lazy);
    let mut page = String::from(
        "# Fields\n\nWritten from `app/src/manifest/fields` by `ORDINAL_WRITE_DOCS=1 cargo test -p app docs_name_every_field`; the test fails\nwhere this page does not say what is declared there.\n\nEvery field below is optional: absent means Kubernetes' default. What is typed is checked at the field, in the browser and on the\nserver, and by the API server's dry run.\n\n## With an editor of their own\n\n| path | holds | default | reference |\n|---|---|---|---|\n",
    );
    for (path, holds, default, refs) in BY_HAND {
        let _ = writeln!(page, "| `{path}` | {holds} | {default} | {refs} |");
    }
    for (scope, title) in [
        (Scope::Set, "StatefulSet and pods"),
        (Scope::Container, "A container (also an init container)"),
        (Scope::Template, "A claim template"),
        (Scope::Service, "The headless Service"),
        (Scope::Access, "An access Service"),
    ] {
        let _ = write!(
            page,
            "\n## {title}\n\n| field | path | holds | default | reference |\n|---|---|---|---|---|\n"
        );
        for field in GROUPS
            .iter()
            .filter(|(s, _)| *s == scope)
            .flat_map(|(_, fields)| *fields)
        {
            let _ = writeln!(
                page,
                "| {} | `{}` | {} | {} | {} |",
                (field.label)(t),
                field.path,
                holds(field.holds),
                field.default,
                field.refs
            );
        }
    }
    page
}

#[test]
fn docs_name_every_field() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/fields.md");
    let page = page();
    if std::env::var_os("ORDINAL_WRITE_DOCS").is_some() {
        std::fs::write(file, &page).unwrap();
    }
    let there = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        there, page,
        "docs/fields.md is old: ORDINAL_WRITE_DOCS=1 cargo test -p app docs_name_every_field"
    );
}

#[test]
fn every_field_has_words_and_a_reference() {
    for (scope, fields) in GROUPS {
        for field in *fields {
            assert!(
                field.help.is_some() && !field.refs.is_empty(),
                "{scope:?} {}",
                field.path
            );
        }
    }
}
