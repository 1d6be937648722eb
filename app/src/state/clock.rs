//! The cluster's clock as the page knows it: the server's, carried on by the browser's.
use leptos::prelude::*;
use std::time::Duration;

/// How often ages are looked at, in the browser.
const TICK: Duration = Duration::from_secs(5);

/// Seconds since 1970 by the server's clock.
#[derive(Clone, Copy)]
pub struct Clock {
    now: RwSignal<i64>,
}

impl Clock {
    /// A clock that shows `now`, and in the browser goes on.
    pub fn provide(now: i64) -> Self {
        let clock = Self {
            now: RwSignal::new(now),
        };
        provide_context(clock);
        Effect::new(move || {
            let start = js_sys::Date::now();
            let tick = move || {
                let passed = (js_sys::Date::now() - start) / 1_000.0;
                clock.now.set(now + passed as i64);
            };
            if let Ok(handle) = set_interval_with_handle(tick, TICK) {
                on_cleanup(move || handle.clear());
            }
        });
        clock
    }

    /// The time, tracked.
    pub fn get(self) -> i64 {
        self.now.get()
    }
}

/// The page's clock.
pub fn use_clock() -> Clock {
    use_context().unwrap_or_else(|| Clock {
        now: RwSignal::new(0),
    })
}
