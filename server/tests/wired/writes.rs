//! The one door for writes: what is not known is said, what was too early is sent again, what cannot be read is told.
use crate::common::{Answer, console, forbids};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// Asks for three replicas of a set of which the API server tells so many after the write, and answers a write as this says.
async fn scaled(
    told: i32,
    write: impl Fn(usize) -> Option<(u16, Value)> + Clone + Send + Sync + 'static,
) -> (StatusCode, String, usize) {
    let writes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&writes);
    let console = console(move |method: &str, path: &str| {
        if !path.ends_with("/scale") {
            return forbids(method, path);
        }
        if method == "PATCH" {
            return write(counted.fetch_add(1, Ordering::Relaxed));
        }
        // Before the write it asks for one; what is told then is what became of it.
        let asked_for = if counted.load(Ordering::Relaxed) == 0 {
            1
        } else {
            told
        };
        let scale = json!({"metadata": {"name": "db", "uid": "u"}, "spec": {"replicas": asked_for}});
        Some((200, scale))
    });
    let body =
        json!({"namespace": "shop", "name": "db", "uid": "u", "from": null, "replicas": 3}).to_string();
    let answer = console.call("sets/scale", body).await;
    (answer.status, answer.body, writes.load(Ordering::Relaxed))
}

#[tokio::test(start_paused = true)]
async fn a_write_without_an_answer_is_read_again_and_never_sent_twice() {
    let (status, body, writes) = scaled(3, |_| None).await;
    assert_eq!(
        (status, body.as_str(), writes),
        (StatusCode::OK, "3", 1),
        "it was done"
    );
    let (status, body, writes) = scaled(1, |_| None).await;
    assert_eq!((status, writes), (StatusCode::GATEWAY_TIMEOUT, 1));
    assert!(body.starts_with("[\"NotKnown\""), "{body}");
}

#[tokio::test(start_paused = true)]
async fn a_busy_cluster_is_asked_again_when_it_says_so() {
    let busy = || json!({"kind": "Status", "code": 429, "status": "Failure", "reason": "TooManyRequests", "message": "later"});
    let done = || json!({"metadata": {"name": "db", "uid": "u"}, "spec": {"replicas": 3}});
    let at_last = move |write| Some(if write < 1 { (429, busy()) } else { (200, done()) });
    assert_eq!(scaled(1, at_last).await, (StatusCode::OK, "3".to_owned(), 2));
    let (status, _, writes) = scaled(1, move |_| Some((429, busy()))).await;
    assert_eq!(
        status,
        StatusCode::SERVICE_UNAVAILABLE,
        "in time, and known: it was not done"
    );
    assert!((2..=4).contains(&writes), "{writes}");
}

#[tokio::test]
async fn what_cannot_be_read_is_a_bad_request_everywhere() {
    let console = console(forbids);
    let functions: Vec<String> = leptos_axum_paths();
    assert!(functions.len() > 15, "{functions:?}");
    for path in functions {
        let function = path.trim_start_matches("/api/");
        for body in ["", "{", "[]", "null", "{\"namespace\": 7}", "\u{feff}\u{0}"] {
            let Answer {
                status, body: told, ..
            } = console.call(function, body).await;
            // What takes no argument has nothing that it could fail to read but the braces.
            let bare = matches!(body, "null" | "[]" | "{\"namespace\": 7}")
                && status != StatusCode::SERVICE_UNAVAILABLE;
            assert!(
                status == StatusCode::BAD_REQUEST || bare,
                "{function} {body:?}: {status} {told}"
            );
        }
    }
}

/// The addresses of all server functions.
fn leptos_axum_paths() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect()
}
