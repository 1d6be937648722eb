//! The guards of a port that has somebody's kubeconfig behind it: every web page and every other user of the machine
//! can reach it, so each request must prove that it comes from the browser that opened the printed link.
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rand::{TryRngCore, rngs::OsRng};
use std::io::Write as _;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use subtle::ConstantTimeEq;

/// Sessions that are kept; the oldest goes when another browser opens a link.
const MAX_SESSIONS: usize = 64;

/// The state of the guards: what the server is called, the next link's token, the cookies that it gave out.
pub struct Guard {
    address: SocketAddr,
    secrets: Mutex<Secrets>,
}

struct Secrets {
    token: String,
    sessions: Vec<String>,
    /// What every browser gets, instead of a session of its own.
    kept: Option<String>,
}

impl Guard {
    /// Guards for a server that listens on `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            secrets: Mutex::new(Secrets {
                token: secret(),
                sessions: Vec::new(),
                kept: None,
            }),
        }
    }

    /// Knows this session from the start: the edit loop restarts the server, and its browser stays signed in. Too
    /// short a secret is none.
    #[must_use]
    pub fn keeping(self, session: Option<String>) -> Self {
        let kept = session.filter(|s| s.len() >= 32);
        self.secrets().sessions.extend(kept.clone());
        self.secrets().kept = kept;
        self
    }

    /// Prints the link. Whoever reads it may have closed the pipe: that is no reason to stop.
    pub fn announce(&self) {
        let _ = writeln!(std::io::stdout(), "Ordinal is ready: {}", self.link());
    }

    /// The link to print: its token can be exchanged once.
    pub fn link(&self) -> String {
        format!("http://{}/?token={}", self.address, self.secrets().token)
    }

    fn secrets(&self) -> MutexGuard<'_, Secrets> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cookie's name has the port: cookies do not tell ports apart, and two consoles may run at once.
    fn cookie(&self) -> String {
        format!("ordinal_{}", self.address.port())
    }

    /// Gives a session for the token, and makes the next one.
    fn exchange(&self, token: &str) -> Option<String> {
        let mut secrets = self.secrets();
        if !same(&secrets.token, token) {
            return None;
        }
        secrets.token = secret();
        if let Some(kept) = &secrets.kept {
            return Some(kept.clone());
        }
        let session = secret();
        if secrets.sessions.len() >= MAX_SESSIONS {
            secrets.sessions.remove(0);
        }
        secrets.sessions.push(session.clone());
        Some(session)
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie();
        let given = cookie(headers, &name).unwrap_or_default();
        self.secrets().sessions.iter().any(|s| same(s, given))
    }

    /// DNS rebinding: only names that can mean nothing but this machine.
    fn host_is_ours(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|h| h.to_str().ok())
            .unwrap_or_default();
        let port = self.address.port();
        host == self.address.to_string()
            || ["localhost", "127.0.0.1", "[::1]"]
                .iter()
                .any(|n| host == format!("{n}:{port}"))
    }
}

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// 256 random bits of the operating system, in hexadecimal.
fn secret() -> String {
    let mut bytes = [0_u8; 32];
    if let Err(error) = OsRng.try_fill_bytes(&mut bytes) {
        // Going on with a guessable secret would open the cluster.
        tracing::error!(%error, "no random numbers");
        std::process::abort();
    }
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|h| h.to_str().ok())
        .flat_map(|h| h.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name).then_some(value))
}

/// The place of this address that a browser is sent to. Browsers read `//elsewhere` and `/\elsewhere` as another host,
/// and drop tabs and line ends before they look: what is no plain path of ours leads to the start.
pub fn here(place: &str) -> HeaderValue {
    let path = place.split(['?', '#']).next().unwrap_or_default();
    let plain = path.starts_with('/') && !path.contains("//");
    let clean = place.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let found = Some(place).filter(|_| plain && clean);
    found
        .and_then(|place| HeaderValue::from_str(place).ok())
        .unwrap_or(HeaderValue::from_static("/"))
}

/// What a worker may do: load the other parts of its own script. Unlike a script of a page, it has the policy that it
/// was served with.
const WORKER: &str = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";

/// Gives the scripts of workers a policy under which they start.
pub async fn worker(request: Request, next: Next) -> Response {
    let is_worker = request.uri().path().ends_with(".worker.js");
    let mut response = next.run(request).await;
    if is_worker {
        let policy = HeaderValue::from_static(WORKER);
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn refuse(guard: &'static str, status: StatusCode, words: &'static str) -> Response {
    metrics::counter!("ordinal_refused_total", "guard" => guard).increment(1);
    (status, [(header::CACHE_CONTROL, "no-store")], words).into_response()
}

/// Asks for a Host that is ours, of every request.
pub async fn host(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    if guard.host_is_ours(request.headers()) {
        return next.run(request).await;
    }
    refuse(
        "host",
        StatusCode::MISDIRECTED_REQUEST,
        "This address is not Ordinal's: open the link that it printed.\n",
    )
}

/// Asks for an own page as the origin of everything that writes and of the WebSocket.
pub async fn origin(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let upgrade = headers.contains_key(header::UPGRADE);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD) && !upgrade;
    let host = text(header::HOST).unwrap_or_default();
    let own = text(header::ORIGIN).is_some_and(|o| o == format!("http://{host}"));
    let fetched = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin");
    if reads || (own && fetched) {
        return next.run(request).await;
    }
    refuse(
        "origin",
        StatusCode::FORBIDDEN,
        "Only Ordinal's own pages may ask for this.\n",
    )
}

/// Asks for the session's cookie; exchanges the token of a printed link for one.
pub async fn session(State(guard): State<Arc<Guard>>, request: Request<Body>, next: Next) -> Response {
    if let Some(token) = request.uri().query().and_then(|q| q.strip_prefix("token=")) {
        // The token must leave the address bar.
        let headers = [
            (header::LOCATION, here(request.uri().path())),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        if let Some(session) = guard.exchange(token) {
            tracing::info!("a browser signed in with the printed link");
            guard.announce();
            let cookie = format!("{}={session}; Path=/; HttpOnly; SameSite=Strict", guard.cookie());
            return (StatusCode::SEE_OTHER, headers, [(header::SET_COOKIE, cookie)]).into_response();
        }
        if guard.knows(request.headers()) {
            return (StatusCode::SEE_OTHER, headers).into_response();
        }
    }
    if guard.knows(request.headers()) {
        return next.run(request).await;
    }
    refuse(
        "session",
        StatusCode::UNAUTHORIZED,
        "Not signed in. A printed link works once: open the newest one that `ordinal` printed in its terminal.\n",
    )
}
