//! The rules of the declared fields: each follows from what the field holds.
use super::{Found, Rule, names};
use crate::manifest::{
    documents::Bundle,
    fields::{FieldDef, Form, GROUPS, Holds, MAX, Scope},
    form::{At, Field, StatefulSetForm},
    path::Place,
    quantity::Quantity,
    scalar::Style,
    tree::{Kind, Node},
};

/// Checks every declared field that the text has.
pub(super) fn declared(bundle: &Bundle, form: &StatefulSetForm, found: &mut Found) {
    for (scope, fields) in GROUPS {
        for base in bases(bundle, form, *scope) {
            if let Some(node) = bundle.at(&base) {
                all(node, &base, fields, found);
            }
        }
    }
}

/// What a scope is in this bundle.
pub fn bases(bundle: &Bundle, form: &StatefulSetForm, scope: Scope) -> Vec<Place> {
    let document = |n: usize| Place {
        document: n,
        ..Place::default()
    };
    match scope {
        Scope::Set => form.set.map(document).into_iter().collect(),
        Scope::Container => form
            .containers
            .iter()
            .chain(&form.init)
            .map(|c| c.place.clone())
            .collect(),
        Scope::Template => form.templates.iter().map(|t| t.place.clone()).collect(),
        Scope::Service => form.service.iter().map(|s| document(s.document)).collect(),
        Scope::Access => (0..bundle.documents.len())
            .filter(|n| {
                bundle.documents[*n].kind() == "Service"
                    && form.service.as_ref().is_none_or(|s| s.document != *n)
            })
            .map(document)
            .collect(),
    }
}

/// Most fields are not there: what is, is looked for from the node above it, and only then has a place made.
fn all(above: &Node, base: &Place, fields: &[FieldDef], found: &mut Found) {
    for declared in fields {
        let Some(node) = above.below(declared.path) else {
            continue;
        };
        let rows = || {
            let list = base.join(declared.path);
            let rows = node.items().iter().enumerate();
            rows.map(move |(n, row)| (row, list.index(n)))
        };
        match declared.holds {
            Holds::Rows(fields, _) => rows().for_each(|(row, place)| all(row, &place, fields, found)),
            Holds::Group(fields) => all(node, &base.join(declared.path), fields, found),
            Holds::Either(variants) => {
                let shape = variants.iter().find_map(|v| Some((v, node.below(v.key)?)));
                if let Some((variant, node)) = shape {
                    let place = base.join(declared.path).join(variant.key);
                    all(node, &place, variant.fields, found);
                }
            }
            Holds::Integers => {
                rows().for_each(|(row, place)| scalar(row, place, Holds::Integer(0, MAX), found))
            }
            Holds::Words | Holds::Pairs => {}
            holds => scalar(node, base.join(declared.path), holds, found),
        }
    }
}

fn scalar(node: &Node, place: Place, holds: Holds, found: &mut Found) {
    let field = At {
        place,
        node: Some(node),
    }
    .field();
    let text = field.text.as_str();
    if text.is_empty() {
        return;
    }
    match holds {
        Holds::Integer(low, high) => {
            let octal = octal(node).is_some_and(|n| (low..=high).contains(&n));
            if !octal {
                found.integer(&field, low, high);
            }
        }
        Holds::Share => {
            let number = text.strip_suffix('%').unwrap_or(text);
            let good = !number.is_empty() && number.len() < 10 && number.bytes().all(|b| b.is_ascii_digit());
            found.check(&field, good, Rule::Share);
        }
        Holds::Port if text.bytes().all(|b| b.is_ascii_digit()) => found.integer(&field, 1, 65535),
        Holds::Port => found.check(&field, names::is_port_name(text), Rule::PortName),
        Holds::Quantity => found.check(&field, Quantity::parse(text).is_some(), Rule::Quantity),
        Holds::Flag => found.check(&field, text == "true" || text == "false", Rule::Flag),
        Holds::Choice(values) => found.check(&field, values.contains(&text), Rule::OneOf(values)),
        Holds::Text(form) => looks(&field, form, found),
        _ => {}
    }
}

fn looks(field: &Field, form: Form, found: &mut Found) {
    let text = field.text.as_str();
    match form {
        Form::Any | Form::KeyOf(_) => {}
        Form::DnsLabel => found.check(field, names::is_dns_label(text), Rule::DnsLabel),
        Form::DnsName => found.check(field, names::is_subdomain(text), Rule::DnsName),
        Form::Absolute => found.check(field, text.starts_with('/'), Rule::Absolute),
        Form::LabelKey => found.check(field, names::is_label_key(text), Rule::LabelKey),
        Form::Of(source) => looks(field, source.form(), found),
    }
}

/// The number that Kubernetes' reader makes of a plain `0755`, as file modes are written.
fn octal(node: &Node) -> Option<i64> {
    match &node.kind {
        Kind::Scalar(text, Style::Plain) => i64::from_str_radix(text.strip_prefix('0')?, 8).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::manifest::{
        documents::Bundle,
        lint::{Rule, lint},
    };

    #[test]
    fn a_file_mode_may_be_octal() {
        let text = |mode: &str| {
            format!(
                "apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  template:\n    spec:\n      volumes:\n      - name: a\n        configMap: {{name: b, defaultMode: {mode}}}\n"
            )
        };
        let told = |mode: &str| {
            let lints = lint(&Bundle::read(&text(mode)).unwrap());
            lints
                .iter()
                .any(|l| l.rule == Rule::Integer(0, 511) || l.rule == Rule::Quoted)
        };
        for good in ["0755", "0400", "493", "0"] {
            assert!(!told(good), "{good}");
        }
        for bad in ["0799", "01000", "755", "\"0755\"", "0x"] {
            assert!(told(bad), "{bad}");
        }
    }
}
