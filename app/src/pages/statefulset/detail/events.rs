//! What happened to the set, its pods and its claims; newest first.
use crate::{
    components::{
        icon::{Icon, IconName},
        time::Since,
    },
    model::detail::{DetailView, EventRow},
    paths,
    texts::use_texts,
};
use leptos::prelude::*;

/// The table of events.
#[component]
pub fn Events(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let namespace = StoredValue::new(view.with_untracked(|v| v.head.row.namespace.clone()));
    let events = Memo::new(move |_| view.read().events.clone());
    let uids = Memo::new(move |_| {
        events
            .read()
            .iter()
            .flatten()
            .map(|e| e.uid.clone())
            .collect::<Vec<_>>()
    });
    move || {
        match events.read().as_ref().map(Vec::is_empty) {
        None => view! { <p class="dim">{t.detail_events_hidden()}</p> }.into_any(),
        Some(true) => view! { <p class="dim">{t.detail_events_none()}</p> }.into_any(),
        Some(false) => view! {
            <div class="card scroll"><table class="cards events">
                <thead><tr>
                    <th scope="col">{t.detail_event_last()}</th>
                    <th scope="col">{t.detail_event_reason()}</th>
                    <th scope="col">{t.detail_event_object()}</th>
                    <th scope="col">{t.detail_event_message()}</th>
                    <th scope="col" class="r">{t.detail_event_count()}</th>
                </tr></thead>
                <tbody><For each=move || uids.get() key=String::clone let:uid><Row events uid namespace/></For></tbody>
            </table></div>
        }
        .into_any(),
    }
    }
}

#[component]
fn Row(events: Memo<Option<Vec<EventRow>>>, uid: String, namespace: StoredValue<String>) -> impl IntoView {
    let row = Memo::new(move |old: Option<&EventRow>| {
        let found = events.read().iter().flatten().find(|e| e.uid == uid).cloned();
        found.or_else(|| old.cloned()).unwrap_or_default()
    });
    let warning = move || row.read().kind == "Warning";
    let object = move || {
        let object = row.read().object.clone();
        match object.strip_prefix("Pod/") {
            Some(pod) => {
                let href = namespace.with_value(|namespace| paths::pod(namespace, pod));
                view! { <a href=href>{object.clone()}</a> }.into_any()
            }
            None => object.into_any(),
        }
    };
    let then = Signal::derive(move || row.read().last);
    view! {
        <tr>
            <td class="num dim"><Since then/></td>
            <td class="state"><span class="st" class:warn=warning class:idle=move || !warning()>
                {move || view! { <Icon name=if warning() { IconName::Alert } else { IconName::Check }/> }}
                {move || row.read().reason.clone()}
            </span></td>
            <td class="mono dim">{object}</td>
            <td class="full words">{move || row.read().message.clone()}</td>
            <td class="num r dim hide-s">{move || row.read().count}</td>
        </tr>
    }
}
