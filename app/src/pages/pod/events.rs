//! What happened to the pod, its claims and its node, merged, newest first.
use super::panel::{nothing, panel, refused};
use crate::{
    components::{
        icon::{Icon, IconName},
        time::Since,
    },
    model::{
        many::whole,
        pod::{PodEvent, PodView},
    },
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The events, drawn anew as they change.
#[component]
pub fn Events(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let events = Memo::new(move |_| view.read().events.clone());
    let warnings = move || {
        let events = events.read();
        let warnings = events.iter().flatten().filter(|e| e.row.kind == "Warning");
        match whole(warnings.count()) {
            0 => String::new(),
            n => t.pod_events_warnings(n),
        }
    };
    let body = move || {
        events.with(|events| match events {
            Err(error) => refused(t, error),
            Ok(none) if none.is_empty() => nothing(t.pod_events_none()),
            Ok(some) => {
                let rows: Vec<AnyView> = some.iter().map(|e| row(t, e)).collect();
                view! { <ul class="happened">{rows}</ul> }.into_any()
            }
        })
    };
    let aside = view! { <span class="sm dimmer">{warnings}</span><span class="sm dimmer end">{t.pod_events_of()}</span> };
    panel(t.pod_events(), aside.into_any(), view! { {body} }.into_any())
}

fn row(t: Texts, PodEvent { row, container }: &PodEvent) -> AnyView {
    let object = if container.is_empty() {
        row.object.clone()
    } else {
        format!("{}/{container}", row.object)
    };
    let (class, icon) = if row.kind == "Warning" {
        ("st warn", IconName::Alert)
    } else {
        ("st idle", IconName::Check)
    };
    let times = if row.count > 1 {
        t.pod_events_times(row.count)
    } else {
        String::new()
    };
    view! {
        <li>
            <span class="num dimmer"><Since then=row.last/></span>
            <span class=class><Icon name=icon/>{row.reason.clone()}</span>
            <span class="words">{row.message.clone()}" "<span class="dimmer mono sm">{object}</span></span>
            <span class="num dim">{times}</span>
        </li>
    }
    .into_any()
}
