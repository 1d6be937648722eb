//! The routes of who is not signed in yet.
use super::{SignIn, cookies::put};
use crate::{
    error::Error,
    guard::{go_on, see_other},
    live::now,
    page,
    router::AppState,
};
use app::{
    pages::sign_in::{Fault, SignIn as Page},
    paths,
};
use axum::{
    Form, Router,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::time::sleep;

/// The longest token that is asked about, in bytes.
const LONGEST: usize = 16 * 1024;
/// How long an answer is kept back that lets nobody in: guessing takes its time.
const REFUSING: Duration = Duration::from_secs(1);

/// Where one is led and what one typed.
#[derive(Clone, Deserialize)]
struct Asked {
    /// The page to go on to.
    #[serde(default)]
    to: String,
    #[serde(default)]
    token: String,
}

/// The pages of signing in; none where nobody does.
pub fn routes(state: &AppState) -> Router<AppState> {
    let Some(sign_in) = state.guard.sign_in().cloned() else {
        return Router::new();
    };
    let door = Door {
        state: state.clone(),
        sign_in,
    };
    let router = match door.sign_in.oidc {
        None => Router::new().route(paths::SIGN_IN, get(show).post(take)),
        Some(_) => Router::new()
            .route(paths::SIGN_IN, get(show))
            .route(paths::SIGN_IN_AT_ISSUER, post(leave))
            .route(paths::SIGNED_IN, get(come_back))
            .route(paths::RENEW_SCRIPT, get(renew_script)),
    };
    router.with_state(door)
}

async fn renew_script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, include_str!("renew.js"))
}

/// What the routes of signing in share.
#[derive(Clone)]
struct Door {
    state: AppState,
    sign_in: Arc<SignIn>,
}

/// The page, for who is not in yet.
async fn show(State(door): State<Door>, Query(asked): Query<Asked>, request: Request) -> Response {
    if door.sign_in.is_in(request.headers()) {
        return see_other(&asked.to);
    }
    door.page(asked.to, request, None, StatusCode::OK).await
}

/// A token was pasted.
async fn take(State(door): State<Door>, headers: HeaderMap, Form(asked): Form<Asked>) -> Response {
    // One after the other, so that guessing many at once is no quicker.
    let _turn = door.sign_in.turn().await;
    let token = asked.token.trim();
    let token = token.strip_prefix("Bearer ").unwrap_or(token).trim();
    let is_token = !token.is_empty() && token.len() <= LONGEST && token.bytes().all(|b| b.is_ascii_graphic());
    if !is_token {
        return door.refuse(headers, asked.to, Fault::Unreadable).await;
    }
    match door.sign_in.let_in(token, None, &headers).await {
        Ok(lines) => {
            let mut answer = see_other(&asked.to);
            put(lines, answer.headers_mut());
            answer
        }
        Err(error) => door.refuse(headers, asked.to, fault(error)).await,
    }
}

/// To the issuer. What is needed on the way back goes with the browser, so that any replica can be the one.
async fn leave(State(door): State<Door>, headers: HeaderMap, Form(asked): Form<Asked>) -> Response {
    let _turn = door.sign_in.turn().await;
    let Some(oidc) = &door.sign_in.oidc else {
        return see_other(paths::SIGN_IN);
    };
    match oidc.begin(asked.to.clone(), now()).await {
        Ok((url, begun)) => {
            let mut answer = see_other(paths::SIGN_IN);
            let place = HeaderValue::from_str(&url);
            if let (Ok(place), Some(lines)) = (place, door.sign_in.begin(&begun, &headers)) {
                answer.headers_mut().insert(header::LOCATION, place);
                put(lines, answer.headers_mut());
            }
            answer
        }
        Err(error) => {
            let fault = Fault::Issuer(error.to_string());
            door.refuse(headers, asked.to, fault).await
        }
    }
}

/// What the issuer leads back with.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// From the issuer. The browser holds the session's cookie back while it comes from there, so a page goes on by itself.
async fn come_back(State(door): State<Door>, Query(answer): Query<Answer>, headers: HeaderMap) -> Response {
    let _turn = door.sign_in.turn().await;
    let sign_in = &door.sign_in;
    let (Some(begun), Some(oidc)) = (sign_in.begun(&headers), &sign_in.oidc) else {
        return door.refuse(headers, String::new(), Fault::Begun).await;
    };
    let to = begun.to.clone();
    let ended = if answer.code.is_empty() {
        Err(Fault::Declined)
    } else {
        match oidc.finish(begun, &answer.state, answer.code).await {
            Ok(given) => sign_in
                .let_in(&given.token, given.refresh, &headers)
                .await
                .map_err(fault),
            Err(error) => {
                tracing::warn!("nobody was signed in: {error:#}");
                Err(Fault::Issuer(error.to_string()))
            }
        }
    };
    let had = headers.clone();
    let mut answer = match ended {
        Ok(lines) => {
            let mut answer = go_on(&to);
            put(lines, answer.headers_mut());
            answer
        }
        Err(fault) => door.refuse(headers, to, fault).await,
    };
    // It is good for one way back.
    put(sign_in.forget_begun(&had), answer.headers_mut());
    answer
}

/// Why the cluster let nobody in.
fn fault(error: Error) -> Fault {
    match error {
        Error::Refused(_) => Fault::Refused,
        Error::Unbuildable(_) => Fault::Unreadable,
        error => Fault::Unreachable(error.to_string()),
    }
}

impl Door {
    async fn refuse(&self, headers: HeaderMap, to: String, fault: Fault) -> Response {
        let code = match fault {
            Fault::Refused | Fault::Declined => StatusCode::UNAUTHORIZED,
            Fault::Unreadable | Fault::Begun => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Unreachable(_) | Fault::Issuer(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        metrics::counter!("ordinal_refused_total", "guard" => "sign-in").increment(1);
        sleep(REFUSING).await;
        let mut request = Request::new(Body::empty());
        *request.headers_mut() = headers;
        self.page(to, request, Some(fault), code).await
    }

    async fn page(&self, to: String, request: Request, fault: Option<Fault>, code: StatusCode) -> Response {
        let oidc = self.sign_in.oidc.as_ref();
        let page = Page {
            cluster: self.sign_in.upstream.cluster().to_owned(),
            to,
            issuer: oidc.map(|oidc| oidc.name().to_owned()).unwrap_or_default(),
            fault,
        };
        page::sign_in(&self.state, request, page, code).await
    }
}
