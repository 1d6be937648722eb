//! Code mode: the same text as the form's, document by document, in an editor.
use super::{fixes::Fix, state::use_wizard, step::Step, words::words};
use crate::{
    components::{
        editor::{CodeEditor, Mark, Text},
        icon::{Icon, IconName},
    },
    manifest::{
        fix::fix,
        tabs::{Tab, first_lines, join, split, title, without},
    },
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

/// A tab, and a number by which the editor knows it however the others move.
#[derive(Clone, PartialEq, Eq)]
struct Sheet {
    id: u32,
    tab: Tab,
}

/// What the parts of the mode share.
#[derive(Clone, Copy)]
struct Code {
    sheets: RwSignal<Vec<Sheet>>,
    chosen: RwSignal<usize>,
    /// What is wrong in the whole text; lines of the whole text.
    marks: Memo<Vec<Mark>>,
    reveal: RwSignal<Option<(usize, usize)>>,
}

fn sheets(text: &str, ids: StoredValue<u32>) -> Vec<Sheet> {
    let next = move |tab| {
        ids.update_value(|id| *id += 1);
        Sheet {
            id: ids.get_value(),
            tab,
        }
    };
    split(text).into_iter().map(next).collect()
}

fn tabs(sheets: &[Sheet]) -> Vec<Tab> {
    sheets.iter().map(|s| s.tab.clone()).collect()
}

impl Code {
    fn new() -> Self {
        let wizard = use_wizard();
        let ids = StoredValue::new(0);
        let all = RwSignal::new(sheets(&wizard.text.get_untracked(), ids));
        // Another hand than the editor's changed the text: an import taken back, a draft restored.
        Effect::new(move || {
            let text = wizard.text.get();
            if join(&tabs(&all.read_untracked())) != text {
                all.set(sheets(&text, ids));
            }
        });
        Self {
            sheets: all,
            chosen: RwSignal::new(wizard.form.with_untracked(|f| f.set).unwrap_or(0)),
            marks: Memo::new(move |_| marks()),
            reveal: RwSignal::new(None),
        }
    }

    fn shown(self) -> usize {
        self.chosen.get().min(self.sheets.read().len().saturating_sub(1))
    }

    /// The first line of each tab.
    fn lines(self) -> Vec<usize> {
        first_lines(&tabs(&self.sheets.read()))
    }

    /// The marks of the shown tab, in its own lines.
    fn here(self) -> Vec<Mark> {
        let (lines, shown) = (self.lines(), self.shown());
        let first = lines.get(shown).copied().unwrap_or(0);
        let next = lines.get(shown + 1).copied().unwrap_or(usize::MAX);
        let inside = |m: &&Mark| (first..next).contains(&(m.line - 1));
        let moved = |m: &Mark| Mark {
            line: m.line - first,
            ..m.clone()
        };
        self.marks.read().iter().filter(inside).map(moved).collect()
    }

    /// Puts the cursor at a line of the whole text.
    fn go(self, line: usize, column: usize) {
        let lines = self.lines();
        let tab = lines.iter().rposition(|first| *first < line).unwrap_or(0);
        self.chosen.set(tab);
        self.reveal
            .set(Some((line - lines.get(tab).copied().unwrap_or(0), column)));
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
        let level = if l.rule.is_warning() {
            Mark::WARNING
        } else {
            Mark::ERROR
        };
        let message = format!("{}: {}", l.place.path, words(t, &l.place, &l.rule));
        at(&l.place, message, level)
    });
    let refusal = wizard.refusal.get();
    let refused = refusal.iter().flat_map(|r| &r.fields);
    rules
        .chain(refused.filter_map(|(place, message)| at(place, message.clone(), Mark::ERROR)))
        .collect()
}

#[component]
pub(super) fn CodeMode() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code = Code::new();
    provide_context(code);
    let shown = Text {
        key: Signal::derive(move || {
            let shown = code.shown();
            code.sheets
                .with(|s| s.get(shown).map(|s| s.id.to_string()))
                .unwrap_or_default()
        }),
        text: Signal::derive(move || {
            let shown = code.shown();
            code.sheets
                .with(|s| s.get(shown).map(|s| s.tab.text.clone()))
                .unwrap_or_default()
        }),
        marks: Signal::derive(move || code.here()),
        reveal: code.reveal,
        input: Callback::new(move |text: String| {
            let shown = untrack(|| code.shown());
            code.sheets.update(|sheets| {
                if let Some(sheet) = sheets.get_mut(shown) {
                    sheet.tab.text = text;
                }
            });
            wizard.refusal.set(None);
            wizard.text.set(join(&tabs(&code.sheets.read_untracked())));
        }),
    };
    view! {
        <h1>{t.code_title()}</h1>
        <p class="dim">{t.code_lead()}</p>
        <Tabs/>
        <CodeEditor label=t.code_editor() shown/>
        <Problems/>
    }
}

