//! One way back for every change of the text, whichever hand made it: a field, the editor, a button.
use crate::{
    components::icon::{Icon, IconName},
    manifest::history::{Hand, History},
    state::keys::hear_first,
    texts::use_texts,
};
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

/// A step of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Back,
    Forward,
}

/// What is known of the field that has the focus.
#[derive(Clone, Debug, Default)]
struct Visit {
    number: u32,
    /// Its text when the visit began.
    value: String,
    /// How often the browser has undone in it.
    undone: u32,
}

/// The history of a page's text.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    text: RwSignal<String>,
    steps: RwSignal<History>,
    visit: StoredValue<Visit>,
    /// Where in the text the last step back or forward was, in bytes.
    pub at: RwSignal<Option<usize>>,
}

fn is_within(element: &Element, places: &str) -> bool {
    !matches!(element.closest(places), Ok(None))
}

/// The text of an element that the browser itself can undo in.
fn typed(element: &Element) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let ticked = matches!(input.type_().as_str(), "checkbox" | "radio" | "file");
        return (!ticked).then(|| input.value());
    }
    let area = element.dyn_ref::<HtmlTextAreaElement>();
    area.filter(|_| !is_within(element, ".monaco"))
        .map(HtmlTextAreaElement::value)
}

impl Past {
    /// The history of a text, from now on. The page provides it to its parts.
    pub fn of(text: RwSignal<String>) -> Self {
        let past = Self {
            text,
            steps: RwSignal::new(History::of(text.get_untracked())),
            visit: StoredValue::default(),
            at: RwSignal::new(None),
        };
        Effect::new(move || {
            let hand = past.hand();
            text.with(|text| past.steps.maybe_update(|s| s.take(text, hand)));
        });
        Effect::new(move || {
            hear_first(move |event| past.key(&event));
            let visits = window_event_listener(ev::focusin, move |_| past.visit_anew());
            on_cleanup(move || visits.remove());
        });
        provide_context(past);
        past
    }

    /// Begins anew with a text.
    pub fn begin(self, text: &str) {
        self.steps.set(History::of(text.to_owned()));
    }

    fn hand(self) -> Hand {
        match document().active_element() {
            Some(e) if is_within(&e, ".monaco") && !is_within(&e, ".find-widget") => Hand::Editor,
            Some(e) if typed(&e).is_some() => Hand::Field(self.visit.with_value(|v| v.number)),
            _ => Hand::Other,
        }
    }

    fn visit_anew(self) {
        let value = document().active_element().and_then(|e| typed(&e));
        self.visit.update_value(|v| {
            *v = Visit {
                number: v.number.wrapping_add(1),
                value: value.unwrap_or_default(),
                undone: 0,
            };
        });
    }

    fn go(self, way: Way) {
        let step = self.steps.try_update(|s| match way {
            Way::Back => s.back(),
            Way::Forward => s.forward(),
        });
        if let Some((text, at)) = step.flatten() {
            self.text.set(text);
            self.at.set(Some(at));
            // The field that has the focus shows the text of before by then.
            set_timeout(move || self.visit_anew(), Duration::ZERO);
        }
    }

    /// In a field the browser undoes until its text is what it was; then, and elsewhere, the history does.
    fn key(self, event: &ev::KeyboardEvent) {
        let way = match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Way::Back,
            ("z", true) | ("y", false) => Way::Forward,
            _ => return,
        };
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.is_composing();
        let active = document().active_element();
        // What is searched for has an undo of its own.
        let foreign = active
            .as_ref()
            .is_some_and(|e| is_within(e, "dialog, .find-widget"));
        if !held || foreign {
            return;
        }
        match active.and_then(|e| typed(&e).map(|value| (e, value))) {
            Some((field, value)) if self.is_browsers(way, &value) => self.after_browser(field, value, way),
            _ => {
                event.prevent_default();
                event.stop_propagation();
                self.go(way);
            }
        }
    }

    fn is_browsers(self, way: Way, value: &str) -> bool {
        self.visit.with_value(|v| match way {
            Way::Back => v.value != value,
            Way::Forward => v.undone > 0,
        })
    }

    /// Where the browser has nothing left to undo, the history goes on.
    fn after_browser(self, field: Element, before: String, way: Way) {
        let then = move || {
            let now = typed(&field).unwrap_or_default();
            if now == before {
                self.go(way);
                return;
            }
            self.visit.update_value(|v| {
                v.undone = match way {
                    Way::Back => v.undone + 1,
                    Way::Forward => v.undone.saturating_sub(1),
                };
            });
        };
        set_timeout(then, Duration::ZERO);
    }
}

/// The two buttons.
#[component]
pub(crate) fn UndoRedo() -> impl IntoView {
    let t = use_texts();
    let past: Past = expect_context();
    let one = move |way: Way, label: &'static str, name: IconName| {
        let none = move || {
            past.steps.with(|s| match way {
                Way::Back => !s.has_past(),
                Way::Forward => !s.has_future(),
            })
        };
        // Not `disabled`: the focus would be lost with the last step.
        view! {
            <button type="button" class="btn small icon js-only" aria-label=label title=label
                aria-disabled=move || none().then_some("true") on:click=move |_| past.go(way)><Icon name/></button>
        }
    };
    view! {
        {one(Way::Back, t.code_undo(), IconName::Undo)}
        {one(Way::Forward, t.code_redo(), IconName::Redo)}
    }
}
