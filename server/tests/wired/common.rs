//! A console over a scripted API server: no cluster, the real router.
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, Response, StatusCode, header},
};
use kube::Client;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use server::{
    access::{Access, Identity},
    cluster::{Kube, Upstream},
    guard::Guard,
    router::{AppState, routes},
    site::Site,
    terminal::Terminals,
};
use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, client_async};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

pub const HOST: &str = "127.0.0.1:7777";
pub const ORIGIN: &str = "http://127.0.0.1:7777";

/// What was asked of the scripted API server: method, path with query, body.
pub type Log = Arc<Mutex<Vec<(String, String, String)>>>;

pub struct Console {
    pub router: Router,
    pub guard: Arc<Guard>,
    /// The identity of the link that it prints.
    pub access: Arc<Access>,
    pub asked: Log,
}

/// Answers of the API server: by method and path, a status and a body; none means that it stays silent.
pub type Script = fn(&str, &str) -> Option<(u16, Value)>;

pub fn console(script: impl Scripted) -> Console {
    console_with(script, Site::empty())
}

/// What can be a script: a [`Script`], or a closure that knows more.
pub trait Scripted: Fn(&str, &str) -> Option<(u16, Value)> + Clone + Send + Sync + 'static {}

impl<T: Fn(&str, &str) -> Option<(u16, Value)> + Clone + Send + Sync + 'static> Scripted for T {}

/// The same, with a site that has files.
pub fn console_with(script: impl Scripted, site: Site) -> Console {
    built(script, site, Terminals::default(), Kube::scripted)
}

/// The same, with another connection to the API server.
pub fn console_by(script: impl Scripted, connect: impl FnOnce(Client) -> Kube) -> Console {
    built(script, Site::empty(), Terminals::default(), connect)
}

/// The same, with terminals as the flags say.
pub fn console_of(script: impl Scripted, site: Site, terminals: Terminals) -> Console {
    built(script, site, terminals, Kube::scripted)
}

fn built(
    script: impl Scripted,
    site: Site,
    terminals: Terminals,
    connect: impl FnOnce(Client) -> Kube,
) -> Console {
    let asked = Log::default();
    let client = api_server(script, &asked);
    let access = Access::new(Identity::named("alice"), connect(client.clone()));
    let guard = Arc::new(Guard::new(HOST.parse().unwrap()));
    let state = AppState {
        upstream: Arc::new(Upstream::scripted(client)),
        guard: Arc::clone(&guard),
        site: Arc::new(site),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        closing: CancellationToken::new(),
        terminals,
    };
    Console {
        router: routes(state),
        guard,
        access,
        asked,
    }
}

/// An identity for which the API server answers by this script, and notes what it was asked.
pub fn access(name: &str, script: impl Scripted, asked: &Log) -> Arc<Access> {
    Access::new(Identity::named(name), Kube::scripted(api_server(script, asked)))
}

/// An API server that answers by this script, and notes what it was asked.
fn api_server(script: impl Scripted, asked: &Log) -> Client {
    let log = Arc::clone(asked);
    let api_server = tower::service_fn(move |request: Request<kube::client::Body>| {
        let (log, script) = (Arc::clone(&log), script.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect_bytes().await.unwrap_or_default();
            let path = parts
                .uri
                .path_and_query()
                .map(ToString::to_string)
                .unwrap_or_default();
            let body = String::from_utf8_lossy(&body).into_owned();
            // Nothing changes here: a watch stays open without a word.
            if path.contains("watch=true") && !path.contains("sendInitialEvents") {
                return std::future::pending().await;
            }
            log.lock().unwrap().push((parts.method.to_string(), path, body));
            let Some((status, value)) = script(parts.method.as_str(), parts.uri.path()) else {
                return std::future::pending().await;
            };
            let answer = Response::builder()
                .status(status)
                .header("content-type", "application/json");
            // A text stands for itself: logs are no JSON.
            let body = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Ok::<_, Infallible>(answer.body(Body::from(body)).unwrap())
        }
    });
    Client::new(api_server, "default")
}

/// An API server that forbids everything, in its usual words.
pub fn forbids(_: &str, path: &str) -> Option<(u16, Value)> {
    let message = format!("{path} is forbidden: User \"dave\" cannot");
    Some((
        403,
        json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 403, "reason": "Forbidden", "message": message}),
    ))
}

impl Console {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Opens the printed link; the cookie for further requests.
    pub async fn sign_in(&self) -> String {
        self.sign_in_as(&self.access).await
    }

    /// The same as another identity.
    pub async fn sign_in_as(&self, access: &Arc<Access>) -> String {
        let link = self.guard.link(access);
        let path = link.strip_prefix(ORIGIN).unwrap().to_owned();
        let answer = self.send(get(&path)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Opens a page in a session of its own.
    pub async fn page(&self, path: &str) -> Answer {
        let cookie = self.sign_in().await;
        self.send(with(get(path), "cookie", &cookie)).await
    }

    /// Opens a WebSocket of this console, served on a port of its own.
    pub async fn socket(&self, path: &str, cookie: &str) -> Socket {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let request = Request::get(format!("ws://{HOST}{path}"))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, ORIGIN)
            .header(header::COOKIE, cookie)
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==")
            .body(())
            .unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        client_async(request, stream).await.unwrap().0
    }

    /// Asks a server function in a session of its own.
    pub async fn call(&self, function: &str, body: impl Into<Body>) -> Answer {
        let cookie = self.sign_in().await;
        self.send(post(&format!("/api/{function}"), &cookie, body)).await
    }

    /// The same, and reads what it answers.
    pub async fn ask(&self, function: &str, body: &Value) -> Value {
        let answer = self.call(function, body.to_string()).await;
        serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.body))
    }
}

/// The browser's end of a WebSocket.
pub type Socket = WebSocketStream<TcpStream>;

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

pub fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .header(header::HOST, HOST)
        .body(Body::empty())
        .unwrap()
}

/// A request of an own page that writes, or asks a server function: JSON.
pub fn post(path: &str, cookie: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, HOST)
        .header(header::ORIGIN, ORIGIN)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.into())
        .unwrap()
}

/// Adds or replaces a header.
pub fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}
