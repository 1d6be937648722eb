//! Fields: label, path in the API, input, what is wrong with it. They know nothing of manifests.
mod check;
mod fields;
mod number;
mod paste;
mod plain;
mod rows;

pub use check::Check;
pub use fields::{AreaField, SelectField, TextField};
pub use number::{NumberField, QuantityField};
pub use paste::Paste;
pub use plain::PlainField;
pub use rows::{AddButton, RemoveButton};

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// A sentence under a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The sentence.
    pub text: String,
    /// Whether it is a warning, which blocks nothing.
    pub warning: bool,
}

impl Note {
    /// The class and the sign of its kind.
    pub fn look(&self) -> (&'static str, IconName) {
        if self.warning {
            ("hint", IconName::Warn)
        } else {
            ("err", IconName::Alert)
        }
    }
}

/// What changing a field of something that is there already does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is there yet.
    #[default]
    Free,
    /// What a change does, in a word or two, and its sign where there is no room for them.
    Does(&'static str, IconName),
    /// It cannot be changed: the word, and the reason.
    Fixed(&'static str, &'static str),
}

/// What ties an input to its value.
#[derive(Clone, Copy)]
pub struct Bind {
    /// The id in the page.
    pub id: Signal<String>,
    /// What the input shows.
    pub value: Signal<String>,
    /// Whether the user set it: an accent edge.
    pub touched: Signal<bool>,
    /// A sentence that helps; empty for none.
    pub help: Signal<String>,
    /// What is wrong with it.
    pub notes: Signal<Vec<Note>>,
    /// What changing it does.
    pub standing: Signal<Standing>,
    /// The user typed.
    pub input: Callback<String>,
    /// The input got the focus.
    pub focus: Callback<()>,
    /// The input lost it.
    pub blur: Callback<()>,
}

impl Bind {
    /// The same with a sentence that helps.
    pub fn with_help(self, help: impl Into<Signal<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// The input lost the focus. One that is taken off the page does so when what it was tied to is gone already.
    fn left(self) {
        let _ = self.blur.try_run(());
    }

    fn locked(self) -> bool {
        matches!(self.standing.get(), Standing::Fixed(..))
    }

    fn is_bad(self) -> bool {
        self.notes.with(|n| n.iter().any(|n| !n.warning))
    }

    fn invalid(self) -> Option<&'static str> {
        self.is_bad().then_some("true")
    }

    fn described_by(self) -> Option<String> {
        let said = self.notes.with(|n| !n.is_empty()) || self.help.with(|h| !h.is_empty()) || self.locked();
        said.then(|| format!("{}-note", self.id.get()))
    }

    /// The classes of the box around the input.
    fn class(self, base: &'static str) -> String {
        let touched = if self.touched.get() { " touched" } else { "" };
        let bad = if self.is_bad() { " bad" } else { "" };
        format!("{base}{touched}{bad}")
    }
}

/// Label above, path at its right, notes below. `bare` hides the label from the eye only: for rows under a heading.
#[component]
pub(super) fn Frame(
    bind: Bind,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] path: String,
    bare: bool,
    children: Children,
) -> impl IntoView {
    let id = bind.id;
    view! {
        <div class="field">
            <label for=move || id.get() class=if bare { "vh" } else { "" }>
                {move || label.get()}
                <Fate standing=bind.standing/>
                {(!path.is_empty()).then(|| view! { <span class="path" aria-hidden="true" title=path.clone()>{last(&path).to_owned()}</span> })}
            </label>
            {children()}
            <Notes bind/>
        </div>
    }
}

/// What changing a field does, beside its label: in words where there is room for them, else by a sign.
#[component]
pub fn Fate(#[prop(into)] standing: Signal<Standing>) -> impl IntoView {
    move || {
        let (word, icon) = match standing.get() {
            Standing::Free => return None,
            Standing::Does(word, icon) => (word, icon),
            Standing::Fixed(word, _) => (word, IconName::Lock),
        };
        Some(
            view! { <span class="fate" aria-hidden="true" title=word><Icon name=icon/><span>{word}</span></span> },
        )
    }
}

/// The key itself; the whole path is its tooltip.
pub fn last(path: &str) -> &str {
    if path.contains('/') {
        path
    } else {
        path.rsplit('.').next().unwrap_or(path)
    }
}

#[component]
fn Notes(bind: Bind) -> impl IntoView {
    let one = |note: Note| {
        let (class, icon) = note.look();
        view! { <span class=class><Icon name=icon/><span>{note.text}</span></span> }
    };
    let fixed = move || match bind.standing.get() {
        Standing::Fixed(_, reason) => Some(view! { <span class="dimmer">{reason}</span> }),
        _ => None,
    };
    view! {
        <div class="notes" id=move || format!("{}-note", bind.id.get())>
            {move || bind.help.with(|h| (!h.is_empty()).then(|| view! { <span class="dimmer">{h.clone()}</span> }))}
            {fixed}
            {move || bind.notes.get().into_iter().map(one).collect_view()}
        </div>
    }
}
