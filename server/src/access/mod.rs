//! Who asks: one identity, and all that is known through it (ADR 0013). Nothing that was read of a cluster is kept
//! anywhere else, so nothing can be given to somebody else.
mod logs;
mod ops;
mod pods;
mod port;
pub mod sessions;
mod sets;

use crate::{cluster::Kube, live::Hub};
use std::{fmt, sync::Arc};

pub use sessions::{Session, Sessions};

/// The name of an identity: the same for all requests of one, and for nobody else's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity(Arc<str>);

impl Identity {
    /// The identity of a context of the kubeconfig, or another that is told apart by its name alone.
    pub fn named(name: &str) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What one identity has: its connection with its rights, and its view of the cluster.
pub struct Access {
    identity: Identity,
    /// The connection; what was asked by it (rights, discovery, the schema) is remembered in it.
    pub kube: Arc<Kube>,
    /// What is watched by it.
    pub hub: Arc<Hub>,
}

impl Access {
    /// An identity that has seen nothing yet.
    pub fn new(identity: Identity, kube: Kube) -> Arc<Self> {
        let kube = Arc::new(kube);
        Arc::new(Self {
            identity,
            hub: Hub::new(Arc::clone(&kube)),
            kube,
        })
    }

    /// Whose it is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}
