//! The cluster as the person of the kubeconfig sees it. Everything that writes goes through [`Kube::mutate`].
mod choices;
mod claims;
mod create;
mod delete;
mod edit;
mod existing;
pub mod facts;
mod objects;
mod owners;
mod plan;
mod port;
mod schema;
mod session;
mod shapes;

use crate::{config::Config, error::Error};
use anyhow::Context;
use kube::{
    Client,
    config::{KubeConfigOptions, Kubeconfig},
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
        if act.name.is_empty() || act.namespace.is_empty() || request.uri().path().ends_with('/') {
            return Err(Error::Unbuildable(format!(
                "{} needs a name and a namespace",
                act.kind
            )));
        }
        let answer = self
            .answer(self.client.request::<serde_json::Value>(request))
            .await;
        let found = answer
            .as_ref()
            .ok()
            .and_then(|v| v.pointer("/metadata/uid"))
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
        serde_json::from_value(answer?).map_err(|e| Error::Client(kube::Error::SerdeError(e)))
    }
}
