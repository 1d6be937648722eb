//! Quantities have suffixes of their own: `k` and `Ki`, but neither `K` nor `GB`, no blank before them, and nothing below zero.
//!
//! Source: `k8s.io/apimachinery/pkg/api/resource`
//!
//! ```bad
//! container.resources: {requests: {memory: 512MB}}
//! ```
//! ```good
//! container.resources: {requests: {memory: 512Mi}}
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "quantity",
    degree: Refused,
    words: texts::RULE_QUANTITY,
    checks: &[
        Check::Container(container),
        Check::Template(template),
        Check::Declared(declared),
    ],
    ..Rule::PLAIN
};

fn container(s: &OfSet, c: &ContainerForm, found: &mut Found) {
    for list in ["requests", "limits"] {
        for Pair { key, value } in pairs(s.bundle, &c.place.join("resources").key(list)) {
            // Resources of device plugins come in whole ones, which are told for themselves.
            if !key.contains('/') {
                quantity(&value, found);
            }
        }
    }
}

fn template(_: &OfSet, t: &TemplateForm, found: &mut Found) {
    quantity(&t.capacity, found);
}

fn declared(field: &Field, _: &Node, holds: Holds, found: &mut Found) {
    if matches!(holds, Holds::Quantity) {
        quantity(field, found);
    }
}

fn quantity(field: &Field, found: &mut Found) {
    let good = Quantity::parse(&field.text).is_some_and(|q| !q.is_negative());
    found.check(&RULE, field, good || field.text.is_empty());
}
