//! The cluster as the person of the kubeconfig sees it. Everything that writes goes through [`Kube::mutate`].
mod choices;
mod claims;
mod create;
mod delete;
mod edit;
mod existing;
pub mod facts;
mod fill;
mod fixed;
#[cfg(test)]
mod golden;
mod governing;
mod kinds;
mod lots;
mod objects;
mod ops;
mod owners;
mod parts;
mod plan;
mod plan_beside;
pub mod pods;
mod rendered;
mod schema;
mod services;
mod session;
mod shapes;
mod upstream;
mod usage;
mod write;

use crate::{error::Error, prometheus::Prometheus};
use kube::Client;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::sync::Mutex;

pub use edit::shown;
pub(crate) use parts::is_dns_name;
pub use schema::Schema;
pub use upstream::{Credential, Upstream, authorities};
pub use usage::Measured;
pub use write::Act;

/// A connection with one identity.
pub struct Kube {
    client: Client,
    /// Sends everything once: a write is not repeated by itself, and a disruption budget's refusal (429) is an answer.
    writer: Client,
    /// The name of the cluster and the user in the kubeconfig, and the context's namespace.
    names: Names,
    deadline: Duration,
    /// Every write is refused (`--read-only`).
    read_only: bool,
    /// What every request carries, where people sign in one by one.
    credential: Option<Credential>,
    /// Who keeps how full volumes are, if somebody does.
    prometheus: Option<Arc<Prometheus>>,
    session: session::Asked,
    schema: Mutex<Option<Schema>>,
    served: Mutex<kinds::Known>,
}

#[derive(Clone, Debug, Default)]
struct Names {
    cluster: String,
    user: String,
    namespace: String,
}

impl Kube {
    /// For tests: a scripted API server behind `client`.
    pub fn scripted(client: Client) -> Self {
        let names = Names {
            cluster: "scripted".into(),
            user: "alice".into(),
            namespace: "default".into(),
        };
        Self::with_clients(client.clone(), client, names, Duration::from_secs(2))
    }

    fn with_clients(client: Client, writer: Client, names: Names, deadline: Duration) -> Self {
        Self {
            client,
            writer,
            names,
            deadline,
            read_only: false,
            credential: None,
            prometheus: None,
            session: session::Asked::default(),
            schema: Mutex::new(None),
            served: Mutex::default(),
        }
    }

    /// The same, which refuses every write where that is so.
    #[must_use]
    pub fn reading_only(self, read_only: bool) -> Self {
        Self { read_only, ..self }
    }

    /// The same, with who keeps how full volumes are.
    #[must_use]
    pub fn measured_by(self, prometheus: Option<Arc<Prometheus>>) -> Self {
        Self { prometheus, ..self }
    }

    /// What every request carries, where people sign in one by one.
    pub fn credential(&self) -> Option<&Credential> {
        self.credential.as_ref()
    }

    /// Whether every write is refused.
    pub fn is_read_only(&self) -> bool {
        self.read_only
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
        within(self.deadline, call).await
    }
}

async fn within<T>(
    deadline: Duration,
    call: impl Future<Output = Result<T, kube::Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(deadline, call).await {
        Ok(answer) => answer.map_err(Error::from),
        Err(_) => Err(Error::Late(deadline.as_secs())),
    }
}
