//! The browsers that are signed in: each holds a secret, and is one identity until it signs out or was away for long.
use super::Access;
use crate::held::held;
use rand::{TryRngCore, rngs::OsRng};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

/// How long a browser may be away. An open page alone is no use of it: only what a person asks for is.
pub const IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a session lasts at most.
pub const LASTS: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Sessions that are kept; the oldest goes when another browser signs in.
const MOST: usize = 64;

/// One signed-in browser.
pub struct Session {
    secret: String,
    /// What it may see and do.
    pub access: Arc<Access>,
    begun: Instant,
    seen: Mutex<Instant>,
    ended: CancellationToken,
}

impl Session {
    /// A session of this identity that begins now.
    pub fn begin(secret: String, access: Arc<Access>) -> Arc<Self> {
        let now = Instant::now();
        Arc::new(Self {
            secret,
            access,
            begun: now,
            seen: Mutex::new(now),
            ended: CancellationToken::new(),
        })
    }

    /// Somebody uses it.
    pub fn touch(&self) {
        *held(&self.seen) = Instant::now();
    }

    /// When it ends, if nobody uses it any more.
    fn deadline(&self) -> Instant {
        (*held(&self.seen) + IDLE).min(self.begun + LASTS)
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.ended.is_cancelled() || Instant::now() >= self.deadline()
    }

    /// Waits until it ends.
    pub async fn over(&self) {
        while !self.is_over() {
            let left = self.deadline().saturating_duration_since(Instant::now());
            tokio::select! { () = self.ended.cancelled() => {}, () = sleep(left) => {} }
        }
    }

    /// Ends it, and with it every stream that was opened in it.
    fn end(&self) {
        self.ended.cancel();
    }
}

/// All of them.
#[derive(Default)]
pub struct Sessions(Mutex<Vec<Arc<Session>>>);

impl Sessions {
    /// Takes another in.
    pub fn add(&self, session: Arc<Session>) {
        let mut all = held(&self.0);
        all.retain(|s| !s.is_over());
        if all.len() >= MOST {
            all.remove(0).end();
        }
        all.push(session);
    }

    /// The session of this secret, unless it is over.
    pub fn find(&self, secret: &str) -> Option<Arc<Session>> {
        let all = held(&self.0);
        let found = all.iter().find(|s| same(&s.secret, secret) && !s.is_over());
        found.cloned()
    }

    /// Signs out.
    pub fn end(&self, session: &Arc<Session>) {
        held(&self.0).retain(|s| !Arc::ptr_eq(s, session));
        session.end();
    }
}

/// Whether two secrets are the same, in a time that tells nothing of them; an empty one is none.
pub fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// 256 random bits of the operating system, in hexadecimal.
pub fn secret() -> String {
    let mut bytes = [0_u8; 32];
    if let Err(error) = OsRng.try_fill_bytes(&mut bytes) {
        // Going on with a guessable secret would open the cluster.
        tracing::error!(%error, "no random numbers");
        std::process::abort();
    }
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
