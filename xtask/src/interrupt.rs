//! Ctrl-C and SIGTERM: asked for by the long commands, which then stop what they started.

use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on an interrupt only sets a mark.
pub(crate) fn catch() -> Result<()> {
    ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed)).context("listening for Ctrl-C")
}

/// Whether somebody wants us to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Waits for a child that stops its own children when it is interrupted. It shares our terminal, so Ctrl-C reaches it
/// as well; a signal to us alone is passed on.
pub(crate) fn wait(mut child: Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if asked() {
            if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
                // Not waited for yet, so the id is still its own.
                let _ = kill_process(pid, Signal::INT);
            }
            return Ok(child.wait()?);
        }
        thread::sleep(Duration::from_millis(50));
    }
}
