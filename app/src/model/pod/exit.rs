//! How a container ended, and what its exit code says.
use serde::{Deserialize, Serialize};

/// A run of a container that is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub code: i32,
    /// The signal that ended it, where the runtime says so; else 0.
    pub signal: i32,
    /// `Completed`, `Error`, `OOMKilled`, `StartError` …
    pub reason: String,
    /// What the container wrote to its termination log, or what the runtime says.
    pub message: String,
    /// Seconds since 1970; 0 where it is not known.
    pub started: i64,
    pub finished: i64,
}

impl Run {
    /// How long it ran, in seconds; none where one of the times is not known.
    pub fn lasted(&self) -> Option<i64> {
        (self.started > 0 && self.finished >= self.started).then(|| self.finished - self.started)
    }
}

/// What an exit code means. Shells and runtimes give 128 and the signal's number for what a signal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0.
    Done,
    /// The kernel ended it at its memory limit.
    OutOfMemory,
    /// It never began: the runtime could not start its command.
    NotStarted,
    /// 126: the command cannot be executed.
    NotExecutable,
    /// 127: there is no such command.
    NoCommand,
    /// 137, SIGKILL: it did not stop in time, or somebody killed it.
    Killed,
    /// 139, SIGSEGV.
    Segfault,
    /// 143, SIGTERM: it was asked to stop, and did.
    Stopped,
    /// 134, SIGABRT: it gave up by itself.
    Aborted,
    /// Another signal.
    Signal(i32),
    /// The node was lost: nobody saw how it ended.
    Unseen,
    /// Any other code is the program's own.
    Own(i32),
}

/// What the end of a run means.
pub fn exit(run: &Run) -> Exit {
    match (run.reason.as_str(), run.code) {
        ("OOMKilled", _) => Exit::OutOfMemory,
        ("ContainerStatusUnknown", _) => Exit::Unseen,
        ("StartError" | "ContainerCannotRun", _) | (_, 128) => Exit::NotStarted,
        (_, 0) => Exit::Done,
        (_, 126) => Exit::NotExecutable,
        (_, 127) => Exit::NoCommand,
        (_, 134) => Exit::Aborted,
        (_, 137) => Exit::Killed,
        (_, 139) => Exit::Segfault,
        (_, 143) => Exit::Stopped,
        // 255 is what programs give that say no more; no signal has such a number.
        (_, code @ 129..=192) => Exit::Signal(code - 128),
        (_, code) => Exit::Own(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_meaning() {
        let of = |code, reason: &str| {
            exit(&Run {
                code,
                reason: reason.into(),
                ..Run::default()
            })
        };
        assert_eq!(of(0, "Completed"), Exit::Done);
        assert_eq!(of(1, "Error"), Exit::Own(1));
        assert_eq!(of(137, "OOMKilled"), Exit::OutOfMemory);
        assert_eq!(of(137, "Error"), Exit::Killed);
        assert_eq!(of(137, "ContainerStatusUnknown"), Exit::Unseen);
        assert_eq!(of(128, "StartError"), Exit::NotStarted);
        assert_eq!(of(141, "Error"), Exit::Signal(13));
        assert_eq!(of(143, "Error"), Exit::Stopped);
        assert_eq!(of(255, "Error"), Exit::Own(255));
    }

    #[test]
    fn how_long_it_ran_is_known_from_both_times() {
        let run = |started, finished| Run {
            started,
            finished,
            ..Run::default()
        };
        assert_eq!(run(100, 138).lasted(), Some(38));
        assert_eq!(run(0, 138).lasted(), None);
        assert_eq!(run(138, 100).lasted(), None);
    }
}
