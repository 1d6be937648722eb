//! Code mode: the same text as the form's, document by document, in an editor.
mod problems;
mod sheets;

use super::{
    answer::Answer,
    draft::Restored,
    import::Brought,
    past::{Past, UndoRedo},
    state::use_wizard,
    step::Step,
};
use crate::{
    components::{
        editor::{Ask, CodeEditor, Mark, Text},
        icon::{Icon, IconName},
        take_away::TakeAway,
    },
    manifest::{
        lint::Degree,
        tabs::{caption, first_lines, join, within},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;
use problems::Problems;
use sheets::{Sheet, Sheets, renewed, tabs};

/// What the parts of the mode share.
#[derive(Clone, Copy)]
struct Code {
    sheets: RwSignal<Vec<Sheet>>,
    chosen: RwSignal<usize>,
    /// What is wrong in the whole text; lines of the whole text.
    marks: Memo<Vec<Mark>>,
    ask: RwSignal<Option<Ask>>,
    /// The editor is there, and not a plain field.
    ready: RwSignal<bool>,
}

impl Code {
    fn new() -> Self {
        let wizard = use_wizard();
        let ids = StoredValue::new(0);
        let all = RwSignal::new(renewed(&[], &wizard.text.get_untracked(), ids));
        // Another hand than the editor's changed the text: a step back, an import taken back, a draft restored.
        Effect::new(move || {
            let text = wizard.text.read();
            if join(&tabs(&all.read_untracked())) != *text {
                all.set(renewed(&all.get_untracked(), &text, ids));
            }
        });
        let code = Self {
            sheets: all,
            chosen: RwSignal::new(wizard.form.with_untracked(|f| f.set).unwrap_or(0)),
            marks: Memo::new(move |_| marks()),
            ask: RwSignal::new(None),
            ready: RwSignal::new(false),
        };
        // What keeps the text from being read is what one comes for.
        Effect::new(move || {
            if let Some(found) = wizard.broken.get_untracked() {
                code.go(found.line, found.column, true);
            }
        });
        code.follow(expect_context());
        code
    }

    /// Shows where a step back or forward was.
    fn follow(self, past: Past) {
        let wizard = use_wizard();
        Effect::new(move |before: Option<()>| {
            let at = past.at.get();
            if let (Some(()), Some(at)) = (before, at) {
                let text = wizard.text.read_untracked();
                let above = &text[..at.min(text.len())];
                let line = above.rfind('\n').map_or(0, |n| n + 1);
                self.go(
                    above.matches('\n').count() + 1,
                    above[line..].chars().count() + 1,
                    false,
                );
            }
        });
    }

    fn shown(self) -> usize {
        self.chosen.get().min(self.sheets.read().len().saturating_sub(1))
    }

    /// The marks of the shown tab, in its own lines.
    fn here(self) -> Vec<Mark> {
        let lines = first_lines(&tabs(&self.sheets.read()));
        let shown = self.shown();
        let first = lines.get(shown).copied().unwrap_or(0);
        let next = lines.get(shown + 1).copied().unwrap_or(usize::MAX);
        let inside = |m: &&Mark| (first..next).contains(&(m.line - 1));
        let moved = |m: &Mark| Mark {
            line: m.line - first,
            ..m.clone()
        };
        self.marks.read().iter().filter(inside).map(moved).collect()
    }

    /// Puts the cursor at a line of the whole text, in the tab that has it.
    fn go(self, line: usize, column: usize, focus: bool) {
        let (tab, line) = within(&tabs(&self.sheets.read_untracked()), line);
        self.chosen.set(tab);
        self.reveal(line, column, focus);
    }

    /// Puts the cursor at a line of the chosen tab, once it is shown.
    fn reveal(self, line: usize, column: usize, focus: bool) {
        request_animation_frame(move || _ = self.ask.try_set(Some(Ask::Reveal(line, column, focus))));
    }

    /// A line of the whole text as one of its tab, which is named where it is not the shown one.
    fn place(self, t: Texts, line: usize, column: usize) -> String {
        let (tab, line) = within(&tabs(&self.sheets.read()), line);
        if tab == self.shown() {
            t.code_at(line, column)
        } else {
            t.code_at_in(self.name(t, tab), line, column)
        }
    }

    /// What a tab is called.
    fn name(self, t: Texts, n: usize) -> String {
        let name = self.sheets.with(|s| s.get(n).and_then(|s| caption(&s.tab.text)));
        name.unwrap_or_else(|| t.code_document(n + 1))
    }

    /// What the editor shows of it.
    fn text(self) -> Text {
        let wizard = use_wizard();
        let of = move |pick: fn(&Sheet) -> String| {
            let shown = self.shown();
            self.sheets.with(|s| s.get(shown).map(pick)).unwrap_or_default()
        };
        let id = |sheet: &Sheet| sheet.id.to_string();
        Text {
            key: Signal::derive(move || of(|s| s.id.to_string())),
            keys: Memo::new(move |_| self.sheets.read().iter().map(id).collect()).into(),
            text: Signal::derive(move || of(|s| s.tab.text.clone())),
            marks: Signal::derive(move || self.here()),
            ask: self.ask,
            ready: self.ready,
            input: Callback::new(move |text: String| {
                let shown = untrack(|| self.shown());
                self.sheets.update(|sheets| {
                    if let Some(sheet) = sheets.get_mut(shown) {
                        sheet.tab.text = text;
                    }
                });
                wizard.answer.set(Answer::default());
                wizard.text.set(join(&tabs(&self.sheets.read_untracked())));
            }),
        }
    }
}

/// Everything that the rules, and the cluster's last answer, say about the text.
fn marks() -> Vec<Mark> {
    let (t, wizard) = (use_texts(), use_wizard());
    if let Some(found) = wizard.broken.get() {
        return vec![Mark::found(t, &found)];
    }
    let bundle = wizard.bundle.read();
    let at = |place: &_, message, level| bundle.spot(place).map(|spot| Mark::at(spot, message, level));
    let lints = wizard.lints.read();
    let rules = lints.iter().filter_map(|l| {
        let level = match l.rule.degree {
            Degree::Refused => Mark::ERROR,
            Degree::Trap => Mark::WARNING,
            Degree::Hint => Mark::HINT,
        };
        let words = t.say(l.rule.words, &l.args);
        // What is about the whole document names no field.
        let message = if l.place.path.0.is_empty() {
            words
        } else {
            format!("{}: {words}", l.place.path)
        };
        at(&l.place, message, level)
    });
    let answer = wizard.answer.read();
    let refused = answer.fields();
    rules
        .chain(refused.filter_map(|(place, message)| at(place, message.clone(), Mark::ERROR)))
        .collect()
}

/// A line of the whole text as one of its document, which is named where there are several.
pub(super) fn place_words(t: Texts, text: &str, line: usize, column: usize) -> String {
    let tabs = crate::manifest::tabs::split(text);
    let (tab, line) = within(&tabs, line);
    if tabs.len() == 1 {
        return t.code_at(line, column);
    }
    let name = caption(&tabs[tab].text).unwrap_or_else(|| t.code_document(tab + 1));
    t.code_at_in(name, line, column)
}

#[component]
pub(super) fn CodeMode() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code = Code::new();
    provide_context(code);
    let name = Signal::derive(move || wizard.form.read().name.text.clone());
    view! {
        <main class="form" id="step">
            <noscript><p class="callout info">{t.create_no_script()}</p></noscript>
            <Restored/>
            <Brought/>
            <div class="row between code-head">
                <h1 tabindex="-1">{t.code_title()}</h1>
                <div class="row">
                    <UndoRedo/>
                    <Find ready=code.ready ask=code.ask/>
                    <TakeAway text=wizard.text name/>
                </div>
            </div>
            <Sheets/>
            <CodeEditor label=t.code_editor() shown=code.text()/>
        </main>
        <CodeFoot/>
        <Problems/>
    }
}

/// Opens the editor's search and replace.
#[component]
pub(crate) fn Find(ready: RwSignal<bool>, ask: RwSignal<Option<Ask>>) -> impl IntoView {
    let t = use_texts();
    view! {
        <Show when=move || ready.get()>
            <button type="button" class="btn small" title=t.code_find_keys() on:click=move |_| ask.set(Some(Ask::Find))>
                <Icon name=IconName::Search/>{t.code_find()}</button>
        </Show>
    }
}

/// From the code to the form, and to the review.
#[component]
fn CodeFoot() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let href = move |step: Step| paths::create(&wizard.form.read().namespace.text, step.name());
    view! {
        <footer class="foot">
            <a class="btn" href=move || href(Step::Basics)>{t.code_to_form()}</a>
            <span class="grow"></span>
            <a class="btn primary" href=move || href(Step::Review)>{t.create_to_review()}</a>
        </footer>
    }
}
