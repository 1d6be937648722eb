//! Logs as a file, streamed: of one container byte for byte, of several merged line by line.
use super::{
    answer::{is_named, line_of},
    gather::Gather,
    pods::{Reader, Until, read},
};
use crate::{access::Session, error::Error, page};
use app::{
    api::ApiError,
    model::log::{Ask, LogQuery, Reading, Runs, Scope, Stream},
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::Query,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{AsyncRead, AsyncReadExt, Stream as Chunks, StreamExt, stream::unfold};
use kube::{api::LogParams, core::Request};
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
    let ended = Arc::clone(session);
    let over = Box::pin(async move { ended.over().await });
    if let Some(params) = alone(&scope, &query.reading).filter(|_| !names) {
        let request = Request::new(format!("/api/v1/namespaces/{namespace}/pods")).logs(&name, &params);
        let request = request.map_err(|e| Error::Unbuildable(e.to_string()))?;
        let log = kube.answer(kube.client().request_stream(request)).await?;
        let body = pieces(log).take_until(over);
        return Ok((headers, Body::from_stream(body)).into_response());
    }
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
    let body = merged(reader, names).take_until(over);
    Ok((headers, Body::from_stream(body)).into_response())
}

/// How to ask for a file that is the log of one container and nothing else: the API server's own words go on as they are.
fn alone(scope: &Scope, reading: &Reading) -> Option<LogParams> {
    let ([container], Scope::Pod { .. }) = (reading.containers.as_slice(), scope) else {
        return None;
    };
    if reading.from.is_some() || reading.to.is_some() || reading.runs == Runs::Both {
        return None;
    }
    Some(LogParams {
        container: Some(container.clone()),
        previous: reading.runs == Runs::Previous,
        since_seconds: reading.since,
        tail_lines: reading.tail,
        ..LogParams::default()
    })
}

/// A log as it is, in pieces.
fn pieces(log: impl AsyncRead + Send + Unpin + 'static) -> impl Chunks<Item = io::Result<Bytes>> {
    unfold(Some(log), |log| async {
        let mut log = log?;
        let mut piece = vec![0; CHUNK];
        match log.read(&mut piece).await {
            Ok(0) => None,
            Ok(count) => {
                piece.truncate(count);
                Some((Ok(piece.into()), Some(log)))
            }
            Err(error) => Some((Err(error), None)),
        }
    })
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
