//! Every guard, on the wired router: each of these fails when its guard is taken out.

mod redirects;

use crate::common::{ORIGIN, console, console_with, forbids, get, post, with};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use std::time::Duration;
use tokio::time::Instant;

const SCALE: &str = "/api/sets/scale";

/// A write like any other.
fn scale(path: &str, cookie: &str) -> Request<Body> {
    post(
        path,
        cookie,
        r#"{"namespace":"a","name":"b","uid":"c","replicas":1}"#,
    )
}

#[tokio::test]
async fn nothing_is_answered_without_the_cookie() {
    let console = console(forbids);
    for path in [
        "/",
        "/statefulsets",
        "/statefulsets/a/b",
        "/create",
        "/metrics",
        "/live",
        "/nothing",
    ] {
        assert_eq!(
            console.send(get(path)).await.status,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    assert_eq!(
        console.send(scale(SCALE, "")).await.status,
        StatusCode::UNAUTHORIZED
    );
    let guessed = with(get("/statefulsets"), "cookie", "ordinal_7777=0000");
    assert_eq!(console.send(guessed).await.status, StatusCode::UNAUTHORIZED);
    assert!(
        console.asked.lock().unwrap().is_empty(),
        "the cluster was asked for somebody unknown"
    );
}

#[tokio::test]
async fn the_links_token_works_once() {
    let console = console(forbids);
    let link = console.guard.link(&console.access).replace(ORIGIN, "");
    let first = console.send(get(&link)).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let cookie = first.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(
        !cookie.contains("Domain"),
        "a cookie with a domain is no longer host-only"
    );
    assert_eq!(
        first.headers[header::LOCATION],
        "/",
        "the token must leave the address bar"
    );
    assert_eq!(console.send(get(&link)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        console.send(get("/?token=")).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_ne!(console.guard.link(&console.access).replace(ORIGIN, ""), link);
}

#[tokio::test]
async fn a_worker_may_load_its_own_script_and_no_more() {
    let site = tempfile::tempdir().unwrap();
    let editor = site.path().join("pkg/editor-1");
    std::fs::create_dir_all(&editor).unwrap();
    for file in ["yaml.worker.js", "editor.js"] {
        std::fs::write(editor.join(file), "1").unwrap();
    }
    let console = console_with(forbids, server::site::open(Some(site.path())).unwrap());
    let policy = async |path: &str| {
        let answer = console.send(get(path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let policy = &answer.headers[header::CONTENT_SECURITY_POLICY];
        policy.to_str().unwrap().to_owned()
    };
    assert_eq!(
        policy("/pkg/editor-1/yaml.worker.js").await,
        "default-src 'none'; script-src 'self'; frame-ancestors 'none'"
    );
    assert_eq!(
        policy("/pkg/editor-1/editor.js").await,
        "default-src 'none'; frame-ancestors 'none'"
    );
    // A folder is no file: the redirect to it would be `//editor-1/`, another host.
    let folder = console.send(get("/pkg//editor-1")).await;
    assert_eq!(folder.status, StatusCode::NOT_FOUND);
    assert!(!folder.headers.contains_key(header::LOCATION));
}

#[tokio::test]
async fn a_foreign_host_is_refused_even_with_the_cookie() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    for host in [
        "evil.example",
        "evil.example:7777",
        "127.0.0.1:1",
        "localhost.evil.example:7777",
        "",
    ] {
        let request = with(with(get("/statefulsets"), "cookie", &cookie), "host", host);
        assert_eq!(
            console.send(request).await.status,
            StatusCode::MISDIRECTED_REQUEST,
            "{host}"
        );
    }
    let local = with(with(get("/healthz"), "cookie", &cookie), "host", "localhost:7777");
    assert_eq!(console.send(local).await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_own_pages_may_write() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let asked = || {
        console
            .asked
            .lock()
            .unwrap()
            .iter()
            .filter(|(_, path, _)| path.contains("/scale"))
            .count()
    };
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "https://127.0.0.1:7777"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        let answer = console.send(with(scale(SCALE, &cookie), name, value)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert_eq!(answer.body, "Only Ordinal's own pages may ask for this.\n");
    }
    let mut silent = scale(SCALE, &cookie);
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(console.send(silent).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        console
            .send(with(
                scale("/preferences", &cookie),
                "origin",
                "http://evil.example"
            ))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(asked(), 0);
    // The same request from an own page reaches the cluster, whose answer it is then.
    let answer = console
        .send(with(scale(SCALE, &cookie), "sec-fetch-site", "same-origin"))
        .await;
    assert!(answer.body.contains("Forbidden"), "{}", answer.body);
    assert_eq!(asked(), 1);
}

#[tokio::test]
async fn the_socket_is_for_own_pages_only() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let upgrade = |origin: &str| {
        let request = with(with(get("/live"), "cookie", &cookie), "origin", origin);
        let request = with(with(request, "connection", "upgrade"), "upgrade", "websocket");
        with(
            with(request, "sec-websocket-version", "13"),
            "sec-websocket-key",
            "dGhlIHNhbXBsZSBub25jZQ==",
        )
    };
    assert_eq!(
        console.send(upgrade("http://evil.example")).await.status,
        StatusCode::FORBIDDEN
    );
    let mut silent = upgrade(ORIGIN);
    silent.headers_mut().remove(header::ORIGIN);
    assert_eq!(console.send(silent).await.status, StatusCode::FORBIDDEN);
    // Without a real connection below there is nothing to upgrade; the guard is passed.
    assert_eq!(
        console.send(upgrade(ORIGIN)).await.status,
        StatusCode::UPGRADE_REQUIRED
    );
}

#[tokio::test]
async fn a_page_has_a_strict_policy_with_a_fresh_nonce() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let page = || async { console.send(with(get("/statefulsets"), "cookie", &cookie)).await };
    let (first, second) = (page().await, page().await);
    let policy = |answer: &crate::common::Answer| {
        answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned()
    };
    let (a, b) = (policy(&first), policy(&second));
    for part in [
        "default-src 'none'",
        "script-src 'self' 'nonce-",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(a.contains(part), "{part} is not in {a}");
    }
    assert!(
        !a.contains("'unsafe-inline' ") && !a.contains("unsafe-eval' 'un"),
        "{a}"
    );
    assert_ne!(a, b, "the nonce must be another on each page");
    let nonce = a.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(
        first.body.contains(&format!("nonce=\"{nonce}\"")),
        "the page's scripts carry the nonce"
    );
    assert_eq!(first.headers["x-frame-options"], "DENY");
    assert_eq!(first.headers["x-content-type-options"], "nosniff");
    assert_eq!(first.headers["referrer-policy"], "same-origin");
    assert!(first.headers.contains_key("permissions-policy"));
    assert_eq!(first.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let mut request = scale(SCALE, &cookie);
    *request.body_mut() = Body::from(vec![b' '; 6 * 1024 * 1024]);
    request
        .headers_mut()
        .insert(header::CONTENT_LENGTH, (6 * 1024 * 1024).into());
    assert_eq!(console.send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

// The clock stands still but for what is waited for, so that a slow machine does not count.
#[tokio::test(start_paused = true)]
async fn a_silent_cluster_still_gets_a_page_within_two_seconds() {
    let console = console(|_, _| None);
    let cookie = console.sign_in().await;
    // The first page also asks who the user is.
    for path in ["/statefulsets", "/statefulsets/a/b"] {
        let start = Instant::now();
        let answer = console.send(with(get(path), "cookie", &cookie)).await;
        assert!(
            start.elapsed() < Duration::from_secs(2),
            "{path}: {:?}",
            start.elapsed()
        );
        assert!(
            answer.body.contains("The cluster does not answer"),
            "{path}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn a_refusal_is_shown_in_the_clusters_words() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let answer = console
        .send(with(get("/statefulsets?ns=secret"), "cookie", &cookie))
        .await;
    assert!(answer.body.contains("You may not see this"), "{}", answer.body);
    assert!(
        answer
            .body
            .contains("namespaces/secret/statefulsets is forbidden"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_request_is_never_built_from_an_empty_name() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let mut request = scale(SCALE, &cookie);
    *request.body_mut() = Body::from(r#"{"namespace":"a","name":"","uid":"c","replicas":0}"#);
    let answer = console.send(request).await;
    assert!(answer.body.contains("Invalid"), "{}", answer.body);
    assert!(
        console
            .asked
            .lock()
            .unwrap()
            .iter()
            .all(|(_, path, _)| !path.contains("statefulsets/"))
    );
}
