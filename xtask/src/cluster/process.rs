//! Processes that outlive the command which started them: known by id and start time, so that a
//! reused id is never taken for ours.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// How long a process may take to end by itself. Short: the API server would wait for every open watch,
/// and nothing of a stopped cluster is ever used again.
const PATIENCE: Duration = Duration::from_millis(700);

/// One process of a cluster; its record is `DIR/NAME.pid`, its output `DIR/NAME.log`.
pub(crate) struct Process {
    record: PathBuf,
    pid: i32,
    started: u64,
}

impl Process {
    /// Starts a command in a process group of its own: Ctrl-C in the terminal does not reach it.
    pub(crate) fn start(dir: &Path, name: &str, command: &mut Command) -> Result<Self> {
        let log = File::create(dir.join(format!("{name}.log")))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        let pid = i32::try_from(child.id()).context("a process id beyond 31 bits")?;
        let started = start_time(pid).with_context(|| format!("{name} ended at once"))?;
        let record = dir.join(format!("{name}.pid"));
        fs::write(&record, format!("{pid} {started}\n"))?;
        // Reaped as soon as it ends, or it would stay in the process table while we live.
        thread::spawn(move || {
            let mut child = child;
            child.wait()
        });
        Ok(Self { record, pid, started })
    }

    /// All processes recorded in a folder.
    pub(crate) fn recorded(dir: &Path) -> Vec<Self> {
        let files = fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        let mut all: Vec<_> = files
            .filter(|file| file.extension().is_some_and(|e| e == "pid"))
            .collect();
        all.sort();
        all.into_iter().filter_map(Self::read).collect()
    }

    fn read(record: PathBuf) -> Option<Self> {
        let text = fs::read_to_string(&record).ok()?;
        let (pid, started) = text.trim().split_once(' ')?;
        Some(Self {
            pid: pid.parse().ok()?,
            started: started.parse().ok()?,
            record,
        })
    }

    /// `apiserver`, `kwok`, ...
    pub(crate) fn name(&self) -> String {
        self.record
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Its process id, for people.
    pub(crate) fn pid(&self) -> i32 {
        self.pid
    }

    /// Whether this very process still runs.
    pub(crate) fn alive(&self) -> bool {
        start_time(self.pid) == Some(self.started)
    }

    fn signal(&self, signal: Signal) {
        // Looked at again right before: the id may have been given to somebody else.
        if self.alive()
            && let Some(pid) = Pid::from_raw(self.pid)
        {
            // It may end between the look and the signal, which is what we want anyway.
            let _ = kill_process(pid, signal);
        }
    }

    /// Ends all of them, gently first, and forgets their records.
    pub(crate) fn stop(all: &[Self]) {
        for process in all {
            process.signal(Signal::TERM);
        }
        let start = Instant::now();
        while all.iter().any(Self::alive) && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
        for process in all {
            process.signal(Signal::KILL);
            // A record that stays behind is recognised by its start time.
            let _ = fs::remove_file(&process.record);
        }
    }
}

/// When the process began, in clock ticks since boot; nothing for one that ended.
fn start_time(pid: i32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may itself contain spaces and brackets.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    if fields.next()? == "Z" {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_started_found_again_and_stopped() {
        let dir = std::env::temp_dir().join(format!("ordinal-process-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        Process::start(&dir, "sleeper", Command::new("sleep").arg("60")).unwrap();

        let found = Process::recorded(&dir);
        assert_eq!(found.len(), 1);
        assert!(found[0].alive());
        Process::stop(&found);
        assert!(!found[0].alive());
        assert!(Process::recorded(&dir).is_empty());
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_reused_process_id_is_not_ours() {
        let me = i32::try_from(std::process::id()).unwrap();
        let other = Process {
            record: PathBuf::new(),
            pid: me,
            started: 1,
        };
        assert!(!other.alive());
    }
}
