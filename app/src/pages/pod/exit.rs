//! What an exit code says, in a line.
use crate::{
    components::time::words,
    model::{
        pod::{Container, Exit, Run, exit},
        time::age,
    },
    texts::Texts,
};

/// The end of a run, to stand in a sentence.
pub fn end(t: Texts, run: &Run, container: &Container) -> String {
    let code = run.code;
    let limit = container.limits.iter().find(|(name, _)| name == "memory");
    match exit(run) {
        Exit::Done => t.pod_exit_done().to_owned(),
        Exit::OutOfMemory => match limit {
            Some((_, limit)) => t.pod_exit_memory(code, limit),
            None => t.pod_exit_memory_none(code),
        },
        Exit::NotStarted => t.pod_exit_not_started(code),
        Exit::NotExecutable => t.pod_exit_not_executable(code),
        Exit::NoCommand => t.pod_exit_no_command(code),
        Exit::Killed => t.pod_exit_killed(code),
        Exit::Segfault => t.pod_exit_segfault(code),
        Exit::Stopped => t.pod_exit_stopped(code),
        Exit::Aborted => t.pod_exit_aborted(code),
        Exit::Signal(signal) => t.pod_exit_signal(code, signal),
        Exit::Unseen => t.pod_exit_unseen(code),
        Exit::Own(code) => t.pod_exit_own(code),
    }
}

/// The sentence about the run before.
pub fn last(t: Texts, run: &Run, container: &Container) -> String {
    let end = end(t, run, container);
    match run.lasted() {
        Some(seconds) => t.pod_ran_lasted(end, words(t, age(0, seconds))),
        None => t.pod_ran(end),
    }
}

/// The sentence about a container that has ended.
pub fn ended(t: Texts, run: &Run, container: &Container) -> String {
    let end = end(t, run, container);
    match run.lasted() {
        Some(seconds) => t.pod_ended_lasted(end, words(t, age(0, seconds))),
        None => t.pod_ended(end),
    }
}
