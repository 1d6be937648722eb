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
/// Sessions that are kept; the oldest goes when another browser signs in. One that its browser still has a cookie for is
/// made again from it.
const MOST: usize = 4_096;

/// One signed-in browser.
pub struct Session {
    secret: String,
    /// What it may see and do.
    pub access: Arc<Access>,
    seen: Mutex<Instant>,
    /// When it ends, whatever is done in it.
    ends: Mutex<Instant>,
    ended: CancellationToken,
}

impl Session {
    /// A session of this identity that begins now.
    pub fn begin(secret: String, access: Arc<Access>) -> Arc<Self> {
        Self::resumed(secret, access, 0, None)
    }

    /// A session that began `age` seconds ago, and whose credential lasts for so many seconds more.
    pub fn resumed(secret: String, access: Arc<Access>, age: i64, lasts: Option<i64>) -> Arc<Self> {
        let now = Instant::now();
        Arc::new(Self {
            secret,
            access,
            seen: Mutex::new(now),
            ends: Mutex::new(now + left(age, lasts)),
            ended: CancellationToken::new(),
        })
    }

    /// It began `age` seconds ago, and its credential lasts for so many seconds more.
    pub fn lasts(&self, age: i64, lasts: Option<i64>) {
        *held(&self.ends) = Instant::now() + left(age, lasts);
    }

    /// Somebody uses it.
    pub fn touch(&self) {
        *held(&self.seen) = Instant::now();
    }

    /// When it ends, if nobody uses it any more.
    fn deadline(&self) -> Instant {
        (*held(&self.seen) + IDLE).min(*held(&self.ends))
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
    pub fn end(&self) {
        self.ended.cancel();
    }
}

/// How long a session of that age lasts yet.
fn left(age: i64, lasts: Option<i64>) -> Duration {
    let seconds = |s: i64| Duration::from_secs(u64::try_from(s).unwrap_or(0));
    let left = LASTS.saturating_sub(seconds(age));
    lasts.map_or(left, |lasts| left.min(seconds(lasts)))
}

/// All of them.
#[derive(Default)]
pub struct Sessions(Mutex<Vec<Arc<Session>>>);

impl Sessions {
    /// Takes another in; of two that were made of one secret at once, the first is the one.
    pub fn add(&self, session: Arc<Session>) -> Arc<Session> {
        let mut all = held(&self.0);
        all.retain(|s| !s.is_over());
        if let Some(first) = all.iter().find(|s| same(&s.secret, &session.secret)) {
            return Arc::clone(first);
        }
        if all.len() >= MOST {
            all.remove(0).end();
        }
        all.push(Arc::clone(&session));
        session
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
