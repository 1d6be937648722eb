//! What happened to the set, its pods and its claims: grouped, newest first.
use crate::{
    components::{
        icon::{Icon, IconName},
        names::told,
        time::Since,
    },
    model::{
        detail::{DetailView, EventGroup, EventRow, grouped},
        many::{Many, NAMES, whole},
    },
    paths,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// Which events are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    Warnings,
    Set,
    Pods,
    Claims,
}

impl Filter {
    const ALL: [Self; 5] = [Self::All, Self::Warnings, Self::Set, Self::Pods, Self::Claims];

    fn takes(self, event: &EventRow) -> bool {
        match self {
            Self::All => true,
            Self::Warnings => event.kind == "Warning",
            Self::Set => event.object.starts_with("StatefulSet/"),
            Self::Pods => event.object.starts_with("Pod/"),
            Self::Claims => event.object.starts_with("PersistentVolumeClaim/"),
        }
    }

    fn word(self, t: Texts) -> &'static str {
        match self {
            Self::All => t.list_all(),
            Self::Warnings => t.detail_events_warnings(),
            Self::Set => t.detail_events_set(),
            Self::Pods => t.detail_events_pods(),
            Self::Claims => t.detail_events_claims(),
        }
    }
}

/// The table of events, and which of them.
#[component]
pub fn Events(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let namespace = StoredValue::new(view.with_untracked(|v| v.head.row.namespace.clone()));
    let filter = RwSignal::new(Filter::All);
    let events = Memo::new(move |_| view.read().events.clone());
    let groups = Memo::new(move |_| {
        let events = events.read();
        let taken = events.iter().flatten().filter(|e| filter.get().takes(e));
        grouped(&taken.cloned().collect::<Vec<_>>())
    });
    let rows = move || {
        groups.with(|groups| {
            groups
                .iter()
                .map(|g| namespace.with_value(|ns| row(t, ns, g)))
                .collect::<Vec<_>>()
        })
    };
    let nothing = Memo::new(move |_| groups.read().is_empty());
    move || {
        match events.read().as_ref().map(Vec::is_empty) {
        None => view! { <p class="dim">{t.detail_events_hidden()}</p> }.into_any(),
        Some(true) => view! { <p class="dim">{t.detail_events_none()}</p> }.into_any(),
        Some(false) => view! {
            <Choice filter events/>
            <Show when=move || !nothing.get() fallback=move || view! { <p class="dim">{t.detail_events_no_such()}</p> }>
                <div class="card scroll"><table class="cards events">
                    <thead><tr>
                        <th scope="col">{t.detail_event_last()}</th>
                        <th scope="col">{t.detail_event_reason()}</th>
                        <th scope="col">{t.detail_event_object()}</th>
                        <th scope="col">{t.detail_event_message()}</th>
                        <th scope="col" class="r">{t.detail_event_count()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </Show>
            <p class="dimmer sm foot-note"><span>{t.detail_events_kept()}</span></p>
        }
        .into_any(),
    }
    }
}

/// Which of them, with how many there are of each.
#[component]
fn Choice(filter: RwSignal<Filter>, events: Memo<Option<Vec<EventRow>>>) -> impl IntoView {
    let t = use_texts();
    let button = move |of: Filter| {
        let count = move || {
            let events = events.read();
            whole(events.iter().flatten().filter(|e| of.takes(e)).count())
        };
        let chosen = move || (filter.get() == of).to_string();
        view! {
            <button type="button" aria-pressed=chosen on:click=move |_| filter.set(of)>
                {of.word(t)}<span class="n">{count}</span>
            </button>
        }
        .into_any()
    };
    view! { <div class="row tools js-only"><div class="seg" role="group" aria-label=t.detail_events()>{Filter::ALL.map(button).collect_view()}</div></div> }
}

fn row(t: Texts, namespace: &str, group: &EventGroup) -> AnyView {
    let EventGroup { newest, objects } = group;
    let (class, icon) = match newest.kind.as_str() {
        "Warning" => ("st warn", IconName::Alert),
        _ => ("st idle", IconName::Check),
    };
    let object = match (objects.as_slice(), newest.object.strip_prefix("Pod/")) {
        ([one], Some(pod)) => view! { <a href=paths::pod(namespace, pod)>{one.clone()}</a> }.into_any(),
        ([one], None) => one.clone().into_any(),
        (several, _) => told(t, &Many::of(several.iter().cloned(), NAMES)).into_any(),
    };
    view! {
        <tr>
            <td class="num dim"><Since then=newest.last/></td>
            <td class="state"><span class=class><Icon name=icon/>{newest.reason.clone()}</span></td>
            <td class="mono dim">{object}</td>
            <td class="full words">{newest.message.clone()}</td>
            <td class="num r dim hide-s">{newest.count}</td>
        </tr>
    }
    .into_any()
}
