//! Every URL of the console as a function: no other file spells a path.
use crate::model::{
    claims::ClaimsQuery,
    files::At,
    list::ListQuery,
    log::{LogQuery, Scope},
    usage::Measure,
};
use std::fmt::Write as _;

/// The pages of pods.
const PODS: &str = "/pods";
/// The list, and the page that `/` leads to.
pub const LIST: &str = "/statefulsets";
/// The create wizard.
pub const CREATE: &str = "/create";
/// The claims of StatefulSets.
pub const CLAIMS: &str = "/claims";
/// The JSON schema of the cluster's kinds, for the editor.
pub const SCHEMA: &str = "/schema";
/// The WebSocket of the live hub.
pub const LIVE: &str = "/live";
/// The WebSocket of logs.
pub const LOG_STREAM: &str = "/logs/stream";
/// Logs as a file.
pub const LOG_FILE: &str = "/logs/file";
/// The WebSocket of a terminal.
pub const TERMINAL: &str = "/terminal";
/// A file of a container.
pub const FILE: &str = "/files/file";
/// Where a form signs out.
pub const SIGN_OUT: &str = "/sign-out";
/// Where one signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a form leads to the issuer that one signs in at.
pub const SIGN_IN_AT_ISSUER: &str = "/sign-in/issuer";
/// Where the issuer leads back to.
pub const SIGNED_IN: &str = "/sign-in/back";
/// Where a page that stays open gets a newer token.
pub const RENEW: &str = "/sign-in/renew";
/// The script by which it does.
pub const RENEW_SCRIPT: &str = "/sign-in/renew.js";

/// Where one signs in, and from where one goes on to this place then.
pub fn sign_in(to: &str) -> String {
    with_query(SIGN_IN, &[("to", to.to_owned())])
}

/// Percent-encodes what may not stand in a query value or a path segment as it is.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                out.push(byte as char)
            }
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// The list with its namespaces, filters and order: the URL is the state.
pub fn list(query: &ListQuery) -> String {
    with_query(LIST, &query.to_pairs())
}

/// The list of one namespace.
pub fn list_of(namespace: &str) -> String {
    with_query(LIST, &[("ns", namespace.to_owned())])
}

/// The claims with their namespaces and filter.
pub fn claims(query: &ClaimsQuery) -> String {
    with_query(CLAIMS, &query.to_pairs())
}

/// The detail page of a StatefulSet.
pub fn set(namespace: &str, name: &str) -> String {
    format!("{LIST}/{}/{}", encode(namespace), encode(name))
}

/// Namespace and name, where a path is that of a set's page. Their characters need no decoding: both are DNS names.
pub fn set_of(path: &str) -> Option<(String, String)> {
    let mut parts = path.strip_prefix(LIST)?.strip_prefix('/')?.split('/');
    let set = (parts.next()?.to_owned(), parts.next()?.to_owned());
    (parts.next().is_none() && !set.0.is_empty() && !set.1.is_empty()).then_some(set)
}

/// One tab of the detail page.
pub fn set_tab(namespace: &str, name: &str, tab: &str) -> String {
    with_query(&set(namespace, name), &[("tab", tab.to_owned())])
}

/// The tab that shows what the pods use: those first that use most of something, from one of them on.
pub fn set_usage(namespace: &str, name: &str, by: Option<Measure>, from: i64) -> String {
    let by = by.map_or("", Measure::name);
    let from = if from > 0 { from.to_string() } else { String::new() };
    let pairs = [("tab", "usage".to_owned()), ("by", by.to_owned()), ("pods", from)];
    with_query(&set(namespace, name), &pairs)
}

/// The detail page with the ordinals from there on, counted from 0.
pub fn set_from(namespace: &str, name: &str, from: i64) -> String {
    with_query(&set(namespace, name), &[("from", from.to_string())])
}

/// The detail page with the dialog that deletes the set.
pub fn set_delete(namespace: &str, name: &str) -> String {
    with_query(&set(namespace, name), &[("delete", "1".to_owned())])
}

/// The detail page with the dialog of an operation.
pub fn set_do(namespace: &str, name: &str, what: &str) -> String {
    with_query(&set(namespace, name), &[("do", what.to_owned())])
}

