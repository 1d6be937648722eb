//! The one door for writes: each leaves what was meant and how it ended in the audit, and runs to its end whatever
//! becomes of the browser that asked.
use super::{Kube, within};
use crate::error::Error;
use kube::{
    Client,
    client::Body,
    core::{Status, response::StatusDetails},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How often a request is sent again that the cluster was too busy to look at.
const AGAIN: usize = 3;
/// How long it is waited where the cluster says nothing.
const BUSY: Duration = Duration::from_secs(1);

/// A write, for the audit lines.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// `create`, `scale`, `delete` …
    pub verb: &'a str,
    /// The kind, such as `StatefulSet`.
    pub kind: &'a str,
    pub namespace: &'a str,
    pub name: &'a str,
    /// Empty where the object does not exist yet.
    pub uid: &'a str,
    /// Nothing is stored: it is a question, and no write in the audit and in the metrics.
    pub dry_run: bool,
}

/// What was asked for, as it stands in the audit.
struct Line {
    user: String,
    verb: String,
    kind: String,
    namespace: String,
    name: String,
    uid: String,
}

impl Line {
    fn intent(&self) {
        let Self {
            user,
            verb,
            kind,
            namespace,
            name,
            uid,
        } = self;
        tracing::info!(target: "audit", phase = "intent", user, verb, kind, namespace, name, uid);
    }

    fn outcome(&self, answer: &Result<(Value, Vec<String>), Error>) {
        let Self {
            user,
            verb,
            kind,
            namespace,
            ..
        } = self;
        let told = |key: &str| {
            let value = answer.as_ref().ok()?.0.get("metadata")?.get(key)?;
            value.as_str().map(str::to_owned)
        };
        // The cluster completes names and gives UIDs.
        let name = told("name").unwrap_or_else(|| self.name.clone());
        let uid = told("uid").unwrap_or_else(|| self.uid.clone());
        let (label, outcome) = match answer {
            Ok(_) => ("done", "done".to_owned()),
            Err(error @ Error::Refused(_)) => ("refused", error.to_string()),
            Err(error) => ("unknown", error.to_string()),
        };
        tracing::info!(target: "audit", phase = "outcome", user, verb, kind, namespace, name, uid, outcome);
        metrics::counter!("ordinal_mutations_total", "verb" => verb.clone(), "outcome" => label).increment(1);
    }
}

impl Kube {
    /// The one function that writes to the cluster; it leaves two audit lines (who, what, object, UID; then how it
    /// ended).
    ///
    /// # Errors
    /// Read-only where the console is; a request for an empty name is never sent; not known where the cluster did not answer; else its errors.
    pub async fn mutate<T: DeserializeOwned>(
        &self,
        act: Act<'_>,
        request: http::Request<Vec<u8>>,
    ) -> Result<T, Error> {
        self.mutate_warned(act, request).await.map(|(answer, _)| answer)
    }

    /// As [`Kube::mutate`], with the warnings that came along.
    ///
    /// # Errors
    /// As [`Kube::mutate`].
    pub(super) async fn mutate_warned<T: DeserializeOwned>(
        &self,
        act: Act<'_>,
        request: http::Request<Vec<u8>>,
    ) -> Result<(T, Vec<String>), Error> {
        // A dry run stores nothing: plans are told in a read-only console, too.
        if self.read_only && !act.dry_run {
            return Err(Error::ReadOnly);
        }
        // A name may be left to the cluster where something is created; it is never left out of a path.
        let unnamed = act.name.is_empty() && act.verb != "create";
        if unnamed || request.uri().path().ends_with('/') || request.uri().path().contains("//") {
            return Err(Error::Unbuildable(format!("{} needs a name", act.kind)));
        }
        let line = (!act.dry_run).then(|| Line {
            user: self.user(),
            verb: act.verb.to_owned(),
            kind: act.kind.to_owned(),
            namespace: act.namespace.to_owned(),
            name: act.name.to_owned(),
            uid: act.uid.to_owned(),
        });
        let (client, deadline) = (self.writer.clone(), self.deadline);
        let until = Instant::now() + deadline;
        let sent = async move {
            let Some(line) = line else {
                return within(deadline, patient(&client, request, until)).await;
            };
            line.intent();
            let answer = within(deadline, patient(&client, request, until)).await;
            let answer = answer.map_err(Error::of_a_write);
            line.outcome(&answer);
            answer
        };
        let ended = tokio::spawn(sent).await;
        let (value, warnings) = ended.map_err(|e| Error::NotKnown(e.to_string()))??;
        let value = serde_json::from_value(value).map_err(|e| Error::Client(kube::Error::SerdeError(e)))?;
        Ok((value, warnings))
    }
}

/// Sends it again where the cluster says that it is too busy: such a request was not looked at, so it can be no other
/// than the first.
///
/// Source: <https://kubernetes.io/docs/concepts/cluster-administration/flow-control/>
async fn patient(
    client: &Client,
    request: http::Request<Vec<u8>>,
    until: Instant,
) -> Result<(Value, Vec<String>), kube::Error> {
    // An eviction that a disruption budget refuses is a 429 too: that is its answer.
    let mut left = if request.uri().path().ends_with("/eviction") {
        0
    } else {
        AGAIN
    };
    loop {
        let busy = match warned(client, request.clone()).await {
            Err(kube::Error::Api(status)) if status.code == 429 && left > 0 => status,
            answer => return answer,
        };
        left -= 1;
        let told = busy.details.as_ref().map(|d| d.retry_after_seconds);
        let told = told.filter(|s| *s > 0).map(|s| Duration::from_secs(s.into()));
        let then = Instant::now() + told.unwrap_or(BUSY);
        if then >= until {
            return Err(kube::Error::Api(busy));
        }
        sleep_until(then).await;
    }
}

/// An answer with the warnings in its headers (RFC 9111: `299 - "words"`).
async fn warned(
    client: &Client,
    request: http::Request<Vec<u8>>,
) -> Result<(Value, Vec<String>), kube::Error> {
    let response = client.send(request.map(Body::from)).await?;
    let (parts, body) = response.into_parts();
    let bytes = body.collect_bytes().await?;
    if parts.status.is_client_error() || parts.status.is_server_error() {
        let told = serde_json::from_slice::<Status>(&bytes).unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(&bytes);
            let after = parts.headers.get(http::header::RETRY_AFTER);
            let after = after.and_then(|a| a.to_str().ok()?.parse().ok());
            let details = StatusDetails {
                retry_after_seconds: after.unwrap_or(0),
                name: String::new(),
                group: String::new(),
                kind: String::new(),
                uid: String::new(),
                causes: Vec::new(),
            };
            Status::failure(text.trim(), "")
                .with_code(parts.status.as_u16())
                .with_details(details)
        });
        return Err(kube::Error::Api(told.boxed()));
    }
    let warnings = parts.headers.get_all(http::header::WARNING).iter();
    let warnings = warnings.filter_map(|w| warning(w.to_str().ok()?)).collect();
    let value = serde_json::from_slice(&bytes).map_err(kube::Error::SerdeError)?;
    Ok((value, warnings))
}

/// The words of a warning, without their quotes.
fn warning(header: &str) -> Option<String> {
    let inside = header.split_once('"')?.1.rsplit_once('"')?.0;
    let mut words = String::new();
    let mut characters = inside.chars();
    while let Some(c) = characters.next() {
        words.push(if c == '\\' { characters.next()? } else { c });
    }
    Some(words)
}
