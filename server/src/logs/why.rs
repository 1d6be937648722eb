//! Why there is nothing to read, in words that the page tells apart.
use crate::error::Error;
use app::model::{
    log::State,
    pod::{Container, State as Does},
    said::calm,
};
use kube::core::Status;

/// Why a container has no run.
pub fn waiting(container: &Container) -> State {
    match &container.state {
        Does::Waiting { reason, message } => State::Waiting {
            reason: reason.clone(),
            message: message.clone(),
        },
        _ => State::Waiting {
            reason: String::new(),
            message: String::new(),
        },
    }
}

/// Why a log is not given. The kubelet's words are the only way to tell some apart.
///
/// Source: `validateContainerLogStatus` and `GetContainerLogs` in `pkg/kubelet/kubelet_pods.go` (1.36).
pub fn refused(error: Error) -> State {
    let Error::Refused(status) = error else {
        return State::Unreachable(error.to_string());
    };
    let Status { code, message, .. } = *status;
    let message = calm(&message);
    if message.contains("previous terminated container") {
        return State::NoPrevious;
    }
    if let Some((_, reason)) = message.split_once("is waiting to start: ") {
        return State::Waiting {
            reason: reason.trim().to_owned(),
            message: String::new(),
        };
    }
    match code {
        404 => State::Missing,
        500..=599 => State::Unreachable(message),
        _ => State::Refused(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: u16, message: &str) -> State {
        refused(Error::Refused(
            Status::failure(message, "").with_code(code).boxed(),
        ))
    }

    #[test]
    fn the_kubelets_words_say_why_there_is_nothing() {
        let words = "previous terminated container \"db\" in pod \"db-0\" not found";
        assert_eq!(said(400, words), State::NoPrevious);
        let words = "container \"db\" in pod \"db-0\" is waiting to start: ContainerCreating";
        let waits = State::Waiting {
            reason: "ContainerCreating".into(),
            message: String::new(),
        };
        assert_eq!(said(400, words), waits);
        assert_eq!(said(404, "pods \"db-0\" not found"), State::Missing);
        let words = "Get \"https://10.0.0.1:10250/containerLogs/a/b/c\": dial tcp: connect: no route to host";
        assert_eq!(said(500, words), State::Unreachable(words.into()));
        assert_eq!(said(403, "forbidden"), State::Refused("forbidden".into()));
    }
}
