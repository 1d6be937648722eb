//! The cluster as the person of the kubeconfig sees it. Everything that writes goes through [`Kube::mutate`].
mod choices;
mod claims;
mod create;
mod delete;
mod edit;
mod existing;
pub mod facts;
mod fixed;
#[cfg(test)]
mod golden;
mod kinds;
mod objects;
mod owners;
mod parts;
mod plan;
mod port;
mod rendered;
mod schema;
mod session;
mod shapes;

use crate::{config::Config, error::Error};
use anyhow::Context;
use kube::{
    Client,
    client::Body,
    config::{KubeConfigOptions, Kubeconfig},
    core::Status,
};
use serde::de::DeserializeOwned;
use std::{future::Future, time::Duration};
use tokio::sync::Mutex;

pub use port::SignedIn;
pub use schema::Schema;

/// A connection with one identity.
pub struct Kube {
    client: Client,
    /// The name of the cluster and the user in the kubeconfig, and the context's namespace.
    names: Names,
    deadline: Duration,
    session: Mutex<Option<session::Known>>,
    schema: Mutex<Option<Schema>>,
    served: Mutex<kinds::Known>,
}

#[derive(Clone, Debug, Default)]
struct Names {
    cluster: String,
    user: String,
    namespace: String,
}

/// A write, for the audit line.
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
    /// Nothing is stored.
    pub dry_run: bool,
}

impl Kube {
    /// Reads the kubeconfig and makes a client; the cluster need not answer yet.
    ///
    /// # Errors
    /// There is no kubeconfig, or the context is not in it.
    pub async fn connect(config: &Config) -> anyhow::Result<Self> {
        let kubeconfig = match &config.kubeconfig {
            Some(file) => {
                Kubeconfig::read_from(file).with_context(|| format!("--kubeconfig {}", file.display()))?
            }
            None => Kubeconfig::read().context("no kubeconfig: write --kubeconfig FILE or set KUBECONFIG")?,
        };
        let context = config
            .context
            .clone()
            .or_else(|| kubeconfig.current_context.clone());
        let found = kubeconfig
            .contexts
            .iter()
            .find(|c| Some(&c.name) == context.as_ref());
        let found = found.and_then(|c| c.context.clone());
        let names = Names {
            cluster: found.as_ref().map(|c| c.cluster.clone()).unwrap_or_default(),
            user: found.as_ref().and_then(|c| c.user.clone()).unwrap_or_default(),
            namespace: found
                .and_then(|c| c.namespace)
                .unwrap_or_else(|| "default".to_owned()),
        };
        let options = KubeConfigOptions {
            context: config.context.clone(),
            ..KubeConfigOptions::default()
        };
        let mut client = kube::Config::from_custom_kubeconfig(kubeconfig, &options)
            .await
            .context("kubeconfig")?;
        client.connect_timeout = Some(Duration::from_secs(config.cluster_timeout.min(5)));
        let client = Client::try_from(client).context("kubeconfig")?;
        Ok(Self::with_client(
            client,
            names,
            Duration::from_secs(config.cluster_timeout),
        ))
    }

    /// For tests: a scripted API server behind `client`.
    pub fn scripted(client: Client) -> Self {
        let names = Names {
            cluster: "scripted".into(),
            user: "alice".into(),
            namespace: "default".into(),
        };
        Self::with_client(client, names, Duration::from_secs(2))
    }

    fn with_client(client: Client, names: Names, deadline: Duration) -> Self {
        Self {
            client,
            names,
            deadline,
            session: Mutex::new(None),
            schema: Mutex::new(None),
            served: Mutex::default(),
        }
    }

    /// The client, for reading and watching.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Waits for an answer of the cluster, but no longer than the deadline.
    ///
    /// # Errors
    /// The cluster's, or that it is late.
    pub async fn answer<T>(&self, call: impl Future<Output = Result<T, kube::Error>>) -> Result<T, Error> {
        match tokio::time::timeout(self.deadline, call).await {
            Ok(answer) => answer.map_err(Error::from),
            Err(_) => Err(Error::Late(self.deadline.as_secs())),
        }
    }

    /// The one function that writes to the cluster; it leaves an audit line (who, what, object, UID, outcome).
    ///
    /// # Errors
    /// A request for an empty name is never sent; else the cluster's errors.
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
        // A name may be left to the cluster where something is created; it is never left out of a path.
        let unnamed = act.name.is_empty() && act.verb != "create";
        if unnamed || request.uri().path().ends_with('/') || request.uri().path().contains("//") {
            return Err(Error::Unbuildable(format!("{} needs a name", act.kind)));
        }
        let answer = self.answer(warned(&self.client, request)).await;
        let found = answer
            .as_ref()
            .ok()
            .and_then(|(v, _)| v.pointer("/metadata/uid"))
            .and_then(|u| u.as_str());
        let uid = found.unwrap_or(act.uid).to_owned();
        let outcome = match &answer {
            Ok(_) => "done".to_owned(),
            Err(error) => error.to_string(),
        };
        let Act {
            verb,
            kind,
            namespace,
            name,
            dry_run,
            ..
        } = act;
        let user = &self.names.user;
        tracing::info!(target: "audit", user, verb, kind, namespace, name, uid, dry_run, outcome);
        let label = if answer.is_ok() { "done" } else { "refused" };
        metrics::counter!("ordinal_mutations_total", "verb" => verb.to_owned(), "outcome" => label)
            .increment(1);
        let (value, warnings) = answer?;
        let value = serde_json::from_value(value).map_err(|e| Error::Client(kube::Error::SerdeError(e)))?;
        Ok((value, warnings))
    }
}

/// An answer with the warnings in its headers (RFC 9111: `299 - "words"`).
async fn warned(
    client: &Client,
    request: http::Request<Vec<u8>>,
) -> Result<(serde_json::Value, Vec<String>), kube::Error> {
    let response = client.send(request.map(Body::from)).await?;
    let (parts, body) = response.into_parts();
    let bytes = body.collect_bytes().await?;
    if parts.status.is_client_error() || parts.status.is_server_error() {
        let told = serde_json::from_slice::<Status>(&bytes).unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(&bytes);
            Status::failure(text.trim(), "").with_code(parts.status.as_u16())
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
