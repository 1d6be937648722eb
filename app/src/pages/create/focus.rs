//! The wizard by keyboard: the focus enters a step with it, Enter goes on to what comes next, Ctrl+Enter to the next step.
use super::state::Wizard;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

/// What can be filled in.
const FIELDS: &str = "input:not([type=file]):not(:disabled), select:not(:disabled), textarea:not(:disabled)";
/// What Enter stops at: fields, what adds a row, what is folded. Units and what takes a row away are passed over.
const STOPS: &str =
    "input:not(:disabled), select:not(:disabled):not(.unit), textarea:not(:disabled), .btn.add, summary";
/// What leads on: the last one in the foot.
const ON: &str = ".foot .primary";

fn all(below: &Element, what: &str) -> Vec<HtmlElement> {
    let Ok(found) = below.query_selector_all(what) else {
        return Vec::new();
    };
    let element = |n| found.item(n).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    // What is folded away has no place on the page.
    let seen = |e: &HtmlElement| e.get_client_rects().length() > 0;
    (0..found.length()).filter_map(element).filter(seen).collect()
}

/// The focus, without the page jumping; what stands in a field is marked, so that typing replaces it.
fn enter(element: &HtmlElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = element.focus_with_options(&still);
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
}

/// Puts the focus into a step when it opens: into its first field, or on its heading.
pub(crate) fn follow(wizard: Wizard) {
    Effect::new(move |before: Option<()>| {
        wizard.step.track();
        wizard.mode.track();
        // A field that was asked for comes first, and in the code the editor; when the page opens, what has the focus.
        let free = || document().active_element().is_none_or(|e| e.tag_name() == "BODY");
        if wizard.wanted.with_untracked(Option::is_some) || before.is_none() && !free() {
            return;
        }
        request_animation_frame(move || {
            let Some(step) = document().get_element_by_id("step") else {
                return;
            };
            step.set_scroll_top(0);
            // On a screen that is touched a field would open the keyboard.
            let touched = window().match_media("(pointer: coarse)").ok().flatten();
            let touched = touched.is_some_and(|m| m.matches());
            let mut fields = all(&step, FIELDS).into_iter();
            let first = fields.find(|f| !touched && matches!(f.closest(".card"), Ok(Some(_))));
            let _ = wizard.offered.try_set_value(first.is_some());
            if let Some(first) = first.or_else(|| all(&step, "h1").into_iter().next()) {
                enter(&first);
            }
        });
    });
}

/// The step, which hears the keys.
#[component]
pub(crate) fn Keys(children: Children) -> impl IntoView {
    let key = move |event: ev::KeyboardEvent| {
        let modified =
            event.alt_key() || event.shift_key() || event.is_composing() || event.default_prevented();
        if event.key() != "Enter" || modified {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            go_on();
            return;
        }
        let target = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let line = target.filter(|i| !matches!(i.type_().as_str(), "checkbox" | "radio" | "file"));
        if let Some(line) = line {
            event.prevent_default();
            next_of(&line);
        }
    };
    view! { <main class="form" id="step" on:keydown=key>{children()}</main> }
}

/// What stands after a field: the next stop, or what leads out of the step.
fn next_of(field: &HtmlElement) {
    let Some(step) = document().get_element_by_id("step") else {
        return;
    };
    let stops = all(&step, STOPS);
    let after = stops.iter().position(|s| **s == **field).map(|n| n + 1);
    match after.and_then(|n| stops.get(n)) {
        Some(next) => {
            let _ = next.focus();
            if let Some(input) = next.dyn_ref::<HtmlInputElement>() {
                input.select();
            }
        }
        None => focus_on(),
    }
}

fn primary() -> Option<HtmlElement> {
    let found = document().query_selector(ON).ok().flatten()?;
    found.dyn_into().ok()
}

fn focus_on() {
    if let Some(on) = primary() {
        let _ = on.focus();
    }
}

/// Opens the next step. What is more than a link is only gone to: nothing is created by the way.
fn go_on() {
    if let Some(on) = primary() {
        // A field is left before its step goes.
        let _ = on.focus();
        if on.tag_name() == "A" {
            on.click();
        }
    }
}
