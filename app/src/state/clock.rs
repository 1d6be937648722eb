//! The cluster's clock as the page knows it: the server's, as it tells it. Where the server is silent, no age grows.
use leptos::prelude::*;

/// How often ages are looked at, in seconds.
const TICK: i64 = 5;

/// Seconds since 1970 by the server's clock.
#[derive(Clone, Copy)]
pub struct Clock {
    /// What ages are reckoned from.
    shown: RwSignal<i64>,
    now: StoredValue<i64>,
}

impl Clock {
    /// A clock that shows `now` until it is told more.
    pub fn provide(now: i64) -> Self {
        let clock = Self {
            shown: RwSignal::new(now),
            now: StoredValue::new(now),
        };
        provide_context(clock);
        clock
    }

    /// The server's time has come.
    pub fn tell(self, now: i64) {
        self.now.set_value(now);
        if now - self.shown.get_untracked() >= TICK {
            self.shown.set(now);
        }
    }

    /// The time, tracked, in steps.
    pub fn get(self) -> i64 {
        self.shown.get()
    }

    /// The last time that was told, not tracked.
    pub fn now(self) -> i64 {
        self.now.get_value()
    }
}

/// The page's clock.
pub fn use_clock() -> Clock {
    use_context().unwrap_or_else(|| Clock::provide(0))
}
