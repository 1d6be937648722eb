//! The printed links: each makes one browser the identity that it was printed for.
use super::Guard;
use crate::{
    access::{
        Access, Session,
        sessions::{same, secret},
    },
    held::held,
};
use std::{io::Write as _, sync::Arc};

/// A link that signs a browser in, once.
pub(super) struct Link {
    token: String,
    access: Arc<Access>,
}

impl Guard {
    /// Prints the link. Whoever reads it may have closed the pipe: that is no reason to stop.
    pub fn announce(&self, access: &Arc<Access>) {
        let _ = writeln!(std::io::stdout(), "Ordinal is ready: {}", self.link(access));
    }

    /// The link by which a browser becomes this identity: its token can be exchanged once.
    pub fn link(&self, access: &Arc<Access>) -> String {
        let mut links = held(&self.links);
        let found = links
            .iter()
            .position(|l| l.access.identity() == access.identity());
        let at = found.unwrap_or_else(|| {
            links.push(Link {
                token: secret(),
                access: Arc::clone(access),
            });
            links.len() - 1
        });
        format!("http://{}/?token={}", self.address, links[at].token)
    }

    /// Gives a session for the token, and prints the next link. The cookie's value is the answer.
    pub(super) fn exchange(&self, token: &str) -> Option<String> {
        let access = {
            let mut links = held(&self.links);
            let at = links.iter().position(|l| same(&l.token, token))?;
            links.swap_remove(at).access
        };
        tracing::info!(identity = %access.identity(), "a browser signed in with the printed link");
        self.announce(&access);
        let secret = self.kept.clone().unwrap_or_else(secret);
        if self.sessions.find(&secret).is_none() {
            self.sessions.add(Session::begin(secret.clone(), access));
        }
        Some(secret)
    }
}
