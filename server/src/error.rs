//! `kube::Error` → [`Error`] → [`ApiError`].
use app::{
    api::{ApiError, FieldError},
    model::said::plain,
};
use kube::core::Status;

/// What a call to the cluster can fail with. Keeps its source.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The cluster said no, in its own words.
    #[error("{}", .0.message)]
    Refused(Box<Status>),
    /// No answer within the deadline.
    #[error("the cluster did not answer within {0} s")]
    Late(u64),
    /// The cluster could not be reached, or its answer not be read.
    #[error(transparent)]
    Client(kube::Error),
    /// A write was sent, and no answer came: it may have been done.
    #[error("not known whether it was done: {0}")]
    NotKnown(String),
    /// The console is read-only.
    #[error("this console is read-only: nothing is changed through it")]
    ReadOnly,
    /// A request that the console would not build: an empty name, a document without a kind.
    #[error("{0}")]
    Unbuildable(String),
}

impl Error {
    /// What the failure of a write means: unless the cluster answered, or was never reached, it may have been done.
    pub fn of_a_write(self) -> Self {
        match &self {
            Self::Late(_) => Self::NotKnown(self.to_string()),
            Self::Client(kube::Error::SerdeError(_)) => self,
            Self::Client(source) if !unreached(source) => Self::NotKnown(self.to_string()),
            _ => self,
        }
    }
}

/// Whether no connection was made, so that nothing was sent.
fn unreached(error: &kube::Error) -> bool {
    let mut source = Some(error as &dyn std::error::Error);
    while let Some(error) = source {
        if let Some(client) = error.downcast_ref::<hyper_util::client::legacy::Error>() {
            return client.is_connect();
        }
        source = error.source();
    }
    false
}

impl From<kube::Error> for Error {
    fn from(error: kube::Error) -> Self {
        match error {
            kube::Error::Api(status) => Self::Refused(status),
            other => Self::Client(other),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(status) => from_status(&status),
            Error::Late(_) => Self::Unavailable(error.to_string()),
            Error::NotKnown(message) => Self::NotKnown(message),
            Error::Client(source) => from_client(&source),
            Error::ReadOnly => Self::ReadOnly,
            Error::Unbuildable(message) => Self::invalid(message),
        }
    }
}

/// The API server's `Status` as the browser sees it.
pub fn from_status(status: &Status) -> ApiError {
    let message = plain(&status.message);
    let details = status.details.as_ref();
    match status.code {
        401 => ApiError::Unauthorized,
        403 => ApiError::Forbidden {
            verb: String::new(),
            resource: details.map(|d| d.kind.clone()).unwrap_or_default(),
            message,
        },
        404 => ApiError::NotFound(message),
        409 => ApiError::Conflict(message),
        400 | 413 | 415 | 422 => {
            let causes = details.map(|d| d.causes.as_slice()).unwrap_or_default();
            let fields = causes.iter().filter(|c| !c.field.is_empty()).map(|c| FieldError {
                field: c.field.clone(),
                message: plain(&c.message),
            });
            let fields = fields.chain(decoding(&message)).collect();
            ApiError::Invalid { message, fields }
        }
        408 | 429 | 500..=599 => ApiError::Unavailable(message),
        _ => logged(&message),
    }
}

/// The fields that a strict decoder names in its words only: `unknown field "spec.x"`, `duplicate field "spec.y"`.
fn decoding(message: &str) -> Vec<FieldError> {
    let one = |part: &str| {
        let (what, rest) = part.split_once(" field \"")?;
        let (field, _) = rest.split_once('"')?;
        let what = what
            .rsplit(' ')
            .next()
            .filter(|w| matches!(*w, "unknown" | "duplicate"))?;
        Some(FieldError {
            field: field.to_owned(),
            message: format!("{what} field"),
        })
    };
    message.split(", ").filter_map(one).collect()
}

fn from_client(error: &kube::Error) -> ApiError {
    match error {
        kube::Error::HyperError(_) | kube::Error::Service(_) | kube::Error::Auth(_) => {
            // The chain of sources says which of the many steps of reaching a server failed.
            let mut words = error.to_string();
            let mut source = std::error::Error::source(error);
            while let Some(inner) = source {
                let text = inner.to_string();
                if !words.contains(&text) {
                    words = format!("{words}: {text}");
                }
                source = inner.source();
            }
            ApiError::Unavailable(words)
        }
        other => logged(&other.to_string()),
    }
}

fn logged(message: &str) -> ApiError {
    let id = format!("{:08x}", rand::random::<u32>());
    tracing::error!(id, message, "internal error");
    ApiError::Internal { id }
}
