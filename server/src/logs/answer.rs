//! What is read once: the end of the log for a first paint, and one line as a whole.
use super::{
    gather::Gather,
    lines::Lines,
    pods::{Reader, Until, read},
};
use crate::{
    access::Access,
    cluster::is_dns_name,
    error::{Error, from_status},
};
use app::{
    api::ApiError,
    model::log::{Ask, CUT, Entry, Nanos, Page, Reading, Scope, WHOLE, when},
};
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::LogParams};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep_until, timeout};

/// The lines of a first paint, of all streams together.
const LINES: i64 = 200;
/// How long a first paint waits for them.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long a single line is looked for.
const SEARCH: Duration = Duration::from_secs(10);

/// No request is ever built from a name that is none.
pub(super) fn is_named(scope: &Scope) -> bool {
    is_dns_name(scope.namespace()) && is_dns_name(scope.name())
}

fn named(scope: &Scope) -> Result<(), ApiError> {
    if is_named(scope) {
        return Ok(());
    }
    let (namespace, name) = (scope.namespace(), scope.name());
    let words = format!("{namespace:?}/{name:?}: no object has such a name");
    Err(Error::Unbuildable(words).into())
}

impl Access {
    /// The end of the log as it is now, of those streams that answer in time.
    ///
    /// # Errors
    /// There is no such set or pod, or it may not be read.
    pub async fn read_page(&self, scope: Scope, reading: Reading) -> Result<Page, ApiError> {
        named(&scope)?;
        if self.kube.may_read_logs(scope.namespace()).await == Some(false) {
            return Err(super::socket::refusal(scope.namespace()));
        }
        let tail = Some(reading.tail.unwrap_or(LINES).min(LINES));
        let reading = Reading { tail, ..reading };
        let gather = Gather::new();
        let reader = Arc::new(Reader {
            kube: Arc::clone(&self.kube),
            hub: Arc::clone(&self.hub),
            ask: Ask {
                scope,
                reading,
                cursors: Vec::new(),
            },
            until: Until::Now,
            gather: Arc::clone(&gather),
            most: CUT,
        });
        let mut page = Page::default();
        // Each stream has room for some hundred lines: they are taken while they come.
        let taken = async {
            loop {
                while let Some((_, entry)) = gather.pop() {
                    page.entries.push(entry);
                    if page.entries.len() > 2 * LINES as usize {
                        page.entries.drain(..LINES as usize);
                    }
                }
                let due = gather.due().unwrap_or_else(|| Instant::now() + PATIENCE);
                tokio::select! { () = gather.news.notified() => {}, () = sleep_until(due) => {} }
            }
        };
        let read = async {
            let read = read(reader).await;
            // The last lines have nobody to wait for.
            while gather.due().is_some() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            read
        };
        let ended = timeout(PATIENCE, async {
            tokio::select! { () = taken => Ok(()), read = read => read }
        });
        if let Ok(Err(error)) = ended.await {
            return Err(error);
        }
        let over = page.entries.len().saturating_sub(LINES as usize);
        page.entries.drain(..over);
        page.streams = gather.streams().unwrap_or_else(|| gather.all());
        Ok(page)
    }

    /// One line as a whole, up to [`WHOLE`] bytes: that of this time which begins so.
    ///
    /// # Errors
    /// It is not there any more, or may not be read.
    pub async fn read_line(
        &self,
        scope: Scope,
        container: String,
        at: Nanos,
        begins: String,
    ) -> Result<String, ApiError> {
        named(&scope)?;
        let api: Api<Pod> = Api::namespaced(self.kube.client(), scope.namespace());
        let found = timeout(SEARCH, async {
            // It may be of the run before.
            for previous in [false, true] {
                let params = LogParams {
                    container: Some(container.clone()),
                    timestamps: true,
                    previous,
                    since_time: jiff::Timestamp::from_second(when::seconds(at)).ok(),
                    ..LogParams::default()
                };
                let from = match self.kube.answer(api.log_stream(scope.name(), &params)).await {
                    Ok(from) => from,
                    Err(Error::Refused(_)) if previous => break,
                    Err(Error::Refused(status)) if status.code != 400 => return Err(from_status(&status)),
                    Err(Error::Refused(_)) => continue,
                    Err(error) => return Err(error.into()),
                };
                let mut lines = Lines::new(Box::pin(from), WHOLE);
                while let Ok(Some(line)) = lines.next().await {
                    if line.at == Some(at) && line.text.starts_with(&begins) {
                        return Ok(line.text);
                    }
                    if line.at.is_some_and(|then| then > at) {
                        break;
                    }
                }
            }
            Err(ApiError::NotFound("the line is not there any more".to_owned()))
        });
        found
            .await
            .unwrap_or_else(|_| Err(Error::Late(SEARCH.as_secs()).into()))
    }
}

/// The text of an entry, where it is a line.
pub(super) fn line_of(entry: Entry) -> Option<app::model::log::Line> {
    match entry {
        Entry::Line(line) => Some(line),
        _ => None,
    }
}
