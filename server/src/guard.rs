//! The guards of a port that has somebody's kubeconfig behind it: every web page and every other user of the machine
//! can reach it, so each request must prove that it comes from the browser that opened the printed link.
mod links;
mod places;

use crate::{
    access::{Access, Session, Sessions},
    config::Public,
    signin::{Found, SignIn, cookies::put},
};
use app::{api::ApiError, paths};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use links::Link;
pub use places::{go_on, here, see_other};

/// The state of the guards: what the server is called, the links that it printed, the browsers that opened one.
pub struct Guard {
    address: SocketAddr,
    sessions: Sessions,
    links: Mutex<Vec<Link>>,
    /// What every browser gets, instead of a session of its own.
    kept: Option<String>,
    /// The address that people open, where it is told.
    public: Option<Public>,
    /// How people sign in, where they do not by a printed link.
    sign_in: Option<Arc<SignIn>>,
    scheme: &'static str,
}

impl Guard {
    /// Guards for a server that listens on `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            sessions: Sessions::default(),
            links: Mutex::default(),
            kept: None,
            public: None,
            sign_in: None,
            scheme: "http",
        }
    }

    /// Is reached by TLS, or not, under this public address.
    #[must_use]
    pub fn reached(self, public: Option<Public>, tls: bool) -> Self {
        let scheme = if tls { "https" } else { "http" };
        Self {
            public,
            scheme,
            ..self
        }
    }

    /// Lets people sign in, each as themselves.
    #[must_use]
    pub fn signing_in(self, sign_in: &Arc<SignIn>) -> Self {
        Self {
            sign_in: Some(Arc::clone(sign_in)),
            ..self
        }
    }

    /// How people sign in, where they do not by a printed link.
    pub fn sign_in(&self) -> Option<&Arc<SignIn>> {
        self.sign_in.as_ref()
    }

    /// The address to open.
    pub fn url(&self) -> String {
        let own = || format!("{}://{}", self.scheme, self.address);
        self.public.as_ref().map_or_else(own, |p| p.origin.clone())
    }

    /// Knows this session from the start: the edit loop restarts the server, and its browser stays signed in. Too
    /// short a secret is none.
    #[must_use]
    pub fn keeping(mut self, secret: Option<String>, access: &Arc<Access>) -> Self {
        self.kept = secret.filter(|s| s.len() >= 32);
        if let Some(kept) = &self.kept {
            self.sessions
                .add(Session::begin(kept.clone(), Arc::clone(access)));
        }
        self
    }

    /// The cookie's name has the port: cookies do not tell ports apart, and two consoles may run at once.
    fn cookie(&self) -> String {
        format!("ordinal_{}", self.address.port())
    }

    /// The session of the request's cookie.
    async fn session(&self, headers: &HeaderMap, is_there: bool) -> (Option<Arc<Session>>, Vec<HeaderValue>) {
        let Some(sign_in) = &self.sign_in else {
            let secret = cookie(headers, &self.cookie()).unwrap_or_default();
            return (self.sessions.find(secret), Vec::new());
        };
        let (found, lines) = sign_in
            .session(headers, is_there, |id| self.sessions.find(id))
            .await;
        let session = match found {
            Found::Nobody => None,
            Found::Known(session) => Some(session),
            Found::New(session) => Some(self.sessions.add(session)),
        };
        (session, lines)
    }

    /// Ends a session with all its streams; what the browser is told to do with its cookies, and what it sees then.
    pub fn sign_out(&self, session: &Arc<Session>, headers: &HeaderMap) -> Response {
        self.sessions.end(session);
        let mut answer = match &self.sign_in {
            Some(sign_in) => {
                let mut answer = see_other(paths::SIGN_IN);
                put(sign_in.sign_out(headers), answer.headers_mut());
                answer
            }
            None => {
                let cookie = format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", self.cookie());
                let words = "Signed out. To come back, open the newest link that `ordinal` printed in its terminal.\n";
                ([(header::SET_COOKIE, cookie)], words).into_response()
            }
        };
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }

    /// Whether this is the origin of our own pages; browsers tell it of everything that writes.
    fn origin_is_ours(&self, origin: &str, host: &str) -> bool {
        match &self.public {
            Some(public) => origin == public.origin,
            None => origin.strip_prefix(self.scheme) == Some(&format!("://{host}")),
        }
    }

    /// DNS rebinding: only names that can mean nothing but this machine.
    fn host_is_ours(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|h| h.to_str().ok())
            .unwrap_or_default();
        if let Some(public) = &self.public {
            return host.eq_ignore_ascii_case(&public.host);
        }
        let port = self.address.port();
        host == self.address.to_string()
            || ["localhost", "127.0.0.1", "[::1]"]
                .iter()
                .any(|n| host == format!("{n}:{port}"))
    }
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

