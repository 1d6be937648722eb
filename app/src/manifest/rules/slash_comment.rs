//! Other languages have such comments. YAML makes them part of the value.
//!
//! Source: T-20
//!
//! ```bad
//! container.image: app:1.0 // ours
//! ```
//! ```good
//! container.image: app:1.0 # ours
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "slash-comment",
    degree: Trap,
    words: texts::RULE_SLASH_COMMENT,
    checks: &[Check::Node(check)],
    fixes,
    covers: true,
    ..Rule::PLAIN
};

fn check(scene: &Scene, place: &Place, node: &Node, found: &mut Found) {
    // Not told where any text may stand.
    let free = [
        "value",
        "command",
        "args",
        "annotations",
        "data",
        "stringData",
        "volumeAttributes",
    ];
    let in_text = |s: &Segment| matches!(s, Segment::Key(key) if free.contains(&&**key));
    let kind = scene.bundle.documents[place.document].kind();
    if let Kind::Scalar(_, Style::Plain) = node.kind
        && matches!(kind, "StatefulSet" | "Service")
        && slashes(&scene.bundle.text[node.range.clone()]).is_some()
        && !place.path.0.iter().any(in_text)
    {
        found.at(&RULE, place);
    }
}

fn slashes(held: &str) -> Option<usize> {
    let at = held.find("//")?;
    (held[..at].ends_with(char::is_whitespace) && !held.contains('\n')).then_some(at)
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let range = scene.bundle.at(&lint.place).map(|n| n.range.clone());
    let at = range.and_then(|r| Some(r.start + slashes(&scene.bundle.text[r])?));
    let text = at.map(|at| [&scene.bundle.text[..at], "#", &scene.bundle.text[at + 2..]].concat());
    rewritten(texts::FIX_HASH_COMMENT, &[], Unsafe, text)
}
