//! Signing in by a token, on the wired router: each with their own rights, and nobody with another's.
mod issuer;
mod oidc;

use crate::common::{get, with};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use kube::Client;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;
use server::{
    cluster::Upstream,
    config::Public,
    guard::Guard,
    router::{AppState, routes},
    signin::{Keys, Oidc, SignIn},
    site::Site,
    terminal::Terminals,
};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

const HOST: &str = "ordinal.example.org";
const ORIGIN: &str = "https://ordinal.example.org";

/// Who has which token, `*` being any; what was asked, by the token that came along.
#[derive(Clone, Default)]
struct Cluster {
    people: Arc<Mutex<HashMap<&'static str, &'static str>>>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Cluster {
    fn of(people: &[(&'static str, &'static str)]) -> Self {
        let cluster = Self::default();
        cluster.people.lock().unwrap().extend(people.iter().copied());
        cluster
    }

    fn client(&self) -> Client {
        let cluster = self.clone();
        let service = tower::service_fn(move |request: Request<kube::client::Body>| {
            let answer = cluster.answer(&request);
            async move { Ok::<_, Infallible>(answer) }
        });
        Client::new(service, "default")
    }

    fn answer(&self, request: &Request<kube::client::Body>) -> Response<Body> {
        let bearer = request.headers().get(header::AUTHORIZATION);
        let token = bearer.and_then(|b| b.to_str().ok()?.strip_prefix("Bearer "));
        let path = request.uri().path().to_owned();
        self.asked
            .lock()
            .unwrap()
            .push((token.unwrap_or_default().to_owned(), path.clone()));
        let people = self.people.lock().unwrap();
        let user = token.and_then(|t| people.get(t).or(people.get("*")).copied());
        let (code, body) = match user {
            None => (
                401,
                json!({"kind": "Status", "code": 401, "message": "Unauthorized"}),
            ),
            Some(user) if path.ends_with("/selfsubjectreviews") => (
                201,
                json!({"status": {"userInfo": {"username": user, "groups": ["team"]}}}),
            ),
            Some(user) => (
                403,
                json!({"kind": "Status", "code": 403, "message": format!("{user} may not")}),
            ),
        };
        let answer = Response::builder()
            .status(code)
            .header("content-type", "application/json");
        answer.body(Body::from(body.to_string())).unwrap()
    }

    /// A replica of the console, with these keys.
    fn replica(&self, key: &str) -> Replica {
        self.replica_with(key, None)
    }

    /// The same, where people sign in at an issuer.
    fn replica_with(&self, key: &str, oidc: Option<Oidc>) -> Replica {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), key.repeat(32)).unwrap();
        let upstream = Arc::new(Upstream::scripted(self.client()));
        let keys = Keys::read(&[file.path().to_owned()]).unwrap();
        let public = Public {
            origin: ORIGIN.to_owned(),
            host: HOST.to_owned(),
            tls: true,
        };
        let sign_in = Arc::new(SignIn::new(keys, Arc::clone(&upstream), oidc, true, 0));
        let guard = Guard::new("0.0.0.0:8080".parse().unwrap())
            .reached(Some(public), true)
            .signing_in(&sign_in);
        let state = AppState {
            upstream,
            guard: Arc::new(guard),
            site: Arc::new(Site::empty()),
            metrics: PrometheusBuilder::new().build_recorder().handle(),
            closing: CancellationToken::new(),
            terminals: Terminals::default(),
        };
        Replica(routes(state))
    }
}

struct Replica(Router);

impl Replica {
    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = self.0.clone().oneshot(with(request, "host", HOST)).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (
            parts.status,
            parts.headers,
            String::from_utf8_lossy(&body).into_owned(),
        )
    }

    async fn paste(&self, token: &str, to: &str) -> (StatusCode, HeaderMap, String) {
        let body = serde_urlencoded(&[("token", token), ("to", to)]);
        let request = Request::post("/sign-in")
            .header(header::ORIGIN, ORIGIN)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// The browser's cookies after it signed in.
    async fn sign_in(&self, token: &str) -> String {
        let (status, headers, body) = self.paste(token, "/claims").await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        assert_eq!(headers[header::LOCATION], "/claims");
        jar(&headers)
    }

    async fn page(&self, cookie: &str) -> (StatusCode, HeaderMap, String) {
        self.send(with(get("/statefulsets?ns=shop"), "cookie", cookie))
            .await
    }
}

fn serde_urlencoded(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(k, v)| format!("{k}={}", app::paths::encode(v)));
    pairs.collect::<Vec<_>>().join("&")
}

