//! Terminals over a scripted API server: who may open one, and what is asked of the cluster before.
use crate::common::{Console, ORIGIN, console, forbids, get, with};
use axum::http::StatusCode;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// A cluster in which `pods/exec` is allowed or not; nothing runs in it.
fn shop(allowed: bool) -> Console {
    console(move |method: &str, path: &str| match path {
        path if path.ends_with("/selfsubjectaccessreviews") => {
            Some((201, json!({"spec": {}, "status": {"allowed": allowed}})))
        }
        _ => forbids(method, path),
    })
}

/// What is told of a terminal in this container, and whether the cluster was asked to run anything.
async fn told(console: &Console, pod: &str, container: &str) -> (Value, bool) {
    let cookie = console.sign_in().await;
    let mut socket = console.socket("/terminal", &cookie).await;
    let open = json!({"Open": {"namespace": "shop", "pod": pod, "container": container, "run": "Shell",
        "size": {"columns": 80, "rows": 24}}});
    socket.send(Message::text(open.to_string())).await.unwrap();
    let next = timeout(Duration::from_secs(30), socket.next()).await.unwrap();
    let Some(Ok(Message::Text(text))) = next else {
        panic!("{next:?}");
    };
    let asked = console.asked.lock().unwrap().clone();
    let ran = asked.iter().any(|(_, path, _)| path.contains("/exec"));
    (serde_json::from_str(&text).unwrap(), ran)
}

#[tokio::test]
async fn only_an_own_page_of_somebody_who_is_signed_in_opens_one() {
    let console = shop(true);
    let cookie = console.sign_in().await;
    for (origin, cookie, status) in [
        (
            "https://elsewhere.example",
            cookie.as_str(),
            StatusCode::FORBIDDEN,
        ),
        ("null", cookie.as_str(), StatusCode::FORBIDDEN),
        (ORIGIN, "none=1", StatusCode::UNAUTHORIZED),
    ] {
        let request = with(with(get("/terminal"), "origin", origin), "cookie", cookie);
        let answer = console.send(with(request, "upgrade", "websocket")).await;
        assert_eq!(answer.status, status, "{origin} {cookie}");
    }
}

#[tokio::test]
async fn without_the_right_nothing_is_started_and_the_right_is_named() {
    let (told, ran) = told(&shop(false), "db-0", "db").await;
    let words = told.to_string();
    assert!(
        words.contains("pods/exec") && words.contains("Forbidden"),
        "{words}"
    );
    assert!(!ran);
}

#[tokio::test]
async fn the_clusters_own_refusal_is_told_as_it_is() {
    let (told, ran) = told(&shop(true), "db-0", "db").await;
    assert!(ran);
    assert!(told.to_string().contains("is forbidden"), "{told}");
}

#[tokio::test]
async fn no_request_is_built_from_what_is_no_name() {
    for (pod, container) in [
        ("", "db"),
        ("db-0", ""),
        ("../secrets/a", "db"),
        ("db-0", "db?stdin=true"),
    ] {
        let (told, ran) = told(&shop(true), pod, container).await;
        assert!(!ran && told.to_string().contains("Invalid"), "{told}");
    }
}
