//! The keyboard: single keys where nobody types, and Escape for the top layer.
use crate::paths;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};

/// The id of the list's filter.
pub const FILTER: &str = "filter";
/// The id of the dialog that lists the keys.
pub const HELP: &str = "keys";
/// Where single keys are shortcuts. Everything else may take text, whatever it is made of: the code editor does so
/// in an element that is neither an input nor editable by its attributes.
const RESTING: &str = "body, a, button, summary, tr, [role=row], h1, #content";

/// Whether the palette is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette(pub RwSignal<bool>);

/// Whether the focus is where nothing can be typed, and no dialog waits for an answer.
fn resting() -> bool {
    let page = document();
    let free = page.active_element().is_none_or(|e| {
        let outside = matches!(e.closest(".editor, .compare"), Ok(None));
        outside && e.matches(RESTING).unwrap_or(false)
    });
    free && matches!(page.query_selector("dialog[open]"), Ok(None))
}

/// A key as it would be without Caps Lock; a letter with Shift is no shortcut. All shortcuts are of ASCII, and the tables
/// of the other letters are a thirtieth of the first download.
fn plain(key: &str, shift: bool) -> String {
    let mut letters = key.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if shift && letter.is_ascii_alphabetic() => String::new(),
        (Some(_), None) => key.to_ascii_lowercase(),
        _ => key.to_owned(),
    }
}

/// Whether Ctrl or ⌘ is pressed with a letter, and no other modifier.
pub fn is_chord(event: &ev::KeyboardEvent, letter: &str) -> bool {
    let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    held && event.key().eq_ignore_ascii_case(letter)
}

/// Hears every key before anything on the page does, until the owner is gone.
pub fn hear_first(hear: impl Fn(ev::KeyboardEvent) + 'static) {
    // What fills in forms by itself sends events of this name that are none of keys.
    let hear = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        if let Ok(event) = event.dyn_into() {
            hear(event);
        }
    });
    let listener = hear.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("keydown", listener, true);
    let hear = SendWrapper::new(hear);
    on_cleanup(move || {
        let listener = hear.as_ref().unchecked_ref();
        let _ = window().remove_event_listener_with_callback_and_bool("keydown", listener, true);
    });
}

/// Closes every menu that is open; one that has the focus gives it to its button.
pub fn close_menus() {
    let Ok(open) = document().query_selector_all("details.menu[open]") else {
        return;
    };
    for index in 0..open.length() {
        if let Some(menu) = open
            .item(index)
            .and_then(|n| n.dyn_into::<web_sys::Element>().ok())
        {
            let inside = document()
                .active_element()
                .is_some_and(|a| menu.contains(Some(&a)));
            let _ = menu.remove_attribute("open");
            if let (true, Ok(Some(summary))) = (inside, menu.query_selector("summary"))
                && let Some(summary) = summary.dyn_ref::<web_sys::HtmlElement>()
            {
                let _ = summary.focus();
            }
        }
    }
}

/// Opens the list of keys.
pub fn show_help() {
    let dialog = document().get_element_by_id(HELP);
    if let Some(dialog) = dialog.and_then(|d| d.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        let _ = dialog.show_modal();
    }
}

/// Puts the focus into the list's filter. Whether there is one.
fn filter() -> bool {
    let filter = document().get_element_by_id(FILTER);
    let filter = filter.and_then(|f| f.dyn_into::<web_sys::HtmlElement>().ok());
    filter.is_some_and(|f| f.focus().is_ok())
}

/// All keys of a terminal are its program's, but the one that leaves it.
fn in_terminal(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|t| t.closest(".dock .screen").ok().flatten().is_some())
}

/// Listens, in the browser, for as long as the app lives.
pub fn listen() {
    let navigate = use_navigate();
    let went = StoredValue::new(false);
    let Palette(palette) = expect_context();
    Effect::new(move || {
        let navigate = navigate.clone();
        // First of all: the code editor would take it for the beginning of a chord of its own.
        hear_first(move |event| {
            if is_chord(&event, "k") && !in_terminal(&event) {
                event.prevent_default();
                event.stop_propagation();
                palette.update(|open| *open = !*open);
            }
        });
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
                return;
            }
            let key = plain(&event.key(), event.shift_key());
            if key == "Escape" {
                close_menus();
            }
            if event.default_prevented() || !resting() {
                went.set_value(false);
                return;
            }
            let after_g = went.get_value();
            went.set_value(key == "g");
            match key.as_str() {
                "/" if filter() => event.prevent_default(),
                "s" if after_g => navigate(paths::LIST, Default::default()),
                "c" => {
                    let search = window().location().search().unwrap_or_default();
                    navigate(&paths::create_from(&search, ""), Default::default());
                }
                "e" => {
                    let path = window().location().pathname().unwrap_or_default();
                    if let Some((namespace, name)) = paths::set_of(&path) {
                        let edit = paths::set_edit_step(&namespace, &name, "basics");
                        navigate(&edit, Default::default());
                    }
                }
                "?" => show_help(),
                _ => {}
            }
        });
        let clicks = window_event_listener(ev::click, |event| {
            let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
            let inside = target
                .and_then(|t| t.closest("details.menu").ok().flatten())
                .is_some();
            if !inside {
                close_menus();
            }
        });
        on_cleanup(move || {
            keys.remove();
            clicks.remove();
        });
    });
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn caps_lock_changes_nothing_and_shift_is_no_shortcut() {
        assert_eq!(plain("c", false), "c");
        assert_eq!(plain("C", false), "c", "Caps Lock");
        assert_eq!(plain("C", true), "", "Shift");
        assert_eq!(plain("c", true), "", "Shift under Caps Lock");
        assert_eq!(plain("?", true), "?", "a sign that needs Shift");
        assert_eq!(plain("Escape", true), "Escape");
    }
}
