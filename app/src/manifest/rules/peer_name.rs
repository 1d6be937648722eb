//! A pod is found as pod.service.namespace; the service is the one that the set names.
//!
//! Source: T-20; kubernetes.io, StatefulSets: stable network ID
//!
//! ```bad
//! container.env: [{name: PEERS, value: "web-0.web-headless:80"}]
//! ```
//! ```good
//! container.env: [{name: PEERS, value: "web-0.web:80"}]
//! ```
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "peer-name",
    degree: Trap,
    words: texts::RULE_PEER_NAME,
    checks: &[Check::Set(check)],
    fixes,
    ..Rule::PLAIN
};

fn check(s: &OfSet, found: &mut Found) {
    let Some(pod) = s.bundle.at(&s.pod("")) else {
        return;
    };
    let (name, service) = (s.form.name.text.as_str(), s.form.service_name.text.as_str());
    each(pod, s.pod(""), &mut |place, node| {
        let text = node.text().unwrap_or_default();
        if let Some((start, end)) = other_service(text, name, service) {
            found.say(&RULE, place, &[&text[start..end]]);
        }
    });
}

/// Where a text names a pod of the set below another Service: the bytes of that Service's name. Only a name that
/// begins as the set or its Service do is taken for one: `db-1.2.jar` is a file.
fn other_service(text: &str, name: &str, service: &str) -> Option<(usize, usize)> {
    if name.is_empty() || service.is_empty() || text.contains("$(") {
        return None;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices(name).find_map(|(at, _)| {
        let after = text[at + name.len()..].strip_prefix('-')?;
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let label = rest.strip_prefix('.').filter(|_| rest.len() < after.len())?;
        let start = text.len() - label.len();
        let end = start + label.find(|c| !word(c)).unwrap_or(label.len());
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !word(c) && c != '.');
        let other = &text[start..end];
        let akin = other.starts_with(name) || !other.is_empty() && service.starts_with(other);
        (begins && akin && other != service).then_some((start, end))
    })
}

fn fixes(scene: &Scene, lint: &Lint) -> Vec<Fix> {
    let Some(s) = scene.set_of(&lint.place) else {
        return Vec::new();
    };
    let (name, service) = (s.form.name.text.as_str(), s.form.service_name.text.as_str());
    let mut text = scene.bundle.get(&lint.place).to_owned();
    while let Some((start, end)) = other_service(&text, name, service) {
        text.replace_range(start..end, service);
    }
    let edit = Edit::Set(lint.place.clone(), Written::Text(text));
    fix(scene, texts::FIX_PEER_NAME, &[service], Unsafe, &[edit])
}
