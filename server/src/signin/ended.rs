//! Sessions that end before their credential does.
use crate::{
    access::{Session, sessions::LASTS},
    error::Error,
    held::held,
    live::now,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Weak},
    time::Duration,
};
use tokio::time::sleep;

/// How often the API server is asked whether it still knows a credential that is in use.
const AGAIN: Duration = Duration::from_secs(30);

/// The names of sessions that have ended, and when.
#[derive(Default)]
pub(super) struct Ended(Mutex<HashMap<String, i64>>);

impl Ended {
    pub(super) fn add(&self, id: String) {
        let mut all = held(&self.0);
        all.retain(|_, at| *at > now() - seconds(LASTS));
        all.insert(id, now());
    }

    pub(super) fn has(&self, id: &str) -> bool {
        held(&self.0).contains_key(id)
    }
}

/// Asks again and again whether the API server still takes the credential, while somebody looks.
pub(super) async fn watch(id: String, session: Weak<Session>, ended: Arc<Ended>) {
    loop {
        sleep(AGAIN).await;
        let Some(session) = session.upgrade() else { return };
        if session.is_over() {
            return;
        }
        // The list of sessions holds it, and this task; who is beside them is a socket, a page or a download.
        let is_used = Arc::strong_count(&session) > 2;
        if is_used
            && matches!(session.access.kube.who().await, Err(Error::Refused(status)) if status.code == 401)
        {
            tracing::info!(identity = %session.access.identity(), "the API server no longer knows the credential");
            // The browser's cookie would begin another one.
            ended.add(id);
            session.end();
            return;
        }
    }
}

/// In whole seconds.
pub(super) fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}
