//! Logs over a scripted API server, by a real socket: who may read them, in which order they come, what is told of cuts.
use crate::common::{Console, Log, ORIGIN, Scripted, Socket, access, console, forbids, get, post, with};
use axum::http::{StatusCode, header};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// A pod of the set `db` in the namespace `shop`, whose containers run.
fn pod(name: &str, containers: &[&str]) -> Value {
    let spec: Vec<Value> = containers
        .iter()
        .map(|c| json!({"name": c, "image": "i"}))
        .collect();
    let running = json!({"running": {"startedAt": "2026-01-01T00:00:00Z"}});
    let of = |c: &&str| json!({"name": c, "ready": true, "restartCount": 0, "image": "i", "imageID": "", "state": running});
    let status: Vec<Value> = containers.iter().map(of).collect();
    json!({"kind": "Pod", "apiVersion": "v1",
        "metadata": {"namespace": "shop", "name": name, "uid": format!("uid-{name}"), "labels": {"app": "db"},
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "s", "controller": true}]},
        "spec": {"containers": spec}, "status": {"phase": "Running", "containerStatuses": status}})
}

fn review(allowed: bool) -> Option<(u16, Value)> {
    Some((201, json!({"spec": {}, "status": {"allowed": allowed}})))
}

/// Two pods, and what their logs say.
fn shop(log: impl Fn(&str) -> String + Clone + Send + Sync + 'static) -> impl Scripted {
    move |method: &str, path: &str| {
        let part = path.strip_prefix("/api/v1/namespaces/shop/pods");
        match (part, path) {
            (_, path) if path.ends_with("/selfsubjectaccessreviews") => review(true),
            (Some(""), _) => {
                let meta = json!({"resourceVersion": "1"});
                let items = [pod("db-0", &["db"]), pod("db-1", &["db"])];
                Some((
                    200,
                    json!({"kind": "PodList", "apiVersion": "v1", "metadata": meta, "items": items}),
                ))
            }
            (Some(rest), _) if rest.ends_with("/log") => Some((200, Value::String(log(&rest[1..5])))),
            (Some(rest), _) => Some((200, pod(&rest[1..], &["db"]))),
            _ => forbids(method, path),
        }
    }
}

/// A line as the kubelet gives it, so many milliseconds after a moment.
fn line(millis: u32, text: &str) -> String {
    format!(
        "2026-01-01T00:00:{:02}.{:03}000000Z {text}\n",
        millis / 1_000,
        millis % 1_000
    )
}

fn ask(scope: Value, cursors: Value) -> Value {
    json!({"Ask": {"scope": scope, "cursors": cursors, "reading": {
        "ordinals": [], "containers": [], "runs": "Current", "since": null, "from": null, "to": null, "tail": 200}}})
}

fn set() -> Value {
    json!({"Set": {"namespace": "shop", "name": "db"}})
}

/// The logs' socket of this console.
async fn open(console: &Console, cookie: &str) -> Socket {
    console.socket("/logs/stream", cookie).await
}

