//! The style sheet that the list does without: half of all rules are for wizard, editor and dialogs.
use leptos::{ev, prelude::*};
use std::cell::Cell;

include!(concat!(env!("OUT_DIR"), "/late.rs"));

/// The sheet itself. Only the server names it, so it is not in the wasm.
pub const SHEET: &str = include_str!(concat!(env!("OUT_DIR"), "/late.css"));

/// The id of the link in the page's head.
pub const ELEMENT_ID: &str = "late";

/// Fetches the sheet at the first sign that somebody is about to go on: no way from one page to the next begins without
/// a key or the pointer, and the code of the next page takes longer.
pub fn follow() {
    window_event_listener(ev::pointermove, |_| fetch());
    window_event_listener(ev::pointerdown, |_| fetch());
    window_event_listener(ev::keydown, |_| fetch());
}

fn fetch() {
    thread_local!(static FETCHED: Cell<bool> = const { Cell::new(false) });
    if FETCHED.replace(true) || document().get_element_by_id(ELEMENT_ID).is_some() {
        return;
    }
    if let (Ok(link), Some(head)) = (document().create_element("link"), document().head()) {
        for (name, value) in [("id", ELEMENT_ID), ("rel", "stylesheet"), ("href", LATE)] {
            let _ = link.set_attribute(name, value);
        }
        let _ = head.append_child(&link);
    }
}
