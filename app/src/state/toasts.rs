//! Short words about something that was asked for: they stay until the next, or until they are closed.
use leptos::prelude::*;

/// One word to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
}

/// The words on the screen.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Option<Toast>>);

impl Toasts {
    /// For the app.
    pub fn provide() -> Self {
        let toasts = Self(RwSignal::new(None));
        provide_context(toasts);
        toasts
    }

    /// Says that something was done.
    pub fn done(self, text: String) {
        self.0.set(Some(Toast { text, bad: false }));
    }

    /// Says that something was not done, and why.
    pub fn failed(self, text: String) {
        self.0.set(Some(Toast { text, bad: true }));
    }

    /// Takes the word away.
    pub fn close(self) {
        self.0.set(None);
    }

    /// What is said, tracked.
    pub fn get(self) -> Option<Toast> {
        self.0.get()
    }
}

/// The app's toasts.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts(RwSignal::new(None)))
}