async fn say(socket: &mut Socket, frame: &Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

/// The next frame that is no beat; each is worked up at once.
async fn next(socket: &mut Socket) -> Option<Value> {
    loop {
        let message = timeout(Duration::from_secs(60), socket.next())
            .await
            .expect("in time")?;
        let Ok(Message::Text(text)) = message else {
            return None;
        };
        let frame: Value = serde_json::from_str(&text).unwrap();
        if let Some(seq) = frame["Entries"]["seq"].as_u64() {
            say(socket, &json!({"Ack": seq})).await;
        }
        if frame != "Beat" {
            return Some(frame);
        }
    }
}

/// The texts of so many lines, and what else came between.
async fn lines(socket: &mut Socket, count: usize) -> Vec<String> {
    let mut out = Vec::new();
    while out.len() < count {
        let frame = next(socket).await.expect("more is to come");
        for entry in frame["Entries"]["entries"].as_array().into_iter().flatten() {
            out.push(entry["L"][3].as_str().map_or(entry.to_string(), str::to_owned));
        }
    }
    out
}

#[tokio::test]
async fn only_own_pages_of_a_session_may_open_it() {
    let console = console(shop(|_| String::new()));
    let cookie = console.sign_in().await;
    let upgrade = |origin: &str, cookie: &str| {
        let request = with(get("/logs/stream"), "origin", origin);
        let request = with(with(request, "connection", "upgrade"), "upgrade", "websocket");
        let request = with(request, "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        with(with(request, "sec-websocket-version", "13"), "cookie", cookie)
    };
    let status = async |request| console.send(request).await.status;
    assert_eq!(
        status(upgrade("http://evil.example", &cookie)).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        status(upgrade(ORIGIN, "nobody=1")).await,
        StatusCode::UNAUTHORIZED
    );
    let mut silent = upgrade(ORIGIN, &cookie);
    silent.headers_mut().remove("origin");
    assert_eq!(status(silent).await, StatusCode::FORBIDDEN);
    assert_eq!(
        status(upgrade(ORIGIN, &cookie)).await,
        StatusCode::UPGRADE_REQUIRED
    );
    assert_eq!(
        status(get("/logs/file?ns=shop&pod=db-0")).await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn without_the_right_nothing_is_read() {
    let script = |method: &str, path: &str| match path {
        path if path.ends_with("/selfsubjectaccessreviews") => review(false),
        path => forbids(method, path),
    };
    let console = console(script);
    let cookie = console.sign_in().await;
    let mut socket = open(&console, &cookie).await;
    say(&mut socket, &ask(set(), json!([]))).await;
    let frame = next(&mut socket).await.unwrap();
    assert!(frame["Over"].to_string().contains("pods/log"), "{frame}");
    let body = json!({"scope": set(), "reading": ask(set(), json!([]))["Ask"]["reading"]}).to_string();
    let page = console.send(post("/api/logs/page", &cookie, body)).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.body);
    let file = console
        .send(with(get("/logs/file?ns=shop&set=db"), "cookie", &cookie))
        .await;
    assert_eq!(file.status, StatusCode::FORBIDDEN);
    let asked = console.asked.lock().unwrap().clone();
    assert!(
        asked.iter().all(|(_, path, _)| !path.contains("/log?")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn two_pods_are_one_stream_in_the_order_of_their_times() {
    let console = console(shop(|pod| match pod {
        "db-0" => line(1, "one") + &line(3, "three") + &line(5, "five <b>"),
        _ => line(2, "two") + &line(4, &"x".repeat(20_000)),
    }));
    let cookie = console.sign_in().await;
    let mut socket = open(&console, &cookie).await;
    say(&mut socket, &ask(set(), json!([]))).await;
    let told = lines(&mut socket, 5).await;
    assert_eq!(told[3].len(), 16 * 1024, "a long line is cut");
    assert_eq!(
        [&told[0], &told[1], &told[2], &told[4]],
        ["one", "two", "three", "five <b>"]
    );
}

#[tokio::test]
async fn a_log_that_breaks_off_is_gone_on_with_and_a_gap_is_told() {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let console = console(shop(move |pod| {
        match (pod, count.fetch_add(usize::from(pod == "db-0"), Ordering::SeqCst)) {
            ("db-0", 0) => line(501, "one") + &line(502, "two"),
            ("db-0", 1) => line(501, "one") + &line(502, "two") + &line(502, "two") + &line(9_000, "three"),
            // The node rotated it.
            ("db-0", _) => line(20_000, "four"),
            _ => String::new(),
        }
    }));
    let cookie = console.sign_in().await;
    let mut socket = open(&console, &cookie).await;
    let scope = json!({"Pod": {"namespace": "shop", "name": "db-0"}});
    say(&mut socket, &ask(scope, json!([]))).await;
    let told = lines(&mut socket, 6).await;
    assert_eq!(told[..4], ["one", "two", "two", "three"]);
    assert!(told[4].contains("Gap"), "{told:?}");
    assert_eq!(told[5], "four");
    let asked = console.asked.lock().unwrap().clone();
    let logs: Vec<&String> = asked
        .iter()
        .map(|(_, path, _)| path)
        .filter(|p| p.contains("/log?"))
        .collect();
    assert!(
        logs[0].contains("tailLines=200") && logs[0].contains("follow=true"),
        "{logs:?}"
    );
    assert!(
        logs[1].contains("sinceTime=2026-01-01T00%3A00%3A00Z") && !logs[1].contains("tail"),
        "{logs:?}"
    );
}

#[tokio::test]
async fn a_sign_out_ends_it() {
    let console = console(shop(|_| line(1, "one")));
    let cookie = console.sign_in().await;
    let mut socket = open(&console, &cookie).await;
    say(&mut socket, &ask(set(), json!([]))).await;
    lines(&mut socket, 2).await;
    console.send(post("/sign-out", &cookie, "")).await;
    let ended = async { while next(&mut socket).await.is_some() {} };
    timeout(Duration::from_secs(5), ended)
        .await
        .expect("within five seconds");
}

#[tokio::test]
async fn nothing_of_one_identity_reaches_another() {
    let console = console(shop(|_| line(1, "of-red")));
    let asked = Log::default();
    let blue = access(
        "blue",
        |method: &str, path: &str| match path {
            path if path.ends_with("/selfsubjectaccessreviews") => review(true),
            path => forbids(method, path),
        },
        &asked,
    );
    let (red, blue) = (console.sign_in().await, console.sign_in_as(&blue).await);
    let mut first = open(&console, &red).await;
    say(&mut first, &ask(set(), json!([]))).await;
    assert_eq!(lines(&mut first, 2).await, ["of-red", "of-red"]);
    let mut second = open(&console, &blue).await;
    say(&mut second, &ask(set(), json!([]))).await;
    let frame = loop {
        let frame = next(&mut second).await.unwrap();
        assert!(!frame.to_string().contains("of-red"), "{frame}");
        if frame["Over"] != Value::Null {
            break frame;
        }
    };
    assert!(frame.to_string().contains("forbidden"), "{frame}");
    let file = console
        .send(with(get("/logs/file?ns=shop&pod=db-0"), "cookie", &blue))
        .await;
    assert!(!file.body.contains("of-red"), "{}", file.body);
}

#[tokio::test]
async fn a_file_is_merged_and_its_name_stays_a_name() {
    let console = console(shop(|pod| match pod {
        "db-0" => line(1, "one") + &line(3, "three"),
        _ => line(2, "two"),
    }));
    let cookie = console.sign_in().await;
    let file = async |path: &str| console.send(with(get(path), "cookie", &cookie)).await;
    let plain = file("/logs/file?ns=shop&set=db&tail=all").await;
    assert_eq!(plain.body, "one\ntwo\nthree\n");
    assert_eq!(
        plain.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"shop-db.log\""
    );
    let alone = file("/logs/file?ns=shop&pod=db-0&c=db&tail=all").await;
    assert!(
        alone.body.contains("one") && alone.body.contains("three"),
        "{}",
        alone.body
    );
    let asked = console.asked.lock().unwrap().clone();
    let last = asked.iter().rfind(|(_, path, _)| path.contains("/log?")).unwrap();
    assert!(!last.1.contains("timestamps=true"), "as it is: {}", last.1);
    let named = file("/logs/file?ns=shop&set=db&names=1").await;
    assert!(
        named.body.contains("db-1 db 2026-01-01T00:00:00.002Z two\n"),
        "{}",
        named.body
    );
    for odd in ["..%2F..%2Fetc", "a%22%0d%0aX-Y:%20z", ""] {
        let refused = file(&format!("/logs/file?ns=shop&pod={odd}")).await;
        assert_ne!(refused.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn without_javascript_the_end_is_a_page_and_no_line_is_markup() {
    let console = console(shop(|_| {
        line(1, "<script>alert(1)</script> \u{1b}[31mred\u{1b}[0m")
    }));
    let cookie = console.sign_in().await;
    for path in ["/pods/shop/db-0/logs", "/statefulsets/shop/db/logs"] {
        let page = console.send(with(get(path), "cookie", &cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{}", page.body);
        assert!(page.body.contains("<span class=\"a1\">red"), "{}", page.body);
    }
}
