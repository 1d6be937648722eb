//! A file, or a folder as an archive, streamed. What breaks off on the way never looks whole: the last piece waits for
//! the program's good end, and without it the answer is cut, which browsers tell.
use super::{checked, held::Held, program::Program};
use crate::{access::Session, cluster::Kube, page, terminal::Terminals};
use app::{
    api::ApiError,
    model::files::{At, Kind, kind, split},
    paths,
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{Stream, stream::unfold};
use std::{collections::HashMap, io, sync::Arc, time::Duration};
use tokio::time::{Interval, interval};

/// How often it is looked whether the right is still there.
const REVIEW: Duration = Duration::from_secs(15);

/// What is asked for: a place, and whether it is a folder.
pub async fn download(
    State(terminals): State<Terminals>,
    Extension(session): Extension<Arc<Session>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let text = |key: &str| asked.get(key).cloned().unwrap_or_default();
    let at = At {
        namespace: text("ns"),
        pod: text("pod"),
        container: text("container"),
        path: text("path"),
    };
    let answer = if terminals.are_off() {
        Err(crate::read_only::no_exec())
    } else {
        answer(session, at, asked.contains_key("folder")).await
    };
    match answer {
        Ok(response) => response,
        Err(error) => (page::status(&error), format!("{}\n", error.words())).into_response(),
    }
}

async fn answer(session: Arc<Session>, at: At, folder: bool) -> Result<Response, ApiError> {
    checked(&at)?;
    let kube = &session.access.kube;
    let refused = kube.exec_refused(&at.namespace).await;
    let outcome = if refused.is_some() { "refused" } else { "begun" };
    note(kube, &at, "start", outcome);
    if let Some(refused) = refused {
        return Err(refused);
    }
    let size = if folder { None } else { size(kube, &at).await? };
    let (parent, name) = split(&at.path);
    let inside = format!("./{name}");
    let command = match folder {
        true => vec!["tar", "cf", "-", "-C", parent, &inside],
        false => vec!["cat", "--", &at.path],
    };
    let mut program = Program::start(kube, &at, &command).await?;
    // What fails at once is told in words and not by a file that breaks off.
    let first = program.next().await?;
    let headers = headers(&at, folder, size);
    let mut review = interval(REVIEW);
    review.reset();
    let body = pieces(Taking {
        session,
        at,
        program,
        held: Held::new(first, size),
        sent: 0,
        review,
        outcome: "left".to_owned(),
    });
    Ok((headers, Body::from_stream(body)).into_response())
}

/// The size of a file; none where that says nothing, as in /proc, or nobody can tell it.
async fn size(kube: &Kube, at: &At) -> Result<Option<u64>, ApiError> {
    let mut program = Program::start(kube, at, &["stat", "-L", "-c", "%f %s", "--", &at.path]).await?;
    let mut said = Vec::new();
    loop {
        match program.next().await {
            Ok(Some(bytes)) => said.extend_from_slice(&bytes),
            Ok(None) => break,
            // The image has no `stat`.
            Err(ApiError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    let said = String::from_utf8_lossy(&said).into_owned();
    let told = said
        .trim()
        .split_once(' ')
        .and_then(|(mode, size)| Some((u32::from_str_radix(mode, 16).ok()?, size.parse::<u64>().ok()?)));
    match told {
        Some((mode, size)) if kind(mode) == Kind::File => Ok(Some(size).filter(|size| *size > 0)),
        // A pipe or a device has no end.
        Some(_) => Err(ApiError::invalid(format!("{} is no file", at.path))),
        None => Ok(None),
    }
}

/// The name is an ASCII word in one form and percent-encoded in the other (RFC 6266): nothing in it ends the header.
fn headers(at: &At, folder: bool, size: Option<u64>) -> HeaderMap {
    let (_, name) = split(&at.path);
    let name = if name.is_empty() { &at.container } else { name };
    let name = if folder {
        format!("{name}.tar")
    } else {
        name.to_owned()
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let word: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let encoded = paths::encode(&name).replace(',', "%2C");
    let kept = format!("attachment; filename=\"{word}\"; filename*=UTF-8''{encoded}");
    let kept = HeaderValue::from_str(&kept).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = if folder {
        "application/x-tar"
    } else {
        "application/octet-stream"
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_DISPOSITION, kept);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(size) = size {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    }
    headers
}

fn note(kube: &Kube, at: &At, phase: &str, outcome: &str) {
    let At {
        namespace,
        pod: name,
        container,
        path,
    } = at;
    let user = kube.user();
    tracing::info!(
        target: "audit", phase, user, verb = "download-file", kind = "Pod", namespace, name, container, path, outcome
    );
}

/// A file on its way.
struct Taking {
    session: Arc<Session>,
    at: At,
    program: Program,
    held: Held,
    sent: u64,
    review: Interval,
    /// For the audit.
    outcome: String,
}

impl Taking {
    /// The next piece; none at the good end.
    async fn piece(&mut self) -> Result<Option<Bytes>, ApiError> {
        if let Some(ready) = self.held.ready() {
            return Ok(ready);
        }
        let next = self.more().await?;
        self.held.take(next)
    }

    /// What the program writes, for as long as that may be read.
    async fn more(&mut self) -> Result<Option<Bytes>, ApiError> {
        loop {
            tokio::select! {
                () = self.session.over() => return Err(ApiError::Unauthorized),
                next = self.program.next() => return next,
                _ = self.review.tick() => {
                    let kube = &self.session.access.kube;
                    if let Some(refused) = kube.exec_refused(&self.at.namespace).await {
                        return Err(refused);
                    }
                }
            }
        }
    }
}

impl Drop for Taking {
    fn drop(&mut self) {
        let outcome = format!("{}, {} bytes", self.outcome, self.sent);
        note(&self.session.access.kube, &self.at, "end", &outcome);
    }
}

fn pieces(taking: Taking) -> impl Stream<Item = io::Result<Bytes>> {
    unfold(Some(taking), |taking| async {
        let mut taking = taking?;
        match taking.piece().await {
            Ok(Some(piece)) => {
                taking.sent += piece.len() as u64;
                Some((Ok(piece), Some(taking)))
            }
            Ok(None) => {
                "done".clone_into(&mut taking.outcome);
                None
            }
            Err(error) => {
                taking.outcome = error.to_string();
                Some((Err(io::Error::other(error)), None))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_ends_the_header() {
        let of = |path: &str, folder| {
            let at = At {
                container: "db".into(),
                path: path.into(),
                ..At::default()
            };
            let headers = headers(&at, folder, Some(7));
            headers[header::CONTENT_DISPOSITION]
                .to_str()
                .expect("ASCII")
                .to_owned()
        };
        let kept = of("/a/x\"; filename=\"y\r\nset-cookie: z", false);
        assert_eq!(
            kept,
            "attachment; filename=\"x___filename__y__set-cookie__z\"; \
             filename*=UTF-8''x%22%3B%20filename%3D%22y%0D%0Aset-cookie%3A%20z"
        );
        assert!(of("/etc", true).contains("\"etc.tar\""));
        assert!(of("/", true).contains("\"db.tar\""));
        assert!(of("/日志", false).ends_with("UTF-8''%E6%97%A5%E5%BF%97"));
    }
}
