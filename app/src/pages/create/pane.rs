//! The YAML beside the form, and the way from a line to its field.
use super::{foot::use_go, state::use_wizard};
use crate::{
    components::yaml_pane::{Line, YamlPane},
    manifest::Place,
    texts::use_texts,
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
    let chosen = RwSignal::new(None::<usize>);
    let open = RwSignal::new(true);
    // The pane follows the field; on a narrow screen it starts folded.
    Effect::new(move || chosen.set(wizard.focused.get().map(|p| p.document)));
    Effect::new(move || {
        open.set(
            window()
                .inner_width()
                .ok()
                .and_then(|w| w.as_f64())
                .is_none_or(|w| w > 900.0),
        )
    });
    focus_when_drawn();
    let shown = Memo::new(move |_| {
        let count = wizard.bundle.read().documents.len();
        chosen
            .get()
            .or(wizard.form.read().set)
            .unwrap_or(0)
            .min(count.saturating_sub(1))
    });
    let kind = move |n: usize| {
        wizard.bundle.with(|b| {
            b.documents
                .get(n)
                .map(|d| d.kind().to_owned())
                .unwrap_or_default()
        })
    };
    let tab = move |n: usize| {
        view! {
            <button type="button" aria-pressed=move || if shown.get() == n { "true" } else { "false" } on:click=move |_| chosen.set(Some(n))>
                {move || kind(n)}</button>
        }
    };
    let tabs = move || {
        (0..wizard.bundle.read().documents.len())
            .rev()
            .map(tab)
            .collect_view()
    };
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
    view! {
        <aside aria-label=t.yaml_label()>
            <details class="yaml" prop:open=move || open.get() open>
                <summary>{move || t.yaml_fold(kind(shown.get()))}</summary>
                <header><div class="seg" role="group" aria-label=t.yaml_label()>{tabs}</div>
                    <span class="grow"></span><span class="sm dimmer hide-s">{t.yaml_hint()}</span></header>
                <YamlPane label=Signal::derive(move || t.yaml_fold(kind(shown.get()))) lines=lines_of(shown) on_line/>
            </details>
        </aside>
    }
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
