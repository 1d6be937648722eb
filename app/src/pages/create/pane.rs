//! The YAML beside the form, and the way from a line to its field.
use super::{
    foot::use_go,
    past::{Past, UndoRedo},
    state::use_wizard,
    step::Step,
};
use crate::{
    components::{
        take_away::TakeAway,
        yaml_pane::{Line, YamlPane},
    },
    manifest::Place,
    texts::{Texts, use_texts},
};
use imara_diff::{Algorithm, Diff, InternedInput};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Which lines of `new` are not in `old`.
fn changed(old: &[&str], new: &[&str]) -> Vec<bool> {
    // What is the same at both ends, which for a key is nearly all of it, costs a comparison and no more.
    let front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[front..], &new[front..]);
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    let mut input = InternedInput::default();
    input.update_before(a.iter().copied());
    input.update_after(b.iter().copied());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut marks = vec![false; new.len()];
    for hunk in diff.hunks() {
        marks[front..][hunk.after.start as usize..hunk.after.end as usize].fill(true);
    }
    marks
}

#[component]
pub(crate) fn Pane() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let open = RwSignal::new(true);
    // On a narrow screen it starts folded.
    Effect::new(move || {
        let width = window().inner_width().ok().and_then(|w| w.as_f64());
        open.set(width.is_none_or(|w| w > 900.0));
    });
    let chosen = follow();
    let shown = Memo::new(move |_| {
        let count = wizard.bundle.read().documents.len();
        let chosen = chosen.get().or(wizard.form.read().set);
        chosen.unwrap_or(0).min(count.saturating_sub(1))
    });
    let tab = move |n: usize| {
        view! {
            <button type="button" aria-pressed=move || if shown.get() == n { "true" } else { "false" } on:click=move |_| chosen.set(Some(n))>
                {move || caption(t, n)}</button>
        }
    };
    let count = Memo::new(move |_| wizard.bundle.read().documents.len());
    let tabs = move || (0..count.get()).rev().map(tab).collect_view();
    let go = use_go();
    let on_line = Callback::new(move |line: usize| {
        let at = wizard.bundle.with_untracked(|b| {
            let first = b.documents.get(shown.get_untracked())?.lines.start;
            b.place_of_line(first + line)
        });
        if let Some(place) = at {
            go.run(place);
        }
    });
    let label = move || t.yaml_fold(caption(t, shown.get()));
    let name = Signal::derive(move || wizard.form.read().name.text.clone());
    view! {
        <aside aria-label=t.yaml_label()>
            <details class="yaml" prop:open=move || open.get() open>
                <summary>{label}</summary>
                <header><div class="seg" role="group" aria-label=t.yaml_label()>{tabs}</div>
                    <div class="row"><UndoRedo/><TakeAway text=wizard.text name/></div></header>
                <YamlPane label=Signal::derive(label) lines=lines_of(shown) on_line/>
                <p class="sm dimmer hide-s">{t.yaml_hint()}</p>
            </details>
        </aside>
    }
}

/// What a document is called.
fn caption(t: Texts, n: usize) -> String {
    let wizard = use_wizard();
    let name = wizard.bundle.with(|b| {
        let document = b.documents.get(n)?;
        Some(
            format!("{} {}", document.kind(), document.name())
                .trim()
                .to_owned(),
        )
    });
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| t.code_document(n + 1))
}

/// The document that belongs to the step, then to the field that has the focus, or to where a step back was.
fn follow() -> RwSignal<Option<usize>> {
    let wizard = use_wizard();
    let past: Past = expect_context();
    let chosen = RwSignal::new(None::<usize>);
    Effect::new(move |before: Option<Step>| {
        let step = wizard.step.get();
        if before != Some(step) {
            let service = wizard
                .form
                .with_untracked(|f| f.service.as_ref().map(|s| s.document));
            chosen.set(service.filter(|_| step == Step::Service));
        }
        step
    });
    Effect::new(move || {
        if let Some(place) = wizard.focused.get() {
            chosen.set(Some(place.document));
        }
    });
    Effect::new(move |before: Option<()>| {
        let at = past.at.get();
        if let (Some(()), Some(at)) = (before, at) {
            let place = wizard.bundle.with_untracked(|b| {
                let line = b.text[..at.min(b.text.len())].matches('\n').count();
                b.place_of_line(line)
            });
            wizard.focused.set(place);
        }
    });
    focus_when_drawn();
    chosen
}

fn lines_of(shown: Memo<usize>) -> Memo<Vec<Line>> {
    let wizard = use_wizard();
    Memo::new(move |_| {
        let bundle = wizard.bundle.read();
        let text = |b: &crate::manifest::Bundle| {
            b.documents
                .get(shown.get())
                .map(|d| b.text[d.range.clone()].to_owned())
                .unwrap_or_default()
        };
        let (old, new) = (wizard.start.with(|s| text(s)), text(&bundle));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let marks = changed(&old, &new);
        let first = bundle.documents.get(shown.get()).map_or(0, |d| d.lines.start);
        let focused = wizard
            .focused
            .get()
            .filter(|p| p.document == shown.get())
            .and_then(|p| bundle.lines(&p));
        let in_focus = |n: usize| focused.as_ref().is_some_and(|f| f.contains(&(first + n)));
        new.iter()
            .zip(marks)
            .enumerate()
            .map(|(n, (text, changed))| Line {
                text: (*text).to_owned(),
                changed,
                focused: in_focus(n),
            })
            .collect()
    })
}

/// Puts the focus into the wanted field, once its step is drawn: into it, or into the first input below its place.
fn focus_when_drawn() {
    let wizard = use_wizard();
    Effect::new(move || {
        wizard.step.track();
        let Some(place) = wizard.wanted.get() else { return };
        request_animation_frame(move || {
            if focus(&place) {
                wizard.wanted.set(None);
            }
        });
    });
}

fn focus(place: &Place) -> bool {
    let id = place.id();
    let found = document().get_element_by_id(&id).or_else(|| {
        let below = format!("input[id^='{id}'],select[id^='{id}'],textarea[id^='{id}']");
        document().query_selector(&below).ok().flatten()
    });
    let Some(field) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    // A field behind a folded part is unfolded first.
    if let Ok(Some(folded)) = field.closest("details:not([open])") {
        let _ = folded.set_attribute("open", "");
    }
    field.scroll_into_view();
    field.focus().is_ok()
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn only_new_lines_are_marked() {
        assert_eq!(
            changed(&["a", "b", "c"], &["a", "x", "b", "c", "y"]),
            [false, true, false, false, true]
        );
        assert_eq!(changed(&["a"], &["a"]), [false]);
        assert_eq!(changed(&["a", "b"], &["b"]), [false]);
    }
}