fn jar(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    let pairs: Vec<_> = lines
        .map(|l| l.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect();
    pairs.join("; ")
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_it_and_asks_the_cluster_nothing() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let replica = cluster.replica("k");
    let (status, headers, _) = replica.send(get("/statefulsets/shop/db?tab=events")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(
        headers[header::LOCATION],
        "/sign-in?to=%2Fstatefulsets%2Fshop%2Fdb%3Ftab%3Devents"
    );
    let (status, headers, body) = replica.send(get("/sign-in?to=%2Fclaims")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        body.contains("Sign in to scripted") && body.contains("value=\"/claims\""),
        "{body}"
    );
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");
    for path in ["/api/sets/list", "/live", "/logs/stream", "/terminal", "/metrics"] {
        let upgrade = with(with(get(path), "upgrade", "websocket"), "origin", ORIGIN);
        assert_eq!(replica.send(upgrade).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    // The printed link's token is nothing here.
    assert_eq!(
        replica.send(get("/?token=t-alice")).await.0,
        StatusCode::SEE_OTHER
    );
    assert!(cluster.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn each_asks_with_their_own_token_and_nothing_of_one_reaches_the_other() {
    let cluster = Cluster::of(&[("t-alice", "alice"), ("t-bob", "bob")]);
    let replica = cluster.replica("k");
    let (alice, bob) = (
        replica.sign_in("t-alice").await,
        replica.sign_in("Bearer t-bob ").await,
    );
    for (cookie, own, other) in [(&alice, "alice", "bob"), (&bob, "bob", "alice")] {
        cluster.asked.lock().unwrap().clear();
        let (status, _, body) = replica.page(cookie).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "the cluster says so");
        assert!(body.contains(&format!("{own} may not")) && !body.contains(&format!("{other} may not")));
        // The other's feeds go on beside it, with their own token.
        let asked = cluster.asked.lock().unwrap();
        assert!(asked.iter().any(|(token, _)| token == &format!("t-{own}")));
        assert!(
            asked.iter().all(|(token, _)| !token.is_empty()),
            "nothing is asked as nobody"
        );
    }
    assert!(!alice.contains("t-alice"), "the cookie is encrypted");
    let both = format!("{alice}; {}", bob.replace("__Host-ordinal", "other"));
    assert!(replica.page(&both).await.2.contains("alice may not"));
}

#[tokio::test]
async fn the_cookie_is_kept_as_safely_as_a_browser_can() {
    let cluster = Cluster::of(&[("t", "alice")]);
    let (_, headers, _) = cluster.replica("k").paste("t", "/").await;
    let line = headers[header::SET_COOKIE].to_str().unwrap();
    assert!(line.starts_with("__Host-ordinal="), "{line}");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Secure"] {
        assert!(line.contains(attribute), "{line}");
    }
    assert!(!line.contains("Domain"), "{line}");
}

#[tokio::test]
async fn any_replica_with_the_key_serves_and_none_without() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let cookie = cluster.replica("k").sign_in("t-alice").await;
    assert_eq!(cluster.replica("k").page(&cookie).await.0, StatusCode::FORBIDDEN);
    assert_eq!(cluster.replica("z").page(&cookie).await.0, StatusCode::SEE_OTHER);
    let forged = cookie.replace("__Host-ordinal=1.", "__Host-ordinal=1.A");
    assert_eq!(cluster.replica("k").page(&forged).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test(start_paused = true)]
async fn what_the_cluster_does_not_take_is_told_and_nothing_is_kept() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let replica = cluster.replica("k");
    for (token, code, said) in [
        ("t-eve", StatusCode::UNAUTHORIZED, "does not take this token"),
        ("", StatusCode::UNPROCESSABLE_ENTITY, "no token"),
        ("a b", StatusCode::UNPROCESSABLE_ENTITY, "no token"),
        (
            "a\r\nImpersonate-User: root",
            StatusCode::UNPROCESSABLE_ENTITY,
            "no token",
        ),
    ] {
        let (status, headers, body) = replica.paste(token, "/claims").await;
        assert_eq!((status, headers.get(header::SET_COOKIE)), (code, None), "{token}");
        assert!(
            body.contains(said) && body.contains("value=\"/claims\""),
            "{body}"
        );
        assert!(
            token.is_empty() || !body.contains(token),
            "a token is never told again"
        );
    }
    let (_, headers, _) = replica.paste("t-alice", "//evil.example").await;
    assert_eq!(headers[header::LOCATION], "/");
}

#[tokio::test]
async fn another_origin_neither_signs_in_nor_out() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let replica = cluster.replica("k");
    let cookie = replica.sign_in("t-alice").await;
    for origin in [
        "https://evil.example",
        "http://ordinal.example.org",
        "null",
        "https://ordinal.example.org.evil",
    ] {
        for path in ["/sign-in", "/sign-out"] {
            let request = Request::post(path).header(header::ORIGIN, origin);
            let request = request
                .header(header::COOKIE, &cookie)
                .body(Body::from("token=t-alice"));
            assert_eq!(
                replica.send(request.unwrap()).await.0,
                StatusCode::FORBIDDEN,
                "{origin}"
            );
        }
    }
    for host in ["evil.example", "ordinal.example.org.evil", "127.0.0.1:8080"] {
        let request = with(get("/sign-in"), "host", host);
        let answer = replica.0.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let probe = with(get("/healthz"), "host", "10.0.0.7:8080");
    assert_eq!(
        replica.0.clone().oneshot(probe).await.unwrap().status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn who_signed_out_is_out_here_and_the_browser_forgets() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let replica = cluster.replica("k");
    let cookie = replica.sign_in("t-alice").await;
    assert_eq!(replica.page(&cookie).await.0, StatusCode::FORBIDDEN);
    let request = Request::post("/sign-out")
        .header(header::ORIGIN, ORIGIN)
        .header(header::COOKIE, &cookie);
    let (status, headers, _) = replica.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (status, &headers[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/sign-in".parse().unwrap())
    );
    assert!(
        headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    // A copy of the cookie opens nothing here any more.
    assert_eq!(replica.page(&cookie).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_that_the_cluster_no_longer_knows_ends_what_is_open() {
    let cluster = Cluster::of(&[("t-alice", "alice")]);
    let replica = cluster.replica("k");
    let cookie = replica.sign_in("t-alice").await;
    cluster.people.lock().unwrap().clear();
    let (status, _, body) = replica.page(&cookie).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "{body}");
}
