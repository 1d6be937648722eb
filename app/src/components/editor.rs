//! The code editor: Monaco where it can be loaded, a plain text field until then and where it cannot.
use crate::{
    api::edit::editor_url,
    components::problem::problem_words,
    interop::monaco_sys::{self, Editor},
    manifest::{Finding, spot::Spot},
    paths,
    texts::Texts,
};
use leptos::{html::Div, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;

/// Something that is wrong in the text; lines and columns from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub line: usize,
    pub column: usize,
    /// The column after it; at most the column itself where only the place is known.
    pub end: usize,
    pub message: String,
    /// As Monaco counts: 8 is an error, 4 a warning.
    pub level: u8,
}

impl Mark {
    /// Something that must be corrected.
    pub const ERROR: u8 = 8;
    /// Something that may be meant.
    pub const WARNING: u8 = 4;
    /// Worth knowing.
    pub const HINT: u8 = 2;

    /// At a place in the text.
    pub fn at(spot: Spot, message: String, level: u8) -> Self {
        let Spot { line, column, end } = spot;
        Self {
            line,
            column,
            end,
            message,
            level,
        }
    }

    /// What keeps the text from being read.
    pub fn found(t: Texts, finding: &Finding) -> Self {
        let spot = Spot {
            line: finding.line,
            column: finding.column,
            end: finding.column,
        };
        Self::at(spot, problem_words(t, &finding.problem), Self::ERROR)
    }
}

/// What a page asks of its editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The cursor goes to a line and column, from 1; with the focus, or without.
    Reveal(usize, usize, bool),
    /// Search and replace is opened.
    Find,
}

/// What an editor shows, and what it tells.
#[derive(Clone, Copy)]
pub struct Text {
    /// Which text: each has a cursor of its own.
    pub key: Signal<String>,
    /// The keys of all texts that there are.
    pub keys: Signal<Vec<String>>,
    /// The text of the key.
    pub text: Signal<String>,
    /// What is wrong in it.
    pub marks: Signal<Vec<Mark>>,
    /// What the page asks; nothing once it is done.
    pub ask: RwSignal<Option<Ask>>,
    /// Whether the editor is there, and not a plain field in its place.
    pub ready: RwSignal<bool>,
    /// Gets the whole text after everything that is typed.
    pub input: Callback<String>,
}

/// The editor, and the closure through which it speaks.
struct Running {
    editor: Editor,
    _changed: Closure<dyn FnMut(String)>,
}

type Slot = RwSignal<Option<SendWrapper<Rc<Running>>>>;

/// An editor for one text at a time.
#[component]
pub fn CodeEditor(#[prop(into)] label: String, shown: Text) -> impl IntoView {
    let url = Resource::new_blocking(|| (), |()| editor_url());
    let host = NodeRef::<Div>::new();
    let running: Slot = RwSignal::new(None);
    let plain = label.clone();
    start(url, host, running, label, shown.input);
    follow(running, shown);
    on_cleanup(move || {
        if let Some(running) = running.try_update_untracked(Option::take).flatten() {
            running.editor.dispose();
        }
    });
    let ready = Memo::new(move |_| running.read().is_some());
    Effect::new(move || shown.ready.set(ready.get()));
    view! {
        // The URL is a part of the page, so that the browser need not ask for it.
        <Suspense>{move || Suspend::new(async move { drop(url.await); })}</Suspense>
        <div class="editor" class:ready=move || ready.get()>
            <div class="monaco" node_ref=host></div>
            <Show when=move || !ready.get()><Plain label=plain.clone() shown/></Show>
        </div>
    }
}

/// The same text in a field of the browser's own.
#[component]
fn Plain(label: String, shown: Text) -> impl IntoView {
    view! {
        <textarea class="in mono area" aria-label=label spellcheck="false" autocomplete="off" wrap="off"
            prop:value=move || shown.text.get() on:input=move |e| shown.input.run(event_target_value(&e))>
            {shown.text.get_untracked()}</textarea>
    }
}

/// Makes the editor as soon as its place is drawn and its script loaded.
fn start(
    url: Resource<Result<String, crate::api::ApiError>>,
    host: NodeRef<Div>,
    running: Slot,
    label: String,
    input: Callback<String>,
) {
    Effect::new(move || {
        let (Some(host), Some(Ok(url))) = (host.get(), url.get()) else {
            return;
        };
        let label = label.clone();
        spawn_local(async move {
            if let Err(error) = monaco_sys::load(&url, paths::SCHEMA).await {
                leptos::logging::warn!("the editor was not loaded: {error:?}");
                return;
            }
            // The page may have been left meanwhile.
            if !host.is_connected() || running.try_with_untracked(Option::is_some) != Some(false) {
                return;
            }
            let changed = Closure::new(move |text: String| input.run(text));
            let editor = Editor::new(&host, &label, &changed);
            let made = Running {
                editor,
                _changed: changed,
            };
            running.set(Some(SendWrapper::new(Rc::new(made))));
        });
    });
}

/// Keeps the editor at what the page says.
fn follow(running: Slot, shown: Text) {
    let editor = move || running.get().map(|r| Rc::clone(&r));
    Effect::new(move || {
        let (key, text) = (shown.key.get(), shown.text.get());
        if let Some(running) = editor() {
            running.editor.open(&key, &text);
        }
    });
    Effect::new(move || {
        shown.key.track();
        let marks = serde_json::to_string(&*shown.marks.read()).unwrap_or_default();
        if let Some(running) = editor() {
            running.editor.mark(&marks);
        }
    });
    Effect::new(move || {
        let keys = serde_json::to_string(&*shown.keys.read()).unwrap_or_default();
        if let Some(running) = editor() {
            running.editor.keep(&keys);
        }
    });
    Effect::new(move || {
        shown.key.track();
        if let (Some(running), Some(ask)) = (editor(), shown.ask.get()) {
            let whole = |n: usize| u32::try_from(n).unwrap_or(1).max(1);
            match ask {
                Ask::Reveal(line, column, focus) => running.editor.reveal(whole(line), whole(column), focus),
                Ask::Find => running.editor.find(),
            }
            shown.ask.set(None);
        }
    });
}

/// Two texts beside each other, the differences marked; nothing where the editor cannot be loaded.
#[component]
pub fn Compare(before: String, after: String, before_label: String, after_label: String) -> impl IntoView {
    let host = NodeRef::<Div>::new();
    let made = RwSignal::new(None::<SendWrapper<monaco_sys::Diff>>);
    Effect::new(move || {
        let Some(host) = host.get() else { return };
        let texts = (
            before.clone(),
            after.clone(),
            before_label.clone(),
            after_label.clone(),
        );
        spawn_local(async move {
            let Ok(url) = editor_url().await else { return };
            if monaco_sys::load(&url, paths::SCHEMA).await.is_ok() && host.is_connected() {
                let (before, after, left, right) = texts;
                let diff = monaco_sys::Diff::new(&host, &before, &after, &left, &right);
                made.set(Some(SendWrapper::new(diff)));
            }
        });
    });
    on_cleanup(move || {
        if let Some(diff) = made.try_update_untracked(Option::take).flatten() {
            diff.dispose();
        }
    });
    view! { <div class="compare" node_ref=host></div> }
}
