//! The conditions and the runs of a pod on one time line, from its creation to now.
use super::{Container, PodBody, State};

/// What is true in a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Not yet: the cluster worked on it.
    Waiting,
    True,
    False,
    /// A container ran.
    Ran,
    /// It ended with a failure.
    Failed,
}

/// A line of the picture: spans by where they begin and end, in thousandths of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The condition, or the container.
    pub name: String,
    /// It is about a container.
    pub container: bool,
    pub spans: Vec<(Span, i64, i64)>,
    /// `True`, `False`, or empty for a container.
    pub status: String,
    /// Since when it is so, seconds since 1970.
    pub since: i64,
}

/// In the order in which a pod comes up; what others add comes after them.
const ORDER: [&str; 5] = [
    "PodScheduled",
    "PodReadyToStartContainers",
    "Initialized",
    "ContainersReady",
    "Ready",
];

/// The lanes at `now`. Only the last change of each condition is known, and the last two runs of each container.
pub fn lanes(pod: &PodBody, now: i64) -> Vec<Lane> {
    let begin = pod.facts.created;
    let whole = (now - begin).max(1);
    let at = |time: i64| ((time - begin) * 1_000 / whole).clamp(0, 1_000);
    let mut conditions: Vec<_> = pod.conditions.iter().collect();
    conditions.sort_by_key(|c| ORDER.iter().position(|o| *o == c.kind).unwrap_or(ORDER.len()));
    let condition = |c: &super::Condition| {
        let since = if c.since == 0 { begin } else { c.since };
        let (before, now_is) = if c.status == "True" {
            (Span::Waiting, Span::True)
        } else {
            (Span::True, Span::False)
        };
        // What was false from the first second on was never true.
        let before = (since > begin + 1).then_some((before, 0, at(since)));
        Lane {
            name: c.kind.clone(),
            container: false,
            spans: before.into_iter().chain([(now_is, at(since), 1_000)]).collect(),
            status: c.status.clone(),
            since,
        }
    };
    let runs = |c: &Container| {
        let mut spans = Vec::new();
        let mut ended = |run: &super::Run| {
            if run.started > 0 {
                spans.push((Span::Ran, at(run.started), at(run.finished)));
                spans.extend((run.code != 0).then(|| (Span::Failed, at(run.finished), at(run.finished))));
            }
        };
        c.last.iter().for_each(&mut ended);
        let since = match &c.state {
            State::Ended(run) => {
                ended(run);
                run.finished
            }
            State::Running { since } => {
                spans.push((Span::Ran, at(*since), 1_000));
                *since
            }
            _ => c.last.as_ref().map_or(begin, |run| run.finished),
        };
        (!spans.is_empty()).then(|| Lane {
            name: c.name.clone(),
            container: true,
            spans,
            status: String::new(),
            since,
        })
    };
    let conditions = conditions.into_iter().map(condition);
    conditions.chain(pod.containers.iter().filter_map(runs)).collect()
}
