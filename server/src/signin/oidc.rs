//! OpenID Connect: the code flow with PKCE. The ID token goes to the API server as it is, which judges it by its own
//! configuration; what is looked at here is only that it was made for this console and for this very browser.
use super::claims;
use crate::{
    config::People,
    https::{Https, chain},
};
use anyhow::{Context, bail};
use futures::future::BoxFuture;
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata, CoreTokenResponse},
};
use serde::{Deserialize, Serialize};
use std::io;

/// The longest answer of an issuer, in bytes.
const LONGEST: usize = 1024 * 1024;

type Configured = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The issuer, and what it calls this console.
pub struct Oidc {
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    scopes: Vec<Scope>,
    https: Https,
}

/// What the browser keeps between the way to the issuer and the way back.
#[derive(Serialize, Deserialize)]
pub(super) struct Begun {
    state: String,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    /// When it began, seconds since 1970.
    pub(super) at: i64,
    /// The page to go on to.
    pub(super) to: String,
}

/// What the issuer gave.
pub(super) struct Given {
    pub(super) token: String,
    pub(super) refresh: Option<String>,
}

impl Oidc {
    /// An issuer by the flags; it is not asked yet. It leads back to `back`.
    ///
    /// # Errors
    /// A flag is none that it can be, or a file cannot be read.
    pub fn of(people: &People, back: String) -> anyhow::Result<Self> {
        let issuer = people.oidc_issuer.clone().context("--oidc-issuer is wanted")?;
        if !issuer.starts_with("https://") {
            bail!("--oidc-issuer {issuer}: it must begin with https://");
        }
        let secret = match &people.oidc_client_secret {
            Some(file) => {
                let text = std::fs::read_to_string(file);
                let text = text.with_context(|| format!("--oidc-client-secret {}", file.display()))?;
                Some(ClientSecret::new(text.trim().to_owned()))
            }
            None => None,
        };
        Ok(Self {
            issuer: IssuerUrl::new(issuer.clone()).with_context(|| format!("--oidc-issuer {issuer}"))?,
            client: ClientId::new(people.oidc_client_id.clone().unwrap_or_default()),
            secret,
            redirect: RedirectUrl::new(back)?,
            scopes: people
                .oidc_scopes
                .iter()
                .filter(|s| !s.is_empty())
                .cloned()
                .map(Scope::new)
                .collect(),
            https: Https::new("the issuer", people.oidc_ca.as_deref(), false).context("--oidc-ca")?,
        })
    }

    /// What people know the issuer by: its host.
    pub fn name(&self) -> &str {
        self.issuer.url().host_str().unwrap_or_default()
    }

    /// Whether the issuer tells where one signs in at it.
    ///
    /// # Errors
    /// It does not.
    pub async fn answers(&self) -> anyhow::Result<()> {
        self.client().await.map(drop)
    }

    /// Where to send the browser, and what it keeps meanwhile.
    ///
    /// # Errors
    /// The issuer does not answer.
    pub(super) async fn begin(&self, to: String, now: i64) -> anyhow::Result<(String, Begun)> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new_random_len(32),
                || Nonce::new_random_len(32),
            )
            .add_scopes(self.scopes.iter().cloned())
            .set_pkce_challenge(challenge)
            .url();
        let begun = Begun {
            state: state.into_secret(),
            nonce,
            verifier,
            at: now,
            to,
        };
        Ok((url.into(), begun))
    }

    /// Changes the code for the tokens, and looks whether they are meant for this console and this browser.
    ///
    /// # Errors
    /// They are not, or the issuer does not give any.
    pub(super) async fn finish(&self, begun: Begun, state: &str, code: String) -> anyhow::Result<Given> {
        if !crate::access::sessions::same(&begun.state, state) {
            bail!("the answer belongs to another way in");
        }
        let client = self.client().await?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(begun.verifier)
            .request_async(&self.https)
            .await
            .map_err(said)?;
        self.believed(&client, &answer, Some(&begun.nonce))
    }

    /// Newer tokens for this one.
    ///
    /// # Errors
    /// The issuer gives none (any more).
    pub(super) async fn renew(&self, refresh: &str) -> anyhow::Result<Given> {
        let client = self.client().await?;
        let old = RefreshToken::new(refresh.to_owned());
        let answer = client
            .exchange_refresh_token(&old)?
            .request_async(&self.https)
            .await
            .map_err(said)?;
        let mut given = self.believed(&client, &answer, None)?;
        // One that does not rotate is told once.
        given.refresh.get_or_insert_with(|| refresh.to_owned());
        Ok(given)
    }

    fn believed(
        &self,
        client: &Configured,
        answer: &CoreTokenResponse,
        nonce: Option<&Nonce>,
    ) -> anyhow::Result<Given> {
        let token = answer.id_token().context("the issuer gave no ID token")?;
        let verifier = client.id_token_verifier();
        let claims: &CoreIdTokenClaims = match nonce {
            Some(nonce) => token.claims(&verifier, nonce)?,
            // A renewed token need not have one (OpenID Connect Core 1.0, section 12.2).
            None => token.claims(&verifier, |_: Option<&Nonce>| Ok(()))?,
        };
        // The library leaves this one to us (section 3.1.3.7, points 4 and 5).
        let party = claims.authorized_party();
        if party.is_some_and(|party| *party != self.client)
            || (claims.audiences().len() > 1 && party.is_none())
        {
            bail!("the ID token was made for another client");
        }
        let token = token.to_string();
        claims::expires(&token).context("the ID token does not say when it ends")?;
        Ok(Given {
            token,
            refresh: answer.refresh_token().map(|t| t.secret().clone()),
        })
    }

    async fn client(&self) -> anyhow::Result<Configured> {
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.https);
        let metadata = metadata.await.map_err(said)?;
        let client = CoreClient::from_provider_metadata(metadata, self.client.clone(), self.secret.clone());
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }
}

impl<'c> AsyncHttpClient<'c> for Https {
    type Error = io::Error;
    type Future = BoxFuture<'c, io::Result<HttpResponse>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            if request.uri().scheme_str() != Some("https") {
                return Err(io::Error::other("the issuer names an address without https://"));
            }
            self.ask(request, LONGEST).await
        })
    }
}

/// An error with its causes: the library's own words tell only the step.
fn said(error: impl std::error::Error) -> anyhow::Error {
    anyhow::anyhow!(chain(&error))
}