/// One tab a document; a new one, and the shown one away.
#[component]
fn Tabs() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code: Code = expect_context();
    let name = move |n: usize| {
        let (kind, name) = code
            .sheets
            .with(|s| s.get(n).map(|s| title(&s.tab.text)).unwrap_or_default());
        match (kind.as_str(), name.as_str()) {
            ("", "") => t.code_document(n + 1),
            _ => format!("{kind} {name}").trim().to_owned(),
        }
    };
    let count = Memo::new(move |_| code.sheets.read().len());
    let one = move |n: usize| {
        view! {
            <button type="button" aria-pressed=move || if code.shown() == n { "true" } else { "false" }
                on:click=move |_| code.chosen.set(n)>{move || name(n)}</button>
        }
    };
    let add = move |_| {
        wizard.text.update(|text| {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            // A comment is a document of its own until something stands in it.
            text.push_str("---\n# \n");
        });
        code.chosen.set(usize::MAX);
    };
    let remove = move |_| {
        let rest = without(tabs(&code.sheets.read_untracked()), untrack(|| code.shown()));
        let before = wizard.text.get_untracked();
        wizard.text.set(join(&rest));
        wizard.dropped.set(Some(before));
    };
    view! {
        <div class="row tabs-row">
            <div class="seg" role="group" aria-label=t.code_documents()>{move || (0..count.get()).map(one).collect_view()}</div>
            <button type="button" class="btn small" on:click=add><Icon name=IconName::Plus/>{t.code_add()}</button>
            <Show when=move || { count.get() > 1 }>
                <button type="button" class="btn small ghost" on:click=remove>
                    <Icon name=IconName::Trash/>{move || t.code_remove(name(code.shown()))}</button>
            </Show>
            <Show when=move || wizard.dropped.read().is_some()>
                <button type="button" class="btn small" on:click=move |_| if let Some(text) = wizard.dropped.write().take() { wizard.text.set(text); }>
                    {t.code_undo_remove()}</button>
            </Show>
        </div>
    }
}

/// What is wrong, each with its place and, where there is one, what corrects it.
#[component]
fn Problems() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let code: Code = expect_context();
    let mended = Memo::new(move |_| {
        let finding = wizard.broken.get()?;
        fix(&wizard.text.read(), &finding)
    });
    let fixes = Memo::new(move |_| {
        // What the rules say of a broken text follows from that.
        let broken = wizard.broken.read().is_some();
        let lints = if broken { Vec::new() } else { wizard.lints.get() };
        lints
            .into_iter()
            .filter(|l| !wizard.mended(l).is_empty())
            .collect::<Vec<_>>()
    });
    let one = move |mark: Mark| {
        let (class, icon) = if mark.level == Mark::ERROR {
            ("err", IconName::Alert)
        } else {
            ("hint", IconName::Warn)
        };
        let (line, column) = (mark.line, mark.column);
        view! {
            <li class=class><Icon name=icon/>
                <button type="button" class="at" on:click=move |_| code.go(line, column)>{t.code_at(line, column)}</button>
                <span>{mark.message}</span></li>
        }
    };
    let mend = move |_| {
        if let Some(text) = mended.get_untracked() {
            wizard.text.set(text);
        }
    };
    view! {
        <section aria-label=t.code_problems() class="problems">
            <p class="dim" role="status">{move || match code.marks.read().len() {
                0 => t.code_no_problem().to_owned(),
                n => t.code_problem_count(i64::try_from(n).unwrap_or(i64::MAX)),
            }}</p>
            <ul>{move || code.marks.get().into_iter().map(one).collect_view()}</ul>
            {move || fixes.get().into_iter().map(|lint| view! { <Fix lint/> }).collect_view()}
            <Show when=move || mended.read().is_some()>
                <button type="button" class="btn small" on:click=mend>{t.code_fix()}</button>
            </Show>
        </section>
    }
}

/// From the code to the form, and to the review.
#[component]
pub(super) fn CodeFoot() -> impl IntoView {
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