fn refuse(guard: &'static str, status: StatusCode, told: impl IntoResponse) -> Response {
    metrics::counter!("ordinal_refused_total", "guard" => guard).increment(1);
    (status, [(header::CACHE_CONTROL, "no-store")], told).into_response()
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
pub async fn origin(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let upgrade = headers.contains_key(header::UPGRADE);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD) && !upgrade;
    let host = text(header::HOST).unwrap_or_default();
    let own = text(header::ORIGIN).is_some_and(|o| guard.origin_is_ours(o, host));
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

/// Asks for the session's cookie, and gives the request its session; exchanges the token of a printed link for one.
pub async fn session(State(guard): State<Arc<Guard>>, mut request: Request<Body>, next: Next) -> Response {
    // A socket is opened again by the page alone, and a token renewed, whether somebody is there or not.
    let is_there = !request.headers().contains_key(header::UPGRADE) && request.uri().path() != paths::RENEW;
    let (session, lines) = guard.session(request.headers(), is_there).await;
    let token = request.uri().query().and_then(|q| q.strip_prefix("token="));
    if let Some(token) = token.filter(|_| guard.sign_in.is_none()) {
        // The token must leave the address bar.
        let answer = see_other(request.uri().path());
        if let Some(secret) = guard.exchange(token) {
            let cookie = format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict", guard.cookie());
            return ([(header::SET_COOKIE, cookie)], answer).into_response();
        }
        if session.is_some() {
            return answer;
        }
    }
    if let Some(session) = session {
        if is_there {
            session.touch();
        }
        request.extensions_mut().insert(session);
        let mut answer = next.run(request).await;
        put(lines, answer.headers_mut());
        return answer;
    }
    if led_here(request.headers()) {
        return again(request.uri());
    }
    if request.uri().path().starts_with("/api/") {
        return refuse("session", StatusCode::UNAUTHORIZED, Json(ApiError::Unauthorized));
    }
    if guard.sign_in.is_some() {
        return to_sign_in(&request);
    }
    refuse(
        "session",
        StatusCode::UNAUTHORIZED,
        "Not signed in. A printed link works once: open the newest one that `ordinal` printed in its terminal.\n",
    )
}

/// Leads who opens a page to where one signs in, and back to it then.
fn to_sign_in(request: &Request) -> Response {
    if request.method() == Method::GET && !request.headers().contains_key(header::UPGRADE) {
        return see_other(&paths::sign_in(
            request.uri().path_and_query().map_or("/", |p| p.as_str()),
        ));
    }
    refuse("session", StatusCode::UNAUTHORIZED, "Not signed in.\n")
}

/// Whether a link of another site led here: the browser keeps our cookie back then, so nobody can be known.
fn led_here(headers: &HeaderMap) -> bool {
    let says = |name, value| headers.get(name).is_some_and(|v: &HeaderValue| v == value);
    says("sec-fetch-site", "cross-site")
        && says("sec-fetch-mode", "navigate")
        && says("sec-fetch-dest", "document")
}

/// A page that opens the same place again, from here. That request is none of another site, so this page is never its answer.
fn again(place: &Uri) -> Response {
    go_on(place.path_and_query().map_or("/", |p| p.as_str()))
}
