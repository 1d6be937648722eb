//! Two identities behind one console: nothing of one reaches the other. And sessions, which end.
use crate::common::{Answer, Console, Log, access, console, forbids, get, post, with};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use server::access::sessions::{IDLE, LASTS};
use std::time::Duration;

/// What an API server says to somebody who may see the namespace `team` only, with one set of this name in it.
fn sees(team: &'static str, set: &'static str) -> impl Fn(&str, &str) -> Option<(u16, Value)> + Clone {
    move |method, path| {
        let list = |kind: &str, items: Value| {
            let meta = json!({"resourceVersion": "1"});
            Some((
                200,
                json!({"kind": kind, "apiVersion": "v1", "metadata": meta, "items": items}),
            ))
        };
        let object = json!({
            "metadata": {"name": set, "namespace": team, "uid": format!("uid-of-{set}"), "resourceVersion": "1"},
            "spec": {"replicas": 1, "serviceName": set, "selector": {"matchLabels": {"a": "b"}},
                "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": format!("image-of-{set}")}]}}},
        });
        let own = format!("/namespaces/{team}/");
        match path {
            path if path.ends_with("/selfsubjectreviews") => {
                let status = json!({"userInfo": {"username": team}});
                Some((201, json!({"metadata": {}, "status": status})))
            }
            path if path.ends_with("/selfsubjectaccessreviews") => {
                Some((201, json!({"spec": {}, "status": {"allowed": false}})))
            }
            path if path.ends_with(&format!("{own}statefulsets")) => list("StatefulSetList", json!([object])),
            path if path.ends_with(&format!("{own}statefulsets/{set}")) && method == "GET" => {
                Some((200, object))
            }
            path if path.contains(&own) => list("List", json!([])),
            path => forbids(method, path),
        }
    }
}

async fn page(console: &Console, cookie: &str, path: &str) -> Answer {
    console.send(with(get(path), "cookie", cookie)).await
}

#[tokio::test]
async fn one_identity_never_sees_what_another_does() {
    let console = console(sees("red", "rubies"));
    let asked_as_blue = Log::default();
    let blue = access("blue", sees("blue", "sapphires"), &asked_as_blue);
    let (red_cookie, blue_cookie) = (console.sign_in().await, console.sign_in_as(&blue).await);
    assert_ne!(red_cookie, blue_cookie);
    // Each looks at its own first, so that whatever could be shared is warm.
    for (cookie, own, other) in [
        (&red_cookie, ("red", "rubies"), ("blue", "sapphires")),
        (&blue_cookie, ("blue", "sapphires"), ("red", "rubies")),
        (&red_cookie, ("red", "rubies"), ("blue", "sapphires")),
    ] {
        let list = page(&console, cookie, &format!("/statefulsets?ns={}", own.0))
            .await
            .body;
        assert!(
            list.contains(&format!("image-of-{}", own.1)) && !list.contains(other.1),
            "{list}"
        );
        assert!(
            list.contains(&format!("\"user\":\"{}\"", own.0)),
            "the frame names who one is"
        );
        let theirs = [
            format!("/statefulsets?ns={}", other.0),
            format!("/statefulsets?ns={},{}", own.0, other.0),
            "/statefulsets?q=s".to_owned(),
            format!("/statefulsets/{}/{}", other.0, other.1),
            format!("/statefulsets/{}/{}/edit", other.0, other.1),
            format!("/claims?ns={}", other.0),
        ];
        for path in theirs {
            let shown = page(&console, cookie, &path).await.body;
            let told = format!("image-of-{}", other.1);
            assert!(
                !shown.contains(&told) && !shown.contains("\"red\",\"blue\""),
                "{path}: {shown}"
            );
        }
        let body = json!({"namespace": other.0, "name": other.1, "clean": true}).to_string();
        let yaml = console.send(post("/api/sets/yaml", cookie, body)).await;
        assert_eq!(yaml.status, StatusCode::FORBIDDEN, "{}", yaml.body);
    }
    let crossed = |log: &Log, set: &str| {
        let log = log.lock().unwrap();
        let mut written = log.iter().filter(|(method, _, _)| method != "GET");
        written.any(|(_, path, _)| path.contains(set))
    };
    assert!(!crossed(&console.asked, "sapphires") && !crossed(&asked_as_blue, "rubies"));
}

