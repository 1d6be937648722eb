//! `docs/fields.md`, written from the declarations.
#![cfg(test)]
mod rows;

use super::{FieldDef, Form, GROUPS, Holds, Scope, Source, Variant};
use crate::texts::{Language, Texts};
use rows::{BY_HAND, ELSEWHERE, NOT_PORTABLE};
use std::fmt::Write as _;

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
    let t = Texts::whole(Language::En);
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
    page.push_str("\n## Rules and tools of the references that are no field\n\n| reference | what the wizard does |\n|---|---|\n");
    for (refs, what) in ELSEWHERE {
        let _ = writeln!(page, "| {refs} | {what} |");
    }
    page.push_str(
        "\n## Not portable, or not for StatefulSets\n\n| reference | what it is | instead |\n|---|---|---|\n",
    );
    for (refs, what, instead) in NOT_PORTABLE {
        let _ = writeln!(page, "| {refs} | {what} | {instead} |");
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

/// The rows of the two references that are about the fields of a set (issue 5 names them).
#[test]
fn every_row_of_the_references_is_built_or_has_an_equivalent() {
    let page = page();
    let named: std::collections::HashSet<&str> = page
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|word| word.starts_with("KS-") || word.starts_with("CCE-"))
        .collect();
    let kubesphere = (41..=109).map(|n| format!("KS-{n}"));
    let cce = (9..=22).chain(25..=191).map(|n| format!("CCE-{n:02}"));
    let missing: Vec<String> = kubesphere
        .chain(cce)
        .filter(|id| !named.contains(id.as_str()))
        .collect();
    assert_eq!(missing, [""; 0]);
}
