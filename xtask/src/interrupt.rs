//! Ctrl-C and SIGTERM: asked for by the long commands, which then stop what they started.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on an interrupt only sets a mark.
pub(crate) fn catch() -> Result<()> {
    ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed)).context("listening for Ctrl-C")
}

/// Whether somebody wants us to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
