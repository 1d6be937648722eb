//! The keyboard: single keys where nobody types, and Escape for the top layer.
use crate::paths;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// The id of the list's filter.
pub const FILTER: &str = "filter";
/// The id of the dialog that lists the keys.
pub const HELP: &str = "keys";

/// Whether the palette is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette(pub RwSignal<bool>);

fn typing() -> bool {
    let active = document().active_element();
    active.is_some_and(|e| {
        matches!(e.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || e.get_attribute("contenteditable").is_some()
    })
}

fn close_menus() {
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

/// Listens, in the browser, for as long as the app lives.
pub fn listen() {
    let navigate = use_navigate();
    let went = StoredValue::new(false);
    let Palette(palette) = expect_context();
    Effect::new(move || {
        let navigate = navigate.clone();
        let keys = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key() == "k" {
                event.prevent_default();
                palette.update(|open| *open = !*open);
                return;
            }
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let key = event.key();
            if key == "Escape" {
                close_menus();
            }
            if typing() {
                return;
            }
            let after_g = went.get_value();
            went.set_value(key == "g");
            match key.as_str() {
                "/" => {
                    let filter = document().get_element_by_id(FILTER);
                    if let Some(filter) = filter.and_then(|f| f.dyn_into::<web_sys::HtmlElement>().ok()) {
                        event.prevent_default();
                        let _ = filter.focus();
                    }
                }
                "s" if after_g => navigate(paths::LIST, Default::default()),
                "c" => {
                    let search = window().location().search().unwrap_or_default();
                    navigate(&paths::create_from(&search, ""), Default::default());
                }
                "e" => {
                    let path = window().location().pathname().unwrap_or_default();
                    if let Some((namespace, name)) = paths::set_of(&path) {
                        navigate(
                            &paths::set_edit_step(&namespace, &name, "basics"),
                            Default::default(),
                        );
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
