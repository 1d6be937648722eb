//! The console itself, as a child of ours.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::interrupt;
use crate::progress::tell;

/// How long it may take to close its connections.
const PATIENCE: Duration = Duration::from_secs(10);
/// What it prints before its address.
const READY: &str = "Ordinal is ready: ";

/// A running console.
pub(crate) struct Console {
    child: Child,
    /// The address with the token that signs in.
    pub(crate) url: String,
}

impl Console {
    /// Starts it and waits for its address.
    pub(crate) fn start(binary: &Path, args: &[OsString]) -> Result<Self> {
        let mut child = Command::new(binary)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // Ctrl-C comes to us alone: what stands behind the console must outlive it.
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {}", binary.display()))?;
        let out = child.stdout.take().context("the console's output is a pipe")?;
        let mut lines = BufReader::new(out).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some(url) = line.strip_prefix(READY) {
                let url = url.trim().to_owned();
                // Its later lines are passed on, or it would one day block on a full pipe.
                thread::spawn(move || lines.map_while(Result::ok).for_each(|line| tell!("{line}")));
                return Ok(Self { child, url });
            }
            tell!("{line}");
        }
        let status = child.wait()?;
        bail!("the console ended ({status}) before it was ready; what it said stands above")
    }

    /// Waits until it ends, or until somebody interrupts us; asks it to end then.
    pub(crate) fn wait(mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if interrupt::asked() {
                return self.stop();
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks it to end, and sees to it.
    pub(crate) fn stop(mut self) -> Result<ExitStatus> {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Not waited for yet, so the id is still its own.
            let _ = kill_process(pid, Signal::TERM);
        }
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.child.kill()?;
        Ok(self.child.wait()?)
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // Only where an error went past `stop`: then nobody waits for it to be gentle.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
