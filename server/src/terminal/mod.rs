//! Terminals: a program in a container, its keys and its output (ADR 0016).
pub(crate) mod exec;
mod relay;
mod socket;

use crate::config::Config;
pub use socket::upgrade;
use std::{sync::Arc, time::Duration};
use tokio_util::task::TaskTracker;

/// How long the console waits for what its terminals started, when it stops.
const ENDING: Duration = Duration::from_secs(10);

/// All terminals of the console.
#[derive(Clone, Debug)]
pub struct Terminals {
    /// There are none.
    off: bool,
    idle: Duration,
    limit: Duration,
    /// Of debug containers, unless somebody names another.
    image: Arc<str>,
    open: TaskTracker,
}

impl Default for Terminals {
    fn default() -> Self {
        Self {
            off: false,
            idle: Duration::from_secs(1800),
            limit: Duration::from_secs(28_800),
            image: "busybox:1.37".into(),
            open: TaskTracker::new(),
        }
    }
}

impl Terminals {
    /// As the flags say. A console that changes nothing has no terminals.
    pub fn of(config: &Config) -> Self {
        Self {
            off: config.no_exec || config.read_only,
            idle: Duration::from_secs(config.terminal_idle),
            limit: Duration::from_secs(config.terminal_limit),
            image: config.debug_image.as_str().into(),
            open: TaskTracker::new(),
        }
    }

    /// Whether there are none.
    pub fn are_off(&self) -> bool {
        self.off
    }

    /// The image of debug containers, unless somebody names another.
    pub fn debug_image(&self) -> Arc<str> {
        Arc::clone(&self.image)
    }

    /// Waits until what they started has ended, but not for ever.
    pub async fn ended(&self) {
        self.open.close();
        let _ = tokio::time::timeout(ENDING, self.open.wait()).await;
    }
}
