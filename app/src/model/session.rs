//! Who is signed in, to what, and what they may see.
use serde::{Deserialize, Serialize};

/// The namespaces that a user can choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespaces {
    /// Those whose StatefulSets the user may list; none where namespaces cannot be listed, so they are typed.
    pub known: Option<Vec<String>>,
    /// The user may list the StatefulSets of all namespaces at once.
    pub all: bool,
    /// The kubeconfig context's namespace.
    pub default: String,
}

impl Namespaces {
    /// The namespaces that a list without any in its URL shows: all, where the user may see all; else the context's,
    /// or those that the user may list.
    pub fn unnamed(&self) -> Vec<String> {
        match &self.known {
            _ if self.all => Vec::new(),
            Some(known) if !known.is_empty() && !known.contains(&self.default) => known.clone(),
            _ => vec![self.default.clone()],
        }
    }
}

/// What the frame shows of the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub user: String,
    pub cluster: String,
    /// The cluster's version, such as `v1.36.3`; empty while it does not answer.
    pub version: String,
    pub namespaces: Namespaces,
    /// The cluster has answered all of it. Until then the page shows what the kubeconfig says, and asks again.
    pub settled: bool,
    /// The console was started with `--read-only`: it changes nothing, whoever asks.
    pub read_only: bool,
    /// It has terminals.
    pub exec: bool,
    /// The version of the server: of its site and its code.
    pub build: String,
    /// The server's clock when the page was made, seconds since 1970.
    pub now: i64,
}

/// How the page looks: chosen by the user, else the system's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// As in the cookie and in `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name, the system's choice for any other.
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next one when the user presses the button.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// What a request says of the person's choices; the shell and the pages agree on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub theme: Theme,
}