/// The list, as it is, with the dialog of an operation on one of its sets.
pub fn list_do(query: &ListQuery, namespace: &str, name: &str, what: &str) -> String {
    let list = list(query);
    let separator = if list.contains('?') { '&' } else { '?' };
    format!(
        "{list}{separator}do={what}&of={}",
        encode(&format!("{namespace}/{name}"))
    )
}

/// The page with the dialog that rolls back to a revision.
pub fn set_back(namespace: &str, name: &str, revision: &str) -> String {
    let pairs = [("tab", "revisions"), ("do", "rollback"), ("to", revision)];
    with_query(
        &set(namespace, name),
        &pairs.map(|(key, value)| (key, value.to_owned())),
    )
}

/// The page without the dialog that its query names.
pub fn without_dialog(path: &str, search: &str) -> String {
    let pairs = search.trim_start_matches('?').split('&');
    let dialog = |pair: &&str| !["do=", "of=", "to="].iter().any(|key| pair.starts_with(key));
    let kept: Vec<&str> = pairs.filter(|p| !p.is_empty()).filter(dialog).collect();
    [path, &kept.join("&")].join(if kept.is_empty() { "" } else { "?" })
}

/// The page on which a set's text is edited.
pub fn set_edit(namespace: &str, name: &str) -> String {
    format!("{}/edit", set(namespace, name))
}

/// The page on which a Service of a set is edited, or for an empty name a new one is made: its text, or the form at a
/// step.
pub fn service_edit(namespace: &str, set: &str, name: &str, step: &str) -> String {
    let which = if name.is_empty() {
        ("new", "service".to_owned())
    } else {
        ("service", name.to_owned())
    };
    with_query(&set_edit(namespace, set), &[which, ("step", step.to_owned())])
}

/// The page of a pod.
pub fn pod(namespace: &str, name: &str) -> String {
    format!("{PODS}/{}/{}", encode(namespace), encode(name))
}

/// One tab of it.
pub fn pod_tab(namespace: &str, name: &str, tab: &str) -> String {
    with_query(&pod(namespace, name), &[("tab", tab.to_owned())])
}

/// The page of one of its containers.
pub fn container(namespace: &str, pod_name: &str, name: &str) -> String {
    format!("{}/containers/{}", pod(namespace, pod_name), encode(name))
}

/// The logs of a set or a pod.
pub fn logs(scope: &Scope, query: &LogQuery) -> String {
    let of = match scope {
        Scope::Set { namespace, name } => set(namespace, name),
        Scope::Pod { namespace, name } => pod(namespace, name),
    };
    with_query(&format!("{of}/logs"), &query.to_pairs())
}

/// The set or pod that a path is about, whose logs may be wanted.
pub fn logs_near(path: &str) -> Option<Scope> {
    let pair = |rest: &str| {
        let mut parts = rest.strip_prefix('/')?.split('/');
        Some((
            parts.next()?.to_owned(),
            parts.next().filter(|n| !n.is_empty())?.to_owned(),
        ))
    };
    if let Some((namespace, name)) = path.strip_prefix(PODS).and_then(pair) {
        return Some(Scope::Pod { namespace, name });
    }
    let (namespace, name) = path.strip_prefix(LIST).and_then(pair)?;
    Some(Scope::Set { namespace, name })
}

/// The logs of one container from their beginning to their end: those of the run before where that `previous` is wanted.
pub fn logs_of(namespace: &str, pod_name: &str, container: &str, previous: bool) -> String {
    let pairs = [
        ("c", container.to_owned()),
        (
            "run",
            if previous {
                "previous".to_owned()
            } else {
                String::new()
            },
        ),
    ];
    with_query(&format!("{}/logs", pod(namespace, pod_name)), &pairs)
}

/// The whole log of one container as a file.
pub fn logs_file_of(namespace: &str, pod_name: &str, container: &str) -> String {
    let pairs = [
        ("ns", namespace.to_owned()),
        ("pod", pod_name.to_owned()),
        ("c", container.to_owned()),
        ("tail", "all".to_owned()),
    ];
    with_query(LOG_FILE, &pairs)
}

