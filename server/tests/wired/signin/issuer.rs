//! A small OpenID Connect issuer with TLS: it signs by ES256, and each refresh token is good for one use.
use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use server::tls::{Certificate, Tls};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;
use tokio::net::TcpListener;

#[derive(Clone)]
pub struct Issuer {
    pub url: String,
    files: Arc<TempDir>,
    key: Arc<EcdsaKeyPair>,
    /// What the next token says besides the usual, over it.
    pub says: Arc<Mutex<Value>>,
    /// Challenge and nonce of the browser that is on its way.
    pub way: Arc<Mutex<(String, String)>>,
    /// How many seconds tokens last.
    pub lasts: Arc<Mutex<i64>>,
    /// The refresh token that is good, and how many were used.
    refresh: Arc<Mutex<(String, usize)>>,
}

pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

impl Issuer {
    pub async fn start() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let files = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(files.path().join("cert"), made.cert.pem()).unwrap();
        std::fs::write(files.path().join("key"), made.signing_key.serialize_pem()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let certificate = Certificate::new(files.path().join("cert"), files.path().join("key"));
        let tls = Tls::over(listener, certificate).unwrap();
        let issuer = Self {
            url,
            files: Arc::new(files),
            key: Arc::new(key),
            says: Arc::new(Mutex::new(json!({}))),
            way: Arc::default(),
            lasts: Arc::new(Mutex::new(300)),
            refresh: Arc::default(),
        };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discover))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(tls, routes).await.unwrap() });
        issuer
    }

    /// The same, where nobody listens.
    pub fn down(&self) -> Self {
        Self {
            url: "https://localhost:1".to_owned(),
            ..self.clone()
        }
    }

    pub fn ca(&self) -> PathBuf {
        self.files.path().join("cert")
    }

    /// How many refresh tokens were used.
    pub fn renewed(&self) -> usize {
        self.refresh.lock().unwrap().1
    }

    fn signed(&self) -> String {
        let mut claims = json!({
            "iss": self.url, "sub": "alice", "aud": "ordinal", "iat": now(), "exp": now() + *self.lasts.lock().unwrap(),
            "nonce": self.way.lock().unwrap().1,
        });
        for (name, value) in self.says.lock().unwrap().as_object().unwrap() {
            claims[name] = value.clone();
        }
        let part = |value: &Value| BASE64.encode(value.to_string());
        let text = format!(
            "{}.{}",
            part(&json!({"alg": "ES256", "kid": "k", "typ": "JWT"})),
            part(&claims)
        );
        let signature = self.key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", BASE64.encode(signature))
    }
}

async fn discover(State(issuer): State<Issuer>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", issuer.url);
    Json(json!({
        "issuer": issuer.url, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(issuer): State<Issuer>) -> Json<Value> {
    // An uncompressed point: 4, x, y.
    let point = issuer.key.public_key().as_ref();
    let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
    Json(
        json!({"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "k", "x": x, "y": y}]}),
    )
}

async fn token(State(issuer): State<Issuer>, Form(asked): Form<HashMap<String, String>>) -> Response {
    let of = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let refused = || (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    {
        let mut refresh = issuer.refresh.lock().unwrap();
        if of("grant_type") == "refresh_token" {
            if refresh.0 != of("refresh_token") {
                return refused();
            }
            refresh.1 += 1;
        } else {
            let challenge = BASE64.encode(digest(&SHA256, of("code_verifier").as_bytes()));
            if of("code") != "good" || challenge != issuer.way.lock().unwrap().0 {
                return refused();
            }
        }
        refresh.0 = format!("refresh-{}", refresh.1);
    }
    let refresh = issuer.refresh.lock().unwrap().0.clone();
    Json(json!({
        "access_token": "a", "token_type": "Bearer", "id_token": issuer.signed(), "refresh_token": refresh,
    }))
    .into_response()
}
