//! Logs as a file, streamed: of one container byte for byte, of several merged line by line.
use super::{
    answer::{is_named, line_of},
    gather::Gather,
    pods::{Reader, Until, read},
};
use crate::{access::Session, error::Error, page};
use app::{
    api::ApiError,
    model::log::{Ask, LogQuery, Scope, Stream},
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::Query,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{Stream as Chunks, StreamExt, stream::unfold};
use std::{collections::HashMap, io, sync::Arc};
use tokio::time::{Instant, sleep_until};
use tokio_util::task::AbortOnDropHandle;

/// The bytes of a line in a merged file; one that is longer is in the file of its container alone.
const MOST: usize = 200 * 1024;
/// The bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

/// What is asked for: whose logs, and the query of the page.
pub async fn download(
    Extension(session): Extension<Arc<Session>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let text = |key: &str| asked.get(key).cloned().unwrap_or_default();
    let (namespace, name) = (text("ns"), text("set"));
    let scope = if name.is_empty() {
        Scope::Pod {
            namespace,
            name: text("pod"),
        }
    } else {
        Scope::Set { namespace, name }
    };
    let query = LogQuery::from_pairs(|key| asked.get(key).cloned());
    match answer(&session, scope, query, asked.contains_key("names")).await {
        Ok(response) => response,
        Err(error) => (page::status(&error), format!("{}\n", error.words())).into_response(),
    }
}

async fn answer(
    session: &Arc<Session>,
    scope: Scope,
    query: LogQuery,
    names: bool,
) -> Result<Response, ApiError> {
    if !is_named(&scope) {
        return Err(Error::Unbuildable("no object has such a name".to_owned()).into());
    }
    let (namespace, name) = (scope.namespace().to_owned(), scope.name().to_owned());
    let kube = &session.access.kube;
    let may = kube.may_read_logs(&namespace).await != Some(false);
    let outcome = if may { "begun" } else { "refused" };
    let user = kube.user();
    let kind = match scope {
        Scope::Set { .. } => "StatefulSet",
        Scope::Pod { .. } => "Pod",
    };
    tracing::info!(target: "audit", user, verb = "download-logs", kind, namespace, name, outcome);
    if !may {
        return Err(super::socket::refusal(&namespace));
    }
    // Both are DNS names: nothing in them can end the header or lead out of a folder.
    let file = HeaderValue::from_str(&format!("attachment; filename=\"{namespace}-{name}.log\""));
    let headers = [
        (
            header::CONTENT_DISPOSITION,
            file.unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let gather = Gather::new();
    let reader = Arc::new(Reader {
        kube: Arc::clone(&session.access.kube),
        hub: Arc::clone(&session.access.hub),
        ask: Ask {
            scope,
            reading: query.reading,
            cursors: Vec::new(),
        },
        until: Until::Now,
        gather: Arc::clone(&gather),
        most: MOST,
    });
    let ended = Arc::clone(session);
    let over = async move { ended.over().await };
    let body = merged(reader, names).take_until(Box::pin(over));
    Ok((headers, Body::from_stream(body)).into_response())
}

/// What is read of the file.
struct File {
    gather: Arc<Gather>,
    reading: AbortOnDropHandle<Result<(), ApiError>>,
    streams: Vec<Stream>,
    names: bool,
}

/// The lines of all streams, in order. A file that cannot be read to its end breaks off, which browsers tell.
fn merged(reader: Arc<Reader>, names: bool) -> impl Chunks<Item = io::Result<Bytes>> {
    let file = File {
        gather: Arc::clone(&reader.gather),
        reading: AbortOnDropHandle::new(tokio::spawn(read(reader))),
        streams: Vec::new(),
        names,
    };
    unfold(Some(file), |file| async {
        let mut file = file?;
        match file.chunk().await {
            Ok(chunk) if chunk.is_empty() => None,
            Ok(chunk) => Some((Ok(chunk.into()), Some(file))),
            Err(error) => Some((Err(io::Error::other(error)), None)),
        }
    })
}

impl File {
    async fn chunk(&mut self) -> Result<Vec<u8>, ApiError> {
        let mut chunk = Vec::new();
        loop {
            while chunk.len() < CHUNK
                && let Some((_, entry)) = self.gather.pop()
            {
                if let Some(line) = line_of(entry) {
                    self.write(&line, &mut chunk);
                }
            }
            if !chunk.is_empty() {
                return Ok(chunk);
            }
            let due = self.gather.due();
            if due.is_none() && self.reading.is_finished() {
                let read = (&mut self.reading).await;
                read.map_err(|e| ApiError::Unavailable(e.to_string()))??;
                return Ok(chunk);
            }
            let soon = Instant::now() + std::time::Duration::from_millis(100);
            let due = due.unwrap_or(soon).min(soon);
            tokio::select! { () = self.gather.news.notified() => {}, () = sleep_until(due) => {} }
        }
    }

    fn write(&mut self, line: &app::model::log::Line, chunk: &mut Vec<u8>) {
        if self.names {
            if let Some(streams) = self.gather.streams() {
                self.streams = streams;
            }
            let of = self.streams.iter().find(|s| s.id == line.stream);
            let (pod, container) = of.map_or(("", ""), |s| (&s.pod, &s.container));
            let at = jiff::Timestamp::from_nanosecond(line.at.into()).unwrap_or_default();
            chunk.extend_from_slice(format!("{pod} {container} {at} ").as_bytes());
        }
        chunk.extend_from_slice(line.text.as_bytes());
        if line.whole > 0 {
            chunk.extend_from_slice(format!(" [{} bytes]", line.whole).as_bytes());
        }
        chunk.push(b'\n');
    }
}
