//! How a kind is listed and then watched: with bookmarks, resumed where it was cut, listed anew only where the cluster
//! has forgotten that place (ADR 0011).
//!
//! Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>
use super::feed::{Facts, Writer};
use crate::error::Error;
use app::api::ApiError;
use futures::{Stream, TryStreamExt};
use kube::{
    Api, Resource, ResourceExt,
    api::{ListParams, WatchEvent, WatchParams},
};
use rand::Rng;
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep, timeout};

/// How long a watch may be silent: the API server sends a bookmark about every minute. A proxy can hold a connection whose
/// other end is gone for much longer.
const SILENCE: Duration = Duration::from_secs(90);
/// How long the cluster may take to begin to answer.
const ANSWER: Duration = Duration::from_secs(15);
/// Objects of one page of a list that does not stream.
const PAGE: u32 = 500;
/// How long a watch lasts at most before it is asked for again, in seconds; by chance, so that not all end together.
const LASTS: std::ops::Range<u32> = 240..290;
/// How often the right to read is looked at: a watch that is open goes on after it was taken away.
const REVIEW: Duration = Duration::from_secs(15);
/// The first pause after a failure and the longest, in seconds.
const PAUSES: (f64, f64) = (0.5, 15.0);
/// The annotation of the bookmark behind the last object of a streamed list.
const END_OF_LIST: &str = "k8s.io/initial-events-end";

/// Whether something may still be read, asked anew each time.
pub type Review = Arc<dyn Fn() -> futures::future::BoxFuture<'static, bool> + Send + Sync>;

/// Where a feed comes from.
pub struct Upstream<K> {
    pub api: Api<K>,
    /// Which objects of the scope: a field selector; empty for all of them.
    pub fields: String,
    /// Whether this API server streams lists; learned from its answers.
    pub streams: Arc<AtomicBool>,
    pub review: Review,
}

/// Why a watch ended.
enum Ended {
    /// As watches do, or with an error of the network: it goes on where it was.
    Cut(Option<kube::Error>),
    /// The cluster does not remember where it was.
    Forgotten,
    /// The right to read was taken away.
    Denied(ApiError),
}

impl<K> Upstream<K>
where
    K: Resource<DynamicType = ()>
        + Clone
        + serde::de::DeserializeOwned
        + std::fmt::Debug
        + Send
        + Sync
        + 'static,
{
    /// Watches until dropped.
    pub(super) async fn run<T: Facts<Object = K>>(self, mut writer: Writer<T>) {
        metrics::gauge!("ordinal_upstream_watches").increment(1.0);
        let _open = OnDrop(|| metrics::gauge!("ordinal_upstream_watches").decrement(1.0));
        let mut at: Option<String> = None;
        let mut pause = PAUSES.0;
        loop {
            let begun = Instant::now();
            let ended = self.once(&mut writer, &mut at).await;
            // One that worked for a while is no failure that comes again at once.
            if begun.elapsed() > Duration::from_secs(5) {
                pause = PAUSES.0;
            }
            match ended {
                Ended::Forgotten => at = None,
                Ended::Cut(None) => {}
                Ended::Cut(Some(error)) => writer.broken(Error::from(error).into()),
                Ended::Denied(error) => {
                    at = None;
                    writer.broken(error);
                }
            }
            let jitter = rand::rng().random_range(0.5..1.5);
            sleep(Duration::from_secs_f64(pause * jitter)).await;
            pause = (pause * 2.0).min(PAUSES.1);
        }
    }

    /// Lists where that is needed, and watches until that ends.
    async fn once<T: Facts<Object = K>>(&self, writer: &mut Writer<T>, at: &mut Option<String>) -> Ended {
        if at.is_none() && self.streams.load(Ordering::Relaxed) {
            writer.begin();
            let ended = self
                .watch(WatchParams::streaming_lists().fields(&self.fields), writer, at)
                .await;
            if at.is_some() || !not_streamed(&ended) {
                return ended;
            }
            self.streams.store(false, Ordering::Relaxed);
        }
        if at.is_none() {
            match self.list(writer).await {
                Ok(version) => *at = Some(version),
                Err(error) => return ended(error),
            }
        }
        self.watch(WatchParams::default().fields(&self.fields), writer, at)
            .await
    }

    async fn watch<T: Facts<Object = K>>(
        &self,
        params: WatchParams,
        writer: &mut Writer<T>,
        at: &mut Option<String>,
    ) -> Ended {
        let lasts = rand::rng().random_range(LASTS);
        let from = at.clone().unwrap_or_else(|| "0".to_owned());
        let params = params.timeout(lasts);
        let events = match timeout(ANSWER, self.api.watch(&params, &from)).await {
            Ok(Ok(events)) => events,
            Ok(Err(error)) => return ended(error),
            Err(_) => return Ended::Cut(Some(late())),
        };
        if at.is_some() {
            writer.alive();
        }
        tokio::select! {
            ended = take(events, writer, at) => ended,
            denied = self.denied() => Ended::Denied(denied),
        }
    }

    /// Pages, for servers that do not stream.
    async fn list<T: Facts<Object = K>>(&self, writer: &mut Writer<T>) -> Result<String, kube::Error> {
        writer.begin();
        let mut params = ListParams::default().fields(&self.fields).limit(PAGE);
        loop {
            let page = timeout(ANSWER * 2, self.api.list(&params))
                .await
                .map_err(|_| late())??;
            page.items.iter().for_each(|object| writer.stage(object));
            let more = page.metadata.continue_.filter(|token| !token.is_empty());
            let Some(token) = more else {
                writer.whole();
                return Ok(page.metadata.resource_version.unwrap_or_default());
            };
            params = params.continue_token(&token);
        }
    }

    /// Waits until the right is gone.
    async fn denied(&self) -> ApiError {
        loop {
            let jitter = rand::rng().random_range(0.8..1.2);
            sleep(REVIEW.mul_f64(jitter)).await;
            if !(self.review)().await {
                let (group, plural) = (K::group(&()), K::plural(&()));
                let resource = if group.is_empty() {
                    plural.into_owned()
                } else {
                    format!("{plural}.{group}")
                };
                return ApiError::Forbidden {
                    verb: "list".to_owned(),
                    message: format!("{resource}: the right to list them was taken away"),
                    resource,
                };
            }
        }
    }
}

