//! What can go wrong with a request, as the browser sees it.
use super::codec::JsonText;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// An error of the API server about one field (`details.causes[]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The path in the API server's notation, such as `spec.template.spec.containers[0].image`.
    pub field: String,
    /// The cluster's own words.
    pub message: String,
}

/// A refused or failed request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum ApiError {
    #[error("not signed in")]
    Unauthorized,
    /// The console was started with `--read-only`.
    #[error("this console is read-only: nothing is changed through it")]
    ReadOnly,
    #[error("forbidden: {verb} {resource}: {message}")]
    Forbidden {
        verb: String,
        resource: String,
        message: String,
    },
    #[error("not found: {0}")]
    NotFound(String),
    #[error("conflict: {0}")]
    Conflict(String),
    /// The cluster refuses the object; `message` is its whole sentence.
    #[error("invalid: {message}")]
    Invalid {
        message: String,
        fields: Vec<FieldError>,
    },
    /// The cluster does not answer, or not in time.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A write was sent and no answer came: it may have been done.
    #[error("not known: {0}")]
    NotKnown(String),
    /// The other side speaks another version: the request, or the answer, cannot be read.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// Something that the user cannot mend; the id finds it in the server's log.
    #[error("internal error {id}")]
    Internal { id: String },
}

impl ApiError {
    /// Invalid as a whole.
    pub fn invalid(message: String) -> Self {
        Self::Invalid {
            message,
            fields: Vec::new(),
        }
    }

    /// The cluster's own words, where it said any.
    pub fn words(&self) -> String {
        match self {
            Self::Forbidden { message, .. }
            | Self::Invalid { message, .. }
            | Self::NotFound(message)
            | Self::Conflict(message)
            | Self::NotKnown(message)
            | Self::Unreadable(message)
            | Self::Unavailable(message) => message.clone(),
            Self::Unauthorized | Self::ReadOnly | Self::Internal { .. } => self.to_string(),
        }
    }

    /// What it says about single fields.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Invalid { fields, .. } => fields,
            _ => &[],
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonText;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            // The console itself could not be reached: for the user that is the same as a silent cluster.
            ServerFnErrorErr::Request(message) => Self::Unavailable(message),
            ServerFnErrorErr::Args(message) | ServerFnErrorErr::Deserialization(message) => {
                Self::Unreadable(message)
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}