#[tokio::test]
async fn a_sign_out_ends_this_session_and_no_other() {
    let console = console(forbids);
    let blue = access("blue", forbids, &Log::default());
    let (red, other) = (console.sign_in().await, console.sign_in_as(&blue).await);
    let foreign = with(post("/sign-out", &red, ""), "origin", "http://evil.example");
    assert_eq!(console.send(foreign).await.status, StatusCode::FORBIDDEN);
    let answer = console.send(post("/sign-out", &red, "")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(
        page(&console, &red, "/statefulsets").await.status,
        StatusCode::UNAUTHORIZED
    );
    // Somebody is there, who may see nothing.
    assert_eq!(
        page(&console, &other, "/statefulsets").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(start_paused = true)]
async fn a_session_ends_by_itself() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let after = async |pause: Duration| {
        tokio::time::advance(pause).await;
        page(&console, &cookie, "/statefulsets").await.status
    };
    assert_eq!(after(IDLE - Duration::from_secs(60)).await, StatusCode::FORBIDDEN);
    assert_eq!(
        after(IDLE - Duration::from_secs(60)).await,
        StatusCode::FORBIDDEN,
        "it was used meanwhile"
    );
    assert_eq!(after(IDLE).await, StatusCode::UNAUTHORIZED);

    let cookie = console.sign_in().await;
    let mut left = LASTS;
    while left > IDLE {
        tokio::time::advance(IDLE / 2).await;
        left -= IDLE / 2;
        assert_eq!(
            page(&console, &cookie, "/statefulsets").await.status,
            StatusCode::FORBIDDEN
        );
    }
    tokio::time::advance(IDLE / 2).await;
    page(&console, &cookie, "/statefulsets").await;
    tokio::time::advance(IDLE / 2).await;
    let end = page(&console, &cookie, "/statefulsets").await;
    assert_eq!(end.status, StatusCode::UNAUTHORIZED, "however much it is used");
}

#[tokio::test]
async fn a_link_in_a_chat_opens_the_page_once_more_from_here() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let led = |path: &str, mode: &str| {
        let request = with(get(path), "sec-fetch-site", "cross-site");
        with(
            with(request, "sec-fetch-mode", mode),
            "sec-fetch-dest",
            "document",
        )
    };
    let answer = console.send(led("/a\"b", "navigate")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("url=/a&quot;b\""), "{}", answer.body);
    let answer = console.send(led("/statefulsets?ns=a&q=b", "navigate")).await;
    assert!(
        answer.body.contains("url=/statefulsets?ns=a&amp;q=b\""),
        "{}",
        answer.body
    );
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    // Not for what no person opened, not a second time, and never to another host.
    for (request, status) in [
        (led("/statefulsets", "no-cors"), StatusCode::UNAUTHORIZED),
        (
            with(led("/statefulsets", "navigate"), "sec-fetch-site", "same-origin"),
            StatusCode::UNAUTHORIZED,
        ),
    ] {
        assert_eq!(console.send(request).await.status, status);
    }
    let away = console.send(led("//evil.example/", "navigate")).await;
    assert!(
        away.body.contains("url=/\"") && !away.body.contains("evil"),
        "{}",
        away.body
    );
    // With the cookie (Lax browsers) it is the page at once.
    let known = console
        .send(with(led("/statefulsets", "navigate"), "cookie", &cookie))
        .await;
    assert!(!known.body.contains("http-equiv=\"refresh\""));
}
