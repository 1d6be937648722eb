//! Is the pod all right, and if not, what is it: one answer, from the pod and what is around it.
use super::{Container, NodeAround, PodView, Role, Run, State};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Well,
    /// It passes by itself.
    Busy,
    /// It is held up by something outside of it.
    Warn,
    /// It does not pass by itself.
    Bad,
}

/// What is the matter with a pod. `words` are the cluster's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is ready.
    Nothing,
    /// It comes up; the container that it is waiting for, where one is.
    Starting { container: String },
    /// It stops, within its grace period.
    Stopping,
    /// Its grace period is long over, and its node answers.
    Overdue { finalizers: Vec<String> },
    /// Its node does not answer. The name of the node.
    NodeLost { node: String },
    /// The whole pod failed: evicted, or refused by its node.
    Failed { reason: String, words: String },
    /// All of its containers ended, and none is started again.
    Ended,
    /// The scheduler does not look at it.
    Gated { gates: Vec<String> },
    /// No node takes it.
    Unschedulable { words: String },
    /// A container's image is not had.
    Image {
        container: String,
        image: String,
        reason: String,
        words: String,
    },
    /// A container cannot be made: something that it names is not there, or not as it should be.
    Config {
        container: String,
        reason: String,
        words: String,
    },
    /// A volume does not come, or the pod gets no network.
    Setup { reason: String, words: String },
    /// A container ends again and again.
    Crash { container: String, run: Run },
    /// A container runs and does not say that it is ready.
    NotReady {
        container: String,
        /// `startup` or `readiness`; empty where it has no such probe.
        probe: String,
        words: String,
    },
    /// All containers are ready; readiness waits for conditions that others set.
    Gate { missing: Vec<String> },
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub tone: Tone,
    pub trouble: Trouble,
}

/// Waiting reasons of images that are not had (`pkg/kubelet/images/types.go`).
const IMAGE: [&str; 6] = [
    "ErrImagePull",
    "ImagePullBackOff",
    "ErrImageNeverPull",
    "InvalidImageName",
    "ImageInspectError",
    "RegistryUnavailable",
];

/// Warnings about what a pod needs before its first container is made.
const SETUP: [&str; 4] = [
    "FailedMount",
    "FailedAttachVolume",
    "FailedCreatePodSandBox",
    "FailedMapVolume",
];

/// How the pod is.
pub fn judge(view: &PodView) -> Verdict {
    let found = stopping(view).or_else(|| whole(view)).or_else(|| {
        let containers = &view.pod.containers;
        containers.iter().find_map(|c| of_container(view, c))
    });
    let (tone, trouble) = found.unwrap_or_else(|| readiness(view));
    Verdict { tone, trouble }
}

/// Whether its node is known not to answer, or to be gone.
pub fn node_lost(node: Option<&NodeAround>) -> bool {
    node.is_some_and(|n| !n.exists || !n.ready)
}

fn stopping(view: &PodView) -> Option<(Tone, Trouble)> {
    let facts = &view.pod.facts;
    let node = view.node.as_ref().ok().and_then(Option::as_ref);
    // Where nodes may not be read, what the node controller wrote into the pod decides.
    let silent = node_lost(node) || (node.is_none() && facts.lost && !facts.terminating);
    if silent && !facts.node.is_empty() {
        let node = facts.node.clone();
        return Some((Tone::Warn, Trouble::NodeLost { node }));
    }
    let finalizers = view.pod.finalizers.clone();
    match (facts.terminating, facts.is_held()) {
        (true, true) => Some((Tone::Warn, Trouble::Overdue { finalizers })),
        (true, false) => Some((Tone::Busy, Trouble::Stopping)),
        _ => None,
    }
}

fn whole(view: &PodView) -> Option<(Tone, Trouble)> {
    let pod = &view.pod;
    let scheduled = pod.condition("PodScheduled").filter(|c| c.status == "False");
    match pod.facts.phase.as_str() {
        "Failed" => Some((
            Tone::Bad,
            Trouble::Failed {
                reason: pod.reason.clone(),
                words: pod.message.clone(),
            },
        )),
        "Succeeded" => Some((Tone::Warn, Trouble::Ended)),
        _ if !pod.scheduling_gates.is_empty() => Some((
            Tone::Warn,
            Trouble::Gated {
                gates: pod.scheduling_gates.clone(),
            },
        )),
        _ => scheduled.map(|c| {
            let words = c.message.clone();
            (Tone::Bad, Trouble::Unschedulable { words })
        }),
    }
}

