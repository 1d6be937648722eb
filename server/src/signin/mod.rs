//! Signing in, each person with their own rights: the browser keeps an encrypted credential, the API server judges it. Any
//! replica with the same keys can serve; what is kept here is only what makes the next request quick.
mod claims;
pub mod cookies;
mod ended;
mod kept;
mod oidc;
mod renew;
pub mod routes;
mod seal;

use crate::{
    access::{Access, Identity, Session, sessions::IDLE},
    cluster::{Credential, Upstream},
    error::Error,
    held::held,
    live::now,
};
use axum::http::{HeaderMap, HeaderValue};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Weak},
};
use tokio::sync::{Semaphore, SemaphorePermit};

use ended::{Ended, seconds, watch};
use kept::{Cookie, Kept};
use oidc::Begun;
use renew::Renewing;

pub use oidc::Oidc;
pub use seal::Keys;

/// How many are let in at once.
const TURNS: usize = 8;
const SESSION: &str = "session";
const BEGUN: &str = "begun";
/// How exactly a browser keeps when somebody was there, in seconds.
const SEEN: i64 = 900;
/// How long the way to the issuer and back may take, in seconds.
const TEN_MINUTES: i64 = 600;

/// Who signed in, and how one does.
pub struct SignIn {
    keys: Keys,
    upstream: Arc<Upstream>,
    /// Where people sign in; none where they paste a token.
    oidc: Option<Oidc>,
    cookie: Cookie,
    renewing: Renewing,
    /// Those who are let in or not, one after the other.
    turns: Semaphore,
    people: Mutex<HashMap<Identity, Weak<Access>>>,
    /// Sessions that ended before their credential did.
    ended: Arc<Ended>,
}

impl SignIn {
    /// With these keys, at this API server; `tls` says whether browsers reach the console by TLS, else `port` is in the
    /// cookie's name.
    pub fn new(keys: Keys, upstream: Arc<Upstream>, oidc: Option<Oidc>, tls: bool, port: u16) -> Self {
        Self {
            keys,
            upstream,
            oidc,
            renewing: Renewing::default(),
            cookie: Cookie::of(tls, port),
            turns: Semaphore::new(TURNS),
            people: Mutex::default(),
            ended: Arc::default(),
        }
    }

    /// Whether the issuer gives newer tokens before the old ones end.
    pub fn renews(&self) -> bool {
        self.oidc.is_some()
    }

    /// Waits until it is one's turn to be let in or not.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Lets in whoever holds the token, if the API server takes it. The lines are for the browser to keep.
    ///
    /// # Errors
    /// The API server's; a token that is too long for a browser to keep is unbuildable.
    async fn let_in(
        &self,
        token: &str,
        refresh: Option<String>,
        had: &HeaderMap,
    ) -> Result<Vec<HeaderValue>, Error> {
        let kube = self.upstream.bearing(&Credential::new(token));
        let user = kube.who().await?;
        tracing::info!(audit = true, verb = "sign-in", user, "signed in");
        self.keep(&Kept::begin(token.to_owned(), refresh), had)
            .ok_or_else(|| Error::Unbuildable("the token is too long for a cookie".to_owned()))
    }

    fn keep(&self, kept: &Kept, had: &HeaderMap) -> Option<Vec<HeaderValue>> {
        let sealed = self.keys.seal(SESSION, kept)?;
        cookies::write(&self.cookie.name, &sealed, &self.cookie.attributes, had)
    }

    /// What the browser keeps, as far as its session has not ended.
    fn kept(&self, headers: &HeaderMap) -> Option<Kept> {
        let sealed = cookies::read(&self.cookie.name, headers)?;
        let kept: Kept = self.keys.open(SESSION, &sealed)?;
        let is_away = now() - kept.seen > seconds(IDLE);
        (!is_away && !self.ended.has(&kept.id)).then_some(kept)
    }

    /// Whether the browser is signed in, or can be without being asked.
    fn is_in(&self, headers: &HeaderMap) -> bool {
        let kept = self.kept(headers);
        kept.is_some_and(|kept| kept.expires.is_none_or(|at| at > now()) || kept.refresh.is_some())
    }

    /// The session that the browser's cookie tells of, as far as it is not over: one of `known`, or made anew from the cookie.
    /// The lines are for the browser to keep, where its token was renewed, or where somebody `is_there` after a while.
    pub async fn session(
        &self,
        headers: &HeaderMap,
        is_there: bool,
        known: impl Fn(&str) -> Option<Arc<Session>>,
    ) -> (Found, Vec<HeaderValue>) {
        let Some(kept) = self.kept(headers) else {
            return (Found::Nobody, Vec::new());
        };
        let renewed = self.renewed(&kept).await;
        let is_seen = is_there && now() - kept.seen > SEEN;
        let changed = renewed.is_some() || is_seen;
        let mut kept = renewed.unwrap_or(kept);
        if is_seen {
            kept.seen = now();
        }
        let lines = if changed { self.keep(&kept, headers) } else { None };
        (self.found(kept, known), lines.unwrap_or_default())
    }

