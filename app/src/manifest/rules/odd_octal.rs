//! A zero in front makes a number octal only if all its digits are below 8; else Kubernetes' reader takes a decimal number, and a file gets rights that nobody asked for.
//!
//! Source: `strconv.ParseInt` and `ParseFloat` of Go, as go.yaml.in/yaml/v2 calls them
//!
//! ```bad
//! pod.volumes: [{name: keys, secret: {secretName: keys, defaultMode: 0480}}]
//! ```
//! ```good
//! pod.volumes: [{name: keys, secret: {secretName: keys, defaultMode: 0440}}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "odd-octal",
    degree: Trap,
    words: texts::RULE_ODD_OCTAL,
    checks: &[Check::Declared(declared)],
    ..Rule::PLAIN
};

fn declared(field: &Field, node: &Node, holds: Holds, found: &mut Found) {
    let mode = matches!(holds, Holds::Integer(0, 511));
    let plain = matches!(node.kind, Kind::Scalar(_, Style::Plain));
    let text = field.text.as_str();
    let digits = text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if mode
        && plain
        && digits
        && text.contains(['8', '9'])
        && let Some(n) = whole_number(text)
    {
        found.say(&RULE, &field.place, &[&n.to_string(), &format!("0{n:o}")]);
    }
}