fn of_container(view: &PodView, container: &Container) -> Option<(Tone, Trouble)> {
    if container.role == Role::Ephemeral {
        return None;
    }
    let name = container.name.clone();
    match &container.state {
        State::Waiting { reason, message } if IMAGE.contains(&reason.as_str()) => Some((
            Tone::Bad,
            Trouble::Image {
                container: name,
                image: container.image.clone(),
                reason: reason.clone(),
                words: message.clone(),
            },
        )),
        State::Waiting { reason, .. } if reason == "CrashLoopBackOff" => {
            let run = container.last.clone().unwrap_or_default();
            Some((Tone::Bad, Trouble::Crash { container: name, run }))
        }
        State::Waiting { reason, .. }
            if matches!(reason.as_str(), "ContainerCreating" | "PodInitializing" | "") =>
        {
            setup(view)
        }
        State::Waiting { reason, message } => Some((
            Tone::Bad,
            Trouble::Config {
                container: name,
                reason: reason.clone(),
                words: message.clone(),
            },
        )),
        State::Ended(run) if run.code != 0 => {
            let run = run.clone();
            Some((Tone::Bad, Trouble::Crash { container: name, run }))
        }
        _ => None,
    }
}

/// What keeps the first container from being made: told by events alone.
fn setup(view: &PodView) -> Option<(Tone, Trouble)> {
    let events = view.events.as_ref().ok()?;
    let found = events.iter().find(|e| SETUP.contains(&e.row.reason.as_str()))?;
    let (reason, words) = (found.row.reason.clone(), found.row.message.clone());
    Some((Tone::Bad, Trouble::Setup { reason, words }))
}

fn readiness(view: &PodView) -> (Tone, Trouble) {
    let pod = &view.pod;
    if pod.condition("Ready").is_some_and(|c| c.status == "True") {
        return (Tone::Well, Trouble::Nothing);
    }
    let starting = |c: &Container| {
        let container = c.name.clone();
        (Tone::Busy, Trouble::Starting { container })
    };
    let initial = |c: &&Container| match c.role {
        Role::Init => !matches!(c.state, State::Ended(_)),
        Role::Sidecar => !matches!(c.state, State::Running { .. }),
        _ => false,
    };
    if let Some(init) = pod.containers.iter().find(initial) {
        return starting(init);
    }
    let counted = pod
        .containers
        .iter()
        .filter(|c| matches!(c.role, Role::Main | Role::Sidecar));
    if let Some(unready) = counted.clone().find(|c| !c.ready) {
        if !matches!(unready.state, State::Running { .. }) {
            return starting(unready);
        }
        return not_ready(view, unready);
    }
    let given = |gate: &&String| pod.condition(gate).is_some_and(|c| c.status == "True");
    let missing: Vec<String> = pod.gates.iter().filter(|g| !given(g)).cloned().collect();
    if missing.is_empty() {
        let container = String::new();
        return (Tone::Busy, Trouble::Starting { container });
    }
    (Tone::Warn, Trouble::Gate { missing })
}

/// A container that runs: its startup probe is waited for, or its readiness probe fails.
fn not_ready(view: &PodView, container: &Container) -> (Tone, Trouble) {
    let failure = |kind: &str| {
        let has = container.probes.iter().any(|p| p.kind == kind);
        has.then(|| view.probe_failure(&container.name, kind))
    };
    let named = |kind: &str, words: String| Trouble::NotReady {
        container: container.name.clone(),
        probe: kind.to_owned(),
        words,
    };
    for kind in ["startup", "readiness"] {
        if let Some(Some(event)) = failure(kind) {
            return (Tone::Bad, named(kind, event.message.clone()));
        }
    }
    let kind = if failure("readiness").is_some() {
        "readiness"
    } else {
        ""
    };
    (Tone::Warn, named(kind, String::new()))
}
