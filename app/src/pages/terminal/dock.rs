//! The dock: a tab for each terminal, the one in front, and what else can be run there.
use super::pane::Pane;
use crate::{
    components::icon::{Icon, IconName},
    model::terminal::Run,
    state::{
        terminals::{Place, use_terminals},
        texts::{part_of, provide_lazy},
    },
    texts::{Part, use_texts},
};
use leptos::{ev, prelude::*};

/// The dock with its words, which come with the first terminal.
#[component]
pub(super) fn Dock() -> impl IntoView {
    let t = use_texts();
    let texts = LocalResource::new(move || part_of(t, Part::Objects));
    move || {
        texts.get().map(|texts| {
            provide_lazy(Part::Objects, &texts);
            view! { <Drawn/> }
        })
    }
}

#[component]
fn Drawn() -> impl IntoView {
    let (t, terminals) = (use_texts(), use_terminals());
    let tall = RwSignal::new(false);
    let one = move |place: Place| view! { <Tab place/> };
    let pane = move |place: Place| view! { <Pane place/> };
    view! {
        <section class="dock" class:tall=move || tall.get() aria-label=t.term_dock()>
            <header class="row">
                <div class="tabs" role="tablist" aria-label=t.term_dock()>
                    <For each=move || terminals.places.get() key=|p| p.id children=one/>
                </div>
                <Command/>
                <button type="button" class="btn ghost small" aria-pressed=move || tall.get().to_string() on:click=move |_| tall.update(|t| *t = !*t)>
                    {t.term_tall()}</button>
                <CloseButton/>
            </header>
            <For each=move || terminals.places.get() key=|p| p.id children=pane/>
        </section>
    }
}

/// A terminal's name; the arrows go to its neighbours.
#[component]
fn Tab(place: Place) -> impl IntoView {
    let terminals = use_terminals();
    let (id, name) = (place.id, format!("{}/{}", place.pod, place.container));
    let chosen = Memo::new(move |_| terminals.shown.get() == id);
    let keys = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "Delete" => return terminals.close(id),
            _ => return,
        };
        event.prevent_default();
        let ids: Vec<u32> = terminals
            .places
            .with_untracked(|all| all.iter().map(|p| p.id).collect());
        let at = ids
            .iter()
            .position(|i| *i == id)
            .and_then(|at| at.checked_add_signed(by));
        if let Some(next) = at.and_then(|at| ids.get(at)) {
            terminals.shown.set(*next);
            focus_tab(*next);
        }
    };
    view! {
        <button type="button" role="tab" class="tab" id=tab_id(id) aria-controls=format!("terminal-{id}") aria-selected=move || chosen.get().to_string()
            tabindex=move || if chosen.get() { "0" } else { "-1" } on:click=move |_| terminals.shown.set(id) on:keydown=keys>{name}</button>
    }
}

/// Closes the one in front.
#[component]
fn CloseButton() -> impl IntoView {
    let (t, terminals) = (use_texts(), use_terminals());
    let label = move || {
        let shown = terminals.shown.get();
        let places = terminals.places.read();
        let place = places.iter().find(|p| p.id == shown);
        t.term_close(
            place
                .map(|p| format!("{}/{}", p.pod, p.container))
                .unwrap_or_default(),
        )
    };
    view! {
        <button type="button" class="btn ghost icon small" aria-label=label title=label on:click=move |_| terminals.close(terminals.shown.get_untracked())>
            <Icon name=IconName::Close/></button>
    }
}

fn tab_id(id: u32) -> String {
    format!("terminal-tab-{id}")
}

/// Puts the focus on the tab of a terminal.
pub(super) fn focus_tab(id: u32) {
    use wasm_bindgen::JsCast;
    let tab = document().get_element_by_id(&tab_id(id));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = tab.focus();
    }
}

/// Another program where the terminal in front is.
#[component]
fn Command() -> impl IntoView {
    let (t, terminals) = (use_texts(), use_terminals());
    let typed = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let shown = terminals.shown.get_untracked();
        let place = terminals
            .places
            .with_untracked(|all| all.iter().find(|p| p.id == shown).cloned());
        let run = match shlex::split(&typed.read_untracked()) {
            Some(words) if words.is_empty() => Run::Shell,
            Some(words) => Run::Command(words),
            None => return,
        };
        if let Some(place) = place {
            typed.set(String::new());
            terminals.open(&place.namespace, &place.pod, &place.container, run);
        }
    };
    let bad = move || shlex::split(&typed.read()).is_none().then_some("true");
    view! {
        <form class="row" on:submit=submit>
            <input class="in mono" autocomplete="off" spellcheck="false" placeholder=t.term_command() aria-label=t.term_command() aria-invalid=bad
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e))/>
            <button type="submit" class="btn small">{t.term_run()}</button>
        </form>
    }
}