/// Takes events until they end.
async fn take<T: Facts>(
    events: impl Stream<Item = Result<WatchEvent<T::Object>, kube::Error>>,
    writer: &mut Writer<T>,
    at: &mut Option<String>,
) -> Ended {
    let mut events = pin!(events);
    loop {
        let event = match timeout(SILENCE, events.try_next()).await {
            Ok(Ok(Some(event))) => event,
            Ok(Ok(None)) => return Ended::Cut(None),
            Ok(Err(error)) => return ended(error),
            Err(_) => return Ended::Cut(Some(late())),
        };
        match event {
            // Of a list that streams: it is whole with its bookmark.
            WatchEvent::Added(object) if at.is_none() => writer.stage(&object),
            WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                writer.there(&object);
                *at = object.resource_version().or(at.take());
            }
            WatchEvent::Deleted(object) => {
                writer.gone(&object);
                *at = object.resource_version().or(at.take());
            }
            WatchEvent::Bookmark(mark) => {
                if at.is_none() && mark.metadata.annotations.contains_key(END_OF_LIST) {
                    writer.whole();
                    *at = Some(mark.metadata.resource_version);
                } else if at.is_some() {
                    *at = Some(mark.metadata.resource_version);
                }
            }
            WatchEvent::Error(status) => return ended(kube::Error::Api(status)),
        }
    }
}

/// Whether a server does not stream lists: older ones, and those without the feature, say so or send something else.
fn not_streamed(ended: &Ended) -> bool {
    match ended {
        // 0 is a whole list instead of events: any JSON object is a status for the client.
        Ended::Cut(Some(kube::Error::Api(status))) => matches!(status.code, 0 | 400 | 422),
        Ended::Cut(Some(kube::Error::SerdeError(_))) => true,
        _ => false,
    }
}

fn ended(error: kube::Error) -> Ended {
    match &error {
        kube::Error::Api(status) if status.code == 410 => Ended::Forgotten,
        kube::Error::Api(status) if matches!(status.code, 401 | 403) => {
            Ended::Denied(Error::from(error).into())
        }
        _ => Ended::Cut(Some(error)),
    }
}

/// Nothing was heard for too long.
fn late() -> kube::Error {
    kube::Error::Service("the watch is silent".into())
}

struct OnDrop<F: Fn()>(F);

impl<F: Fn()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
