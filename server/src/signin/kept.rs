//! What a browser keeps, and under which name.
use super::claims;
use crate::{access::sessions::secret, live::now};
use serde::{Deserialize, Serialize};

/// What a browser keeps of one who signed in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Names the session; it is no secret.
    pub(super) id: String,
    pub(super) token: String,
    /// When the token came, and when it ends, if it tells; seconds since 1970.
    pub(super) came: i64,
    pub(super) expires: Option<i64>,
    /// When the person signed in, and when they were last seen to do something, by the quarter of an hour.
    pub(super) begun: i64,
    pub(super) seen: i64,
    /// By which the issuer gives a newer token.
    pub(super) refresh: Option<String>,
}

impl Kept {
    pub(super) fn begin(token: String, refresh: Option<String>) -> Self {
        Self {
            id: secret(),
            expires: claims::expires(&token),
            token,
            came: now(),
            begun: now(),
            seen: now(),
            refresh,
        }
    }
}

/// How the session's cookie is called and kept.
pub(super) struct Cookie {
    pub(super) name: String,
    pub(super) attributes: String,
}

impl Cookie {
    pub(super) fn of(tls: bool, port: u16) -> Self {
        // Browsers take a name that begins so only by TLS, from this host, for all paths.
        let (name, secure) = match tls {
            true => ("__Host-ordinal".to_owned(), "; Secure"),
            // Cookies do not tell ports apart.
            false => (format!("ordinal_{port}"), ""),
        };
        Self {
            name,
            attributes: format!("Path=/; HttpOnly; SameSite=Strict{secure}"),
        }
    }

    /// The name of what is kept on the way to the issuer and back.
    pub(super) fn begun(&self) -> String {
        format!("{}-begun", self.name)
    }

    pub(super) fn lax(&self) -> String {
        self.attributes.replace("Strict", "Lax")
    }
}
