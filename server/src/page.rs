//! The pages: rendered with the signed-in cluster, the person's language and theme, and a fresh nonce.
use crate::{
    access::{self, Access},
    compress,
    guard::{cookie, here},
    live::now,
    read_only,
    router::AppState,
};
use app::{
    api::ApiError,
    app::{Assets, Renews, shell},
    model::session::{Choices, Session, Theme},
    pages::sign_in::{SignIn, document},
    ports::{Cluster, DebugImage, EditorUrl, Refusal},
    texts::{Language, Texts},
};
use axum::{
    Extension, Form,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::ResponseOptions;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// The name of the cookies; they say nothing about the person but a taste.
pub const THEME: &str = "ordinal_theme";
/// See [`THEME`].
pub const LANGUAGE: &str = "ordinal_language";

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::whole(Language::En));
static ZH: LazyLock<Texts> = LazyLock::new(|| Texts::whole(Language::Zh));

/// The language of a request: the cookie's, else what the browser prefers.
fn language(headers: &HeaderMap) -> Texts {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    match Language::from_tag(cookie(headers, LANGUAGE).or(accepted).unwrap_or_default()) {
        Language::En => *EN,
        Language::Zh => *ZH,
    }
}

/// What every rendering and every server function finds in its context.
#[derive(Clone)]
pub struct Context {
    texts: Texts,
    choices: Choices,
    session: Session,
    cluster: Arc<dyn Cluster>,
    editor: EditorUrl,
    debug: DebugImage,
    assets: Assets,
    renews: bool,
}

impl Context {
    /// For a request of this identity.
    pub async fn of(state: &AppState, access: &Arc<Access>, headers: &HeaderMap) -> Self {
        Self {
            texts: language(headers),
            choices: choices(headers),
            session: Session {
                build: state.site.build().to_owned(),
                read_only: access.kube.is_read_only(),
                exec: !state.terminals.are_off(),
                ..access.kube.session(now()).await
            },
            editor: EditorUrl(state.site.editor()),
            debug: DebugImage(state.terminals.debug_image()),
            assets: state.site.assets(),
            renews: state.guard.sign_in().is_some_and(|s| s.renews()),
            cluster: Arc::<Access>::clone(access),
        }
    }

    /// Puts it where the pages look for it, and the policy of a page with this nonce into the answer.
    pub fn provide(&self) {
        provide_context(self.texts);
        provide_context(self.choices);
        provide_context(self.session.clone());
        provide_context(Arc::clone(&self.cluster));
        provide_context(self.editor.clone());
        provide_context(self.debug.clone());
        provide_context(self.assets.clone());
        if self.renews {
            provide_context(Renews);
        }
        allow();
    }
}

/// Puts the policy of a page into its answer.
fn allow() {
    if let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
    {
        answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The theme of the request's cookie.
fn choices(headers: &HeaderMap) -> Choices {
    Choices {
        theme: Theme::from_name(cookie(headers, THEME).unwrap_or_default()),
    }
}

/// The policy under which the editor with completion was proven to work; attributes of style are needed by the
/// server's rendering, style elements and scripts need the nonce.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data:; \
         connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Answers a server function.
pub async fn function(
    State(state): State<AppState>,
    Extension(session): Extension<Arc<access::Session>>,
    request: Request<Body>,
) -> Response {
    if session.access.kube.is_read_only() && !read_only::reads(request.uri().path()) {
        let refused = ApiError::ReadOnly;
        return (status(&refused), axum::Json(refused)).into_response();
    }
    if state.terminals.are_off() && read_only::enters(request.uri().path()) {
        let refused = read_only::no_exec();
        return (status(&refused), axum::Json(refused)).into_response();
    }
    let context = Context::of(&state, &session.access, request.headers()).await;
    let answer = leptos_axum::handle_server_fns_with_context(move || context.provide(), request)
        .await
        .into_response();
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    // A refusal of the cluster is no fault of the server: it keeps its true status.
    let (mut head, body) = answer.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_ERROR).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<ApiError>(&body) {
        head.status = status(&error);
    }
    Response::from_parts(head, Body::from(body))
}

/// The largest error in bytes: the API server's own words are shorter.
const MAX_ERROR: usize = 1024 * 1024;

/// The status of an answer that is this error.
pub fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::Unauthorized => StatusCode::UNAUTHORIZED,
        ApiError::Forbidden { .. } | ApiError::ReadOnly => StatusCode::FORBIDDEN,
        ApiError::NotFound(_) => StatusCode::NOT_FOUND,
        ApiError::Conflict(_) => StatusCode::CONFLICT,
        ApiError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Unreadable(_) => StatusCode::BAD_REQUEST,
        ApiError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::NotKnown(_) => StatusCode::GATEWAY_TIMEOUT,
        ApiError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Renders a page.
pub async fn render(
    State(state): State<AppState>,
    Extension(session): Extension<Arc<access::Session>>,
    request: Request<Body>,
) -> Response {
    let headers = request.headers().clone();
    let context = Context::of(&state, &session.access, &headers).await;
    let refusal = Refusal::default();
    let noted = refusal.clone();
    let provide = move || {
        context.provide();
        provide_context(noted.clone());
    };
    let page = leptos_axum::render_app_async_with_context(provide, shell);
    let mut response = page(request).await.into_response();
    if let Some(error) = refusal.get() {
        *response.status_mut() = status(error);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    compress::page(response, &headers).await
}

/// Draws the page where one signs in.
pub async fn sign_in(state: &AppState, request: Request<Body>, page: SignIn, code: StatusCode) -> Response {
    let headers = request.headers().clone();
    let (texts, assets) = (language(&headers), state.site.assets());
    let provide = move || {
        provide_context(texts);
        provide_context(choices(&headers));
        provide_context(assets.clone());
        allow();
    };
    let draw = leptos_axum::render_app_async_with_context(provide, move || document(page.clone()));
    let mut response = draw(request).await.into_response();
    *response.status_mut() = code;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A choice of the person, from a form that works without JavaScript too.
#[derive(Deserialize)]
pub struct Preference {
    theme: Option<String>,
    language: Option<String>,
    /// The page to go back to.
    back: Option<String>,
}

/// Keeps a choice in a cookie and goes back.
pub async fn prefer(Form(chosen): Form<Preference>) -> Response {
    let mut headers = HeaderMap::new();
    let theme = chosen.theme.map(|t| (THEME, Theme::from_name(&t).name()));
    let language = chosen.language.map(|l| (LANGUAGE, Language::from_tag(&l).tag()));
    for (name, value) in theme.into_iter().chain(language) {
        let cookie = format!("{name}={value}; Path=/; SameSite=Strict; Max-Age=31536000");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    headers.insert(header::LOCATION, here(chosen.back.as_deref().unwrap_or_default()));
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::texts::Part;

    #[test]
    fn every_catalogue_is_read() {
        assert!(EN.catalogue().len() > 50);
        assert_eq!(EN.catalogue().len(), ZH.catalogue().len());
        let [every, editor, objects, logs, sign] = app::texts::ENDS;
        assert_eq!(EN.catalogue().len(), every);
        assert_eq!(EN.lazy(Part::Editor).len(), editor - every);
        assert_eq!(EN.lazy(Part::Objects).len(), objects - editor);
        assert_eq!(EN.lazy(Part::Logs).len(), logs - objects);
        assert_eq!(EN.lazy(Part::SignIn).len(), sign - logs);
    }
}