/// The same logs as a file, each line with its pod, container and time where `names` are wanted.
pub fn log_file(scope: &Scope, query: &LogQuery, names: bool) -> String {
    let (kind, namespace, name) = match scope {
        Scope::Set { namespace, name } => ("set", namespace, name),
        Scope::Pod { namespace, name } => ("pod", namespace, name),
    };
    let mut pairs = vec![("ns", namespace.clone()), (kind, name.clone())];
    pairs.extend(query.to_pairs());
    pairs.push(("names", if names { "1".to_owned() } else { String::new() }));
    with_query(LOG_FILE, &pairs)
}

/// A file of a container, or a folder as an archive.
pub fn file(at: &At, folder: bool) -> String {
    let pairs = [
        ("ns", at.namespace.clone()),
        ("pod", at.pod.clone()),
        ("container", at.container.clone()),
        ("path", at.path.clone()),
        ("folder", if folder { "1".to_owned() } else { String::new() }),
    ];
    with_query(FILE, &pairs)
}

/// The form in which a set is edited, at a step.
pub fn set_edit_step(namespace: &str, name: &str, step: &str) -> String {
    with_query(&set_edit(namespace, name), &[("step", step.to_owned())])
}

/// The wizard for a namespace, at a step.
pub fn create(namespace: &str, step: &str) -> String {
    with_query(CREATE, &[("ns", namespace.to_owned()), ("step", step.to_owned())])
}

fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let mut out = path.to_owned();
    let mut separator = '?';
    for (key, value) in pairs.iter().filter(|(_, v)| !v.is_empty()) {
        let _ = write!(out, "{separator}{key}={}", encode(value));
        separator = '&';
    }
    out
}

/// The namespaces in a query string, as they stand there.
fn namespaces(search: &str) -> Option<&str> {
    let mut pairs = search
        .trim_start_matches('?')
        .split('&')
        .filter_map(|p| p.split_once('='));
    pairs.find(|(key, _)| *key == "ns").map(|(_, value)| value)
}

/// The wizard from a page with this query string: in its namespace, if it names just one, and at a step.
pub fn create_from(search: &str, step: &str) -> String {
    // The value stands encoded in the query already.
    let namespace = namespaces(search).filter(|n| !n.contains(',') && !n.contains("%2C"));
    let pairs = [("ns", namespace), ("step", (!step.is_empty()).then_some(step))];
    let set: Vec<String> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}={}", value?)))
        .collect();
    [CREATE, &set.join("&")].join(if set.is_empty() { "" } else { "?" })
}

/// Another page for the same namespaces.
pub fn keeping(path: &str, search: &str) -> String {
    match namespaces(search) {
        Some(names) => format!("{path}?ns={names}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_stand_in_a_url_is_encoded() {
        assert_eq!(set("a b", "x/y"), "/statefulsets/a%20b/x%2Fy");
        let query = ListQuery {
            text: "a&b=ü".into(),
            ..ListQuery::default()
        };
        assert_eq!(list(&query), "/statefulsets?q=a%26b%3D%C3%BC");
    }

    #[test]
    fn a_service_is_edited_on_the_page_of_its_set() {
        let form = service_edit("shop", "db", "front", "service");
        assert_eq!(form, "/statefulsets/shop/db/edit?service=front&step=service");
        assert_eq!(
            service_edit("shop", "db", "", ""),
            "/statefulsets/shop/db/edit?new=service"
        );
    }

    #[test]
    fn create_takes_the_namespace_of_the_list() {
        assert_eq!(create_from("?ns=orders&q=x", ""), "/create?ns=orders");
        assert_eq!(create_from("?ns=a,b", "import"), "/create?step=import");
        assert_eq!(create_from("", ""), "/create");
        assert_eq!(keeping(CLAIMS, "?q=x&ns=a,b"), "/claims?ns=a,b");
        assert_eq!(keeping(LIST, ""), "/statefulsets");
    }

    #[test]
    fn a_dialog_lies_over_the_page_that_it_was_opened_on() {
        let query = ListQuery {
            namespaces: vec!["shop".into()],
            ..ListQuery::default()
        };
        let open = list_do(&query, "shop", "db", "scale");
        assert_eq!(open, "/statefulsets?ns=shop&do=scale&of=shop%2Fdb");
        assert_eq!(
            without_dialog(LIST, "?ns=shop&do=scale&of=shop%2Fdb"),
            list(&query)
        );
        assert_eq!(without_dialog("/x", "?do=restart"), "/x");
    }
}
