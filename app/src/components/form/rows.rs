//! The buttons of lists.
use crate::components::icon::{Icon, IconName};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// What a row is filled in with.
const FIELDS: &str = "input, select, textarea";

fn all(below: &Element, what: &str) -> Vec<HtmlElement> {
    let found = below.query_selector_all(what).ok();
    let count = found.as_ref().map_or(0, |f| f.length());
    let element = |n| found.as_ref()?.item(n)?.dyn_into::<HtmlElement>().ok();
    (0..count).filter_map(element).collect()
}

/// Where the rows of a button are.
fn around(event: &MouseEvent) -> Option<Element> {
    let button = event.current_target()?.dyn_into::<Element>().ok()?;
    button.closest("fieldset, .card, main").ok().flatten()
}

/// "+ Add port". The focus goes into what it adds.
#[component]
pub fn AddButton(#[prop(into)] label: Signal<String>, on_click: Callback<()>) -> impl IntoView {
    let click = move |event: MouseEvent| {
        let list = around(&event);
        let before = list.as_ref().map(|l| all(l, FIELDS)).unwrap_or_default();
        on_click.run(());
        request_animation_frame(move || {
            let now = list.map(|l| all(&l, FIELDS)).unwrap_or_default();
            if let Some(new) = now.iter().find(|field| !before.contains(field)) {
                let _ = new.focus();
            }
        });
    };
    view! {
        <button type="button" class="btn ghost add" on:click=click>
            <Icon name=IconName::Plus/>{move || label.get()}
        </button>
    }
}

/// A − at the end of a row; the label says of which. The focus stays in the list.
#[component]
pub fn RemoveButton(#[prop(into)] label: Signal<String>, on_click: Callback<()>) -> impl IntoView {
    let click = move |event: MouseEvent| {
        // A row may be a box of its own, around which the list is.
        let row = around(&event);
        let list = row.as_ref().and_then(|r| r.parent_element());
        on_click.run(());
        request_animation_frame(move || {
            let lost = document().active_element().is_none_or(|e| e.tag_name() == "BODY");
            let near = row.filter(|r| r.is_connected()).or(list).filter(|_| lost);
            let adds = near.map(|l| all(&l, ".btn.add")).unwrap_or_default();
            if let Some(add) = adds.first() {
                let _ = add.focus();
            }
        });
    };
    view! {
        <button type="button" class="btn ghost icon" aria-label=move || label.get() title=move || label.get()
            on:click=click><Icon name=IconName::Minus/></button>
    }
}
