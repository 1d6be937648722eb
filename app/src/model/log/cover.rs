//! How much of what was asked for is read, and why not all.
use super::{State, Stream};
use std::collections::BTreeSet;

/// The answer: of so many pods so many are read, and what keeps the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    pub read: usize,
    pub pods: usize,
    /// The streams of which nothing is read, each with its reason; several of a pod stand for themselves.
    pub missing: Vec<Stream>,
}

/// What the streams cover. A pod is read when each container of it that is wanted is.
pub fn cover(streams: &[Stream]) -> Cover {
    let wanted: Vec<&Stream> = streams.iter().filter(|s| s.wanted).collect();
    let pods: BTreeSet<&str> = wanted.iter().map(|s| s.pod.as_str()).collect();
    let missing: Vec<Stream> = wanted
        .iter()
        .filter(|s| !s.state.is_read())
        .copied()
        .cloned()
        .collect();
    let lacking: BTreeSet<&str> = missing.iter().map(|s| s.pod.as_str()).collect();
    Cover {
        read: pods.len() - lacking.len(),
        pods: pods.len(),
        missing: missing
            .into_iter()
            .filter(|s| s.state != State::Opening)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_is_read_when_each_of_its_containers_is() {
        let stream = |pod: &str, container: &str, wanted: bool, state: State| Stream {
            pod: pod.into(),
            container: container.into(),
            wanted,
            state,
            ..Stream::default()
        };
        let told = cover(&[
            stream("db-0", "a", true, State::Reading),
            stream("db-0", "b", true, State::Ended(0)),
            stream("db-0", "init", false, State::Opening),
            stream("db-1", "a", true, State::Reading),
            stream("db-1", "b", true, State::NoPrevious),
            stream("db-2", "a", true, State::Opening),
        ]);
        assert_eq!((told.read, told.pods), (1, 3));
        let missing: Vec<_> = told
            .missing
            .iter()
            .map(|s| (s.pod.as_str(), s.container.as_str()))
            .collect();
        assert_eq!(missing, [("db-1", "b")]);
    }
}
