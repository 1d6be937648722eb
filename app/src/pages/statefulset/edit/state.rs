//! What the page knows: the text as it was opened, as it is now, and what the cluster said to it.
use crate::{
    api::ApiError,
    components::editor::Mark,
    manifest::{Bundle, Finding, Path, Place, merge::Side, secrets::without_values, strict::strict},
    model::{
        edit::Impact,
        saving::{Edited, Opened, Saving},
    },
    pages::create::{Past, Target},
    state::session_storage,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is kept in the tab while the page is away: without the base there would be no telling what the user changed.
#[derive(Serialize, Deserialize)]
struct Draft {
    base: String,
    text: String,
}

/// The state, in every part of the page.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// What is edited.
    pub target: StoredValue<Target>,
    pub opened: RwSignal<Opened>,
    pub text: RwSignal<String>,
    /// The sides that the user took.
    pub choices: RwSignal<Vec<(Path, Side)>>,
    /// What the cluster said to the text as it stands.
    pub answer: RwSignal<Option<Result<Saving, ApiError>>>,
    /// The text is from before the page was left.
    pub restored: RwSignal<bool>,
    pub broken: Memo<Option<Finding>>,
}

impl Editing {
    pub fn new(target: Target, opened: Opened) -> Self {
        let text = RwSignal::new(opened.text.clone());
        Self {
            target: StoredValue::new(target),
            opened: RwSignal::new(opened),
            text,
            choices: RwSignal::default(),
            answer: RwSignal::default(),
            restored: RwSignal::new(false),
            broken: Memo::new(move |_| strict(&text.read()).err()),
        }
    }

    /// By UID: an object that was made anew has no draft. One that does not exist has it with the set that it is for.
    fn storage_key(self) -> String {
        match self.opened.read_untracked().uid.as_str() {
            "" => self
                .target
                .with_value(|target| format!("ordinal.edit.{}", target.back())),
            uid => format!("ordinal.edit.{uid}"),
        }
    }

    /// Whether nothing of it exists yet.
    pub fn is_new(self) -> bool {
        self.target.with_value(Target::is_new)
    }

    /// What the page is called.
    pub fn title(self, t: Texts) -> String {
        self.target.with_value(|target| match target {
            Target::Service(_, set, name) if name.is_empty() => t.edit_new_service(set),
            Target::Service(.., name) => t.edit_service(name),
            target => t.edit_title(target.object().2),
        })
    }

    /// Takes the draft of before, and keeps one from now on. Whatever changes the text makes the cluster's answer one to
    /// another question.
    pub fn keep(self, past: Past) {
        Effect::new(move |before: Option<String>| {
            let text = self.text.get();
            if before.is_some_and(|before| before != text) {
                self.asked_anew();
            }
            text
        });
        Effect::new(move |first: Option<()>| {
            let key = self.storage_key();
            if first.is_none()
                && let Some(draft) = session_storage().and_then(|s| s.get_item(&key).ok().flatten())
                && let Ok(Draft { base, text }) = serde_json::from_str(&draft)
            {
                self.opened.update(|o| o.text = base);
                past.begin(&text);
                self.text.set(text);
                self.restored.set(true);
            }
            let (base, text) = (self.opened.read().text.clone(), self.text.get());
            let Some(storage) = session_storage() else { return };
            if base == text {
                let _ = storage.remove_item(&key);
                return;
            }
            let text = without_values(&text).unwrap_or(text);
            let kept = serde_json::to_string(&Draft { base, text }).map(|d| storage.set_item(&key, &d));
            // Where there is no room for it: better none than the one of before.
            if !matches!(kept, Ok(Ok(()))) {
                let _ = storage.remove_item(&key);
            }
        });
    }

    /// Nothing is left to be saved.
    pub fn forget(self) {
        if let Some(storage) = session_storage() {
            let _ = storage.remove_item(&self.storage_key());
        }
    }

    /// What is sent.
    pub fn edited(self) -> Edited {
        let (subject, namespace, name) = self.target.with_value(Target::object);
        let Opened { uid, text: base, .. } = self.opened.get_untracked();
        Edited {
            subject,
            namespace,
            name,
            uid,
            base,
            text: self.text.get_untracked(),
            choices: self.choices.get_untracked(),
        }
    }

    /// The cluster's answer was one to another text.
    fn asked_anew(self) {
        self.answer.set(None);
        self.choices.set(Vec::new());
    }

    /// The answer allows saving: every conflict is settled, nothing refused, and something changes.
    pub fn may_save(self) -> bool {
        let chosen = self.choices.read();
        self.answer.with(|answer| {
            let Some(Ok(saving)) = answer else { return false };
            let fixed = saving.changes.iter().any(|c| c.impact == Impact::Immutable);
            let settled = saving
                .clashes
                .iter()
                .all(|c| chosen.iter().any(|(path, _)| *path == c.path));
            saving.refused.is_none() && !fixed && settled && !saving.changes.is_empty()
        })
    }

    /// What is wrong, at its place in the text.
    pub fn marks(self) -> Vec<Mark> {
        let t = use_texts();
        if let Some(found) = self.broken.get() {
            return vec![Mark::found(t, &found)];
        }
        let told = self.answer.with(|answer| told(t, answer.as_ref()));
        let Ok(bundle) = Bundle::read(&self.text.read()) else {
            return Vec::new();
        };
        let at = |(path, message): (String, String)| {
            bundle
                .spot(&Place::new(0, &path))
                .map(|spot| Mark::at(spot, message, Mark::ERROR))
        };
        told.into_iter().filter_map(at).collect()
    }
}

/// The fields that the answer names.
fn told(t: Texts, answer: Option<&Result<Saving, ApiError>>) -> Vec<(String, String)> {
    let fields = |error: &ApiError| -> Vec<(String, String)> {
        let all = error.fields().iter();
        all.map(|f| (f.field.clone(), f.message.clone())).collect()
    };
    match answer {
        Some(Err(error)) => fields(error),
        Some(Ok(saving)) => {
            let fixed = saving.changes.iter().filter(|c| c.impact == Impact::Immutable);
            fixed
                .map(|c| (c.path.to_string(), t.edit_fixed().to_owned()))
                .chain(saving.refused.iter().flat_map(fields))
                .collect()
        }
        None => Vec::new(),
    }
}

/// The state of this page.
pub(super) fn use_editing() -> Editing {
    expect_context()
}