    fn found(&self, kept: Kept, known: impl Fn(&str) -> Option<Arc<Session>>) -> Found {
        let lasts = kept.expires.map(|at| at - now());
        let access = self.access(&kept.token);
        if let Some(session) = known(&kept.id) {
            if session.access.identity() == access.identity() {
                session.lasts(now() - kept.begun, lasts);
                return if session.is_over() {
                    Found::Nobody
                } else {
                    Found::Known(session)
                };
            }
            // The issuer says something else of the person now: what was seen before is not theirs to see.
            session.end();
        }
        let session = Session::resumed(kept.id.clone(), access, now() - kept.begun, lasts);
        if session.is_over() {
            return Found::Nobody;
        }
        tokio::spawn(watch(kept.id, Arc::downgrade(&session), Arc::clone(&self.ended)));
        Found::New(session)
    }

    /// What is known through a credential: the same for all sessions that hold it, and for nobody else.
    fn access(&self, token: &str) -> Arc<Access> {
        let identity = claims::identity(token, self.oidc.is_some());
        let mut people = held(&self.people);
        people.retain(|_, access| access.strong_count() > 0);
        if let Some(access) = people.get(&identity).and_then(Weak::upgrade) {
            if let Some(credential) = access.kube.credential() {
                credential.renew(token);
            }
            return access;
        }
        let kube = self.upstream.bearing(&Credential::new(token));
        let access = Access::new(identity.clone(), kube);
        people.insert(identity, Arc::downgrade(&access));
        access
    }

    /// What the browser keeps on its way to the issuer. It comes back from another site, so this cookie is `Lax`.
    fn begin(&self, begun: &Begun, had: &HeaderMap) -> Option<Vec<HeaderValue>> {
        let sealed = self.keys.seal(BEGUN, begun)?;
        let kept = format!("{}; Max-Age={TEN_MINUTES}", self.cookie.lax());
        cookies::write(&self.cookie.begun(), &sealed, &kept, had)
    }

    /// What it kept, for as long as it is good.
    fn begun(&self, headers: &HeaderMap) -> Option<Begun> {
        let sealed = cookies::read(&self.cookie.begun(), headers)?;
        let begun: Begun = self.keys.open(BEGUN, &sealed)?;
        (now() - begun.at < TEN_MINUTES).then_some(begun)
    }

    fn forget_begun(&self, had: &HeaderMap) -> Vec<HeaderValue> {
        cookies::clear(&self.cookie.begun(), &self.cookie.lax(), had)
    }

    /// Ends the session of these headers at this replica, and takes the cookie away.
    pub fn sign_out(&self, headers: &HeaderMap) -> Vec<HeaderValue> {
        if let Some(kept) = self.kept(headers) {
            self.ended.add(kept.id);
        }
        cookies::clear(&self.cookie.name, &self.cookie.attributes, headers)
    }
}

/// Whose request it is.
pub enum Found {
    Nobody,
    Known(Arc<Session>),
    /// It was made for this request, and is to be kept.
    New(Arc<Session>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::sessions::LASTS;
    use axum::{body::Body, http::header};
    use std::convert::Infallible;

    fn sign_in() -> SignIn {
        let silent = tower::service_fn(|_: http::Request<kube::client::Body>| {
            std::future::pending::<Result<http::Response<Body>, Infallible>>()
        });
        let upstream = Arc::new(Upstream::scripted(kube::Client::new(silent, "default")));
        SignIn::new(Keys::read(&[]).expect("a key"), upstream, None, true, 0)
    }

    /// The browser's headers when it kept this for so many seconds.
    fn kept_for(sign_in: &SignIn, away: i64, age: i64) -> HeaderMap {
        let kept = Kept {
            seen: now() - away,
            begun: now() - age,
            ..Kept::begin("t".to_owned(), None)
        };
        let lines = sign_in.keep(&kept, &HeaderMap::new()).expect("is short enough");
        let mut headers = HeaderMap::new();
        let pair = lines[0]
            .to_str()
            .expect("text")
            .split(';')
            .next()
            .expect("a pair")
            .to_owned();
        headers.insert(header::COOKIE, pair.parse().expect("a header"));
        headers
    }

    #[tokio::test]
    async fn who_was_away_for_long_or_signed_in_long_ago_is_out() {
        let sign_in = sign_in();
        for (away, age, is_in, is_told) in [
            (0, 0, true, false),
            (SEEN + 5, SEEN + 5, true, true),
            (seconds(IDLE) + 5, seconds(IDLE) + 5, false, false),
            (0, seconds(LASTS) + 5, false, false),
        ] {
            let headers = kept_for(&sign_in, away, age);
            let (found, lines) = sign_in.session(&headers, true, |_| None).await;
            assert_eq!(
                (matches!(found, Found::New(_)), !lines.is_empty()),
                (is_in, is_told),
                "{away} {age}"
            );
            // A page that is open alone is nobody.
            assert!(sign_in.session(&headers, false, |_| None).await.1.is_empty());
        }
    }
}
