//! What is several fields in the manifest and one in the form.
use super::nth::Nth;
use crate::{
    components::form::{AddButton, Check, RemoveButton, TextField},
    manifest::{
        Edit, Value,
        field::{Pair, pairs},
        preset::{Collect, shows_node_time, with_logs, with_node_time},
    },
    pages::create::{bind::Kind, offers, state::use_wizard},
    texts::use_texts,
};
use leptos::prelude::*;

/// The time zone of the node in every container, as a switch (CCE-20).
#[component]
pub(super) fn NodeTime() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let on = Memo::new(move |_| wizard.bundle.with(|b| shows_node_time(b, &wizard.form.read())));
    let change = Callback::new(move |on: bool| {
        let text = wizard
            .bundle
            .with_untracked(|b| wizard.form.with_untracked(|f| with_node_time(b, f, on)));
        wizard.put(text);
    });
    view! {
        <div class="tool"><Check checked=on on_change=change>{t.create_node_time()}</Check>
            <p class="dimmer sm">{t.create_node_time_help()}</p></div>
    }
}

/// Limits that have a row: all but CPU, memory and storage.
fn extended(all: Vec<Pair>) -> Vec<(usize, Pair)> {
    let own = ["cpu", "memory", "ephemeral-storage"];
    let numbered = all.into_iter().enumerate();
    numbered.filter(|(_, p)| !own.contains(&p.key.as_str())).collect()
}

/// GPUs and whatever else the nodes offer, by the name under which they do (CCE-38, CCE-39). Kubernetes takes the limit
/// as the request too.
#[component]
pub(super) fn Extended(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let limits = at.part(|c| Some(c.place.join("resources.limits")));
    let rows = Memo::new(move |_| extended(wizard.bundle.with(|b| pairs(b, &limits.read()))));
    let offered = StoredValue::new(offers::of_nodes(wizard, |n| n.resources.clone()));
    let offers = Signal::derive(move || offered.get_value());
    let add = Callback::new(move |()| {
        let first = offered.with_value(|all| all.first().cloned()).unwrap_or_default();
        wizard.edit(&Edit::Insert(
            limits.get_untracked(),
            first,
            Value::Typed("1".to_owned()),
        ));
    });
    let row = move |n: usize| {
        let pair = Memo::new(move |_| rows.read().get(n).map(|(_, p)| p.clone()).unwrap_or_default());
        let value = Signal::derive(move || pair.read().value.clone());
        let key = Signal::derive(move || pair.read().key.clone());
        let remove =
            Callback::new(move |()| wizard.edit(&Edit::Remove(value.with_untracked(|v| v.place.clone()))));
        view! {
            <div class="fields pair">
                <TextField bind=wizard.bind_key(value, key) label=t.create_resource_n(n + 1) mono=true bare=true offers/>
                <TextField bind=wizard.bind(value, Kind::Number) label=t.create_resource_count_n(n + 1) mono=true bare=true/>
                <RemoveButton label=t.create_remove_resource(n + 1) on_click=remove/>
            </div>
        }
    };
    view! {
        <For each=move || 0..rows.read().len() key=|n| *n children=row/>
        <AddButton label=t.create_add_resource() on_click=add/>
    }
}

/// Log files of a container: two ways to read them, written by one click each.
#[component]
pub(super) fn Logs(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let path = RwSignal::new(String::new());
    let good = move || path.read().starts_with('/') && !path.read().contains(':');
    let write = move |collect: Collect| {
        let container = at.form.get_untracked();
        let text = wizard.bundle.with_untracked(|b| {
            wizard
                .form
                .with_untracked(|f| with_logs(b, f, &container, path.read_untracked().trim(), collect))
        });
        wizard.put(text);
        path.set(String::new());
    };
    let id = format!("logs-{}", at.place().id());
    view! {
        <details class="paste">
            <summary>{t.create_logs()}</summary>
            <p class="dimmer sm">{t.create_logs_help()}</p>
            <div class="field"><label for=id.clone()>{t.create_logs_path()}</label>
                <input id=id class="in mono" placeholder="/var/log/app" autocomplete="off" spellcheck="false"
                    prop:value=move || path.get() on:input=move |e| path.set(event_target_value(&e))/></div>
            <div class="row">
                <button type="button" class="btn small" disabled=move || !good() on:click=move |_| write(Collect::Sidecar)>{t.create_logs_sidecar()}</button>
                <button type="button" class="btn small" disabled=move || !good() on:click=move |_| write(Collect::Node)>{t.create_logs_node()}</button>
            </div>
        </details>
    }
}
