//! What happened to the pod, its claims and its node, merged, newest first.
use super::panel::{Panel, Refused};
use crate::{
    components::{
        icon::{Icon, IconName},
        time::Since,
    },
    model::{
        many::whole,
        pod::{PodEvent, PodView},
    },
    texts::use_texts,
};
use leptos::prelude::*;

/// The events; each is a row that stays in place as its count goes up.
#[component]
pub fn Events(view: Signal<PodView>) -> impl IntoView {
    let t = use_texts();
    let events = Memo::new(move |_| view.read().events.clone());
    let warnings = move || {
        let events = events.read();
        let all = events.iter().flatten();
        whole(all.filter(|e| e.row.kind == "Warning").count())
    };
    let aside = view! {
        <span class="sm dimmer">{move || Some(warnings()).filter(|n| *n > 0).map(|n| t.pod_events_warnings(n))}</span>
        <span class="sm dimmer end">{t.pod_events_of()}</span>
    };
    let uids = move || {
        let events = events.read();
        events
            .iter()
            .flatten()
            .map(|e| e.row.uid.clone())
            .collect::<Vec<_>>()
    };
    let state = Memo::new(move |_| events.with(|e| e.as_ref().map(Vec::is_empty).map_err(Clone::clone)));
    view! {
        <Panel title=t.pod_events() aside=aside.into_any()>
            {move || match state.get() {
                Err(error) => view! { <Refused error/> }.into_any(),
                Ok(true) => view! { <p class="inside dim">{t.pod_events_none()}</p> }.into_any(),
                Ok(false) => view! {
                    <ul class="happened"><For each=uids key=String::clone let:uid><Row events uid/></For></ul>
                }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn Row(events: Memo<Result<Vec<PodEvent>, crate::api::ApiError>>, uid: String) -> impl IntoView {
    let t = use_texts();
    let row = Memo::new(move |old: Option<&PodEvent>| {
        let found = events.read().iter().flatten().find(|e| e.row.uid == uid).cloned();
        found.or_else(|| old.cloned()).unwrap_or_default()
    });
    let warning = move || row.read().row.kind == "Warning";
    let then = Signal::derive(move || row.read().row.last);
    let object = move || {
        let event = row.read();
        let container = Some(&event.container).filter(|c| !c.is_empty());
        container.map_or_else(
            || event.row.object.clone(),
            |c| format!("{}/{c}", event.row.object),
        )
    };
    let times = move || {
        Some(row.read().row.count)
            .filter(|n| *n > 1)
            .map(|n| t.pod_events_times(n))
    };
    view! {
        <li>
            <span class="num dimmer"><Since then/></span>
            <span class="st" class:warn=warning class:idle=move || !warning()>
                {move || view! { <Icon name=if warning() { IconName::Alert } else { IconName::Check }/> }}
                {move || row.read().row.reason.clone()}
            </span>
            <span class="words">{move || row.read().row.message.clone()}" "<span class="dimmer mono sm">{object}</span></span>
            <span class="num dim">{times}</span>
        </li>
    }
}
