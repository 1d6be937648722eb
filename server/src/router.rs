//! The wired router: guards outside, then limits, then routes.
use crate::{
    access::Session,
    cluster::Upstream,
    compress, files,
    guard::{self, Guard},
    live, logs, page, signin,
    site::Site,
    terminal::{self, Terminals},
};
use app::{paths, state::late};
use axum::{
    Extension, Router,
    extract::{FromRef, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
    time::Duration,
};
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer, trace::TraceLayer,
};

/// The largest body in bytes: a manifest of 2 MiB as a JSON string.
const MAX_BODY: usize = 5 * 1024 * 1024;
/// How long an answer may take; calls to the cluster end before.
const DEADLINE: Duration = Duration::from_secs(60);

/// What the routes share, whoever asks. Whose request it is says its [`Session`], which the guard puts into it.
#[derive(Clone)]
pub struct AppState {
    /// By it is known whether the cluster answers.
    pub upstream: Arc<Upstream>,
    pub guard: Arc<Guard>,
    pub site: Arc<Site>,
    pub metrics: PrometheusHandle,
    /// The console stops.
    pub closing: CancellationToken,
    pub terminals: Terminals,
}

impl FromRef<AppState> for Terminals {
    fn from_ref(state: &AppState) -> Self {
        state.terminals.clone()
    }
}

impl FromRef<AppState> for CancellationToken {
    fn from_ref(state: &AppState) -> Self {
        state.closing.clone()
    }
}

/// The whole console.
pub fn routes(state: AppState) -> Router {
    // Rendering spawns its resources; a second call (tests) is no fault.
    let _ = any_spawner::Executor::init_tokio();
    let pages = get(page::render).with_state(state.clone());

    let header = |name: HeaderName, value| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let signed_in = Router::new()
        .route("/", get(|| async { Redirect::to(paths::LIST) }))
        .route("/preferences", post(page::prefer))
        .route(paths::SIGN_OUT, post(sign_out))
        // The guard has renewed what is to be renewed.
        .route(paths::RENEW, post(async || StatusCode::NO_CONTENT))
        .route("/api/{*function}", post(page::function))
        .route("/metrics", get(metrics))
        .route(paths::SCHEMA, get(schema))
        .fallback_service(pages)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            DEADLINE,
        ))
        // Pages bring their own; of the rest little is long.
        .layer(CompressionLayer::new().no_br())
        // These last longer than any answer.
        .route(paths::LIVE, get(live::upgrade))
        .route(paths::TERMINAL, get(terminal::upgrade))
        .route(paths::LOG_STREAM, get(logs::upgrade))
        .route(paths::LOG_FILE, get(logs::download))
        .route(paths::FILE, get(files::download))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&state.guard),
            guard::session,
        ))
        // Of documents only: a script or a sheet has neither frames nor permissions.
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        // Not `no-referrer`: with it browsers send `Origin: null` with a form, which the guard must refuse.
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ));

    let open = Router::new()
        .nest_service(
            "/pkg",
            state.site.service().layer(middleware::from_fn(guard::worker)),
        )
        .route(late::LATE, get(late_style))
        .merge(signin::routes::routes(&state));
    // A kubelet knows the pod by its address alone, and they tell nothing.
    let probes = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready));

    open.merge(signed_in)
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&state.guard),
            guard::origin,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&state.guard),
            guard::host,
        ))
        .merge(probes)
        .with_state(state)
        .layer(CatchPanicLayer::new())
        // A page brings its own policy; what is no page may do nothing at all.
        .layer(header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
        .layer(TraceLayer::new_for_http())
}

/// The second style sheet, whose name says what is in it.
async fn late_style(headers: HeaderMap) -> Response {
    let kept = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    compress::page((kept, late::SHEET).into_response(), &headers).await
}

/// Ready means that the cluster answers.
async fn ready(State(state): State<AppState>) -> impl IntoResponse {
    match state.upstream.is_answering().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    }
}

/// The schema for the editor. A browser that has this version already is told so.
async fn schema(Extension(session): Extension<Arc<Session>>, headers: HeaderMap) -> Response {
    let schema = match session.access.kube.schema().await {
        Ok(schema) => schema,
        Err(error) => return (StatusCode::BAD_GATEWAY, format!("{error}\n")).into_response(),
    };
    let tag = format!("\"{:016x}\"", hash(&schema.version));
    let cached = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::CONTENT_TYPE, "application/json".to_owned()),
    ];
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|have| have.as_bytes().ends_with(tag.as_bytes()))
    {
        return (StatusCode::NOT_MODIFIED, cached).into_response();
    }
    (cached, schema.json.to_string()).into_response()
}

/// Long enough to tell two versions of a schema apart.
fn hash(text: &str) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Ends the session and every stream of it.
async fn sign_out(
    State(state): State<AppState>,
    Extension(session): Extension<Arc<Session>>,
    headers: HeaderMap,
) -> Response {
    state.guard.sign_out(&session, &headers)
}

/// The metrics on a port of their own: what reaches it may read them.
pub fn metrics_alone(metrics: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || std::future::ready(metrics.render())))
}

async fn metrics(State(state): State<AppState>) -> String {
    state.metrics.render()
}
