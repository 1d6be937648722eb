//! The filters: a form and links, so that they work without JavaScript; the URL keeps them.
use crate::{
    components::icon::{Icon, IconName},
    model::{
        list::{Counts, ListQuery},
        status::Group,
    },
    paths,
    state::keys,
    texts::use_texts,
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;

/// How long typing may pause before the list follows: keys that come together are one question.
const PAUSE: Duration = Duration::from_millis(30);

/// The text and the status filters.
#[component]
pub fn Filters(query: Memo<ListQuery>, counts: Signal<Counts>) -> impl IntoView {
    let t = use_texts();
    let groups = [
        (None, t.list_all()),
        (Some(Group::Running), t.list_running()),
        (Some(Group::Rolling), t.list_rolling()),
        (Some(Group::NeedsYou), t.list_needs_you()),
        (Some(Group::Stopped), t.list_stopped()),
    ];
    let link = move |(group, word): (Option<Group>, &'static str)| {
        let href = move || {
            paths::list(&ListQuery {
                group,
                offset: 0,
                ..query.get()
            })
        };
        let count = move || match group {
            None => counts.read().all,
            Some(group) => counts.read().of(group),
        };
        let current = move || (query.read().group == group).then_some("true");
        view! { <a href=href aria-current=current>{word}<span class="n">{move || count().to_string()}</span></a> }.into_any()
    };
    view! {
        <div class="row filters">
            <TextFilter query/>
            <nav class="seg" aria-label=t.list_status()>{groups.map(link).collect_view()}</nav>
        </div>
    }
}

#[component]
fn TextFilter(query: Memo<ListQuery>) -> impl IntoView {
    let t = use_texts();
    let navigate = use_navigate();
    let waiting = StoredValue::<Option<TimeoutHandle>>::new(None);
    let go = move |text: String| {
        let url = paths::list(&ListQuery {
            text,
            offset: 0,
            ..query.get_untracked()
        });
        navigate(
            &url,
            NavigateOptions {
                replace: true,
                scroll: false,
                ..Default::default()
            },
        );
    };
    let typed = move |event| {
        let (text, go) = (event_target_value(&event), go.clone());
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || go(text), PAUSE).ok());
    };
    let kept = move || {
        let pairs = query.read().to_pairs();
        let others = pairs
            .into_iter()
            .filter(|(key, value)| *key != "q" && *key != "from" && !value.is_empty());
        others
            .map(|(key, value)| view! { <input type="hidden" name=key value=value/> }.into_any())
            .collect_view()
    };
    view! {
        <form method="get" action=paths::LIST role="search" class="in search" on:submit=|event| event.prevent_default()>
            <Icon name=IconName::Search/>
            <input id=keys::FILTER type="search" name="q" autocomplete="off" spellcheck="false" placeholder=t.list_filter()
                aria-label=t.list_filter() aria-keyshortcuts="/" value=move || query.read().text.clone() on:input=typed/>
            {move || kept()}
            <noscript><button class="btn small">{t.list_filter_go()}</button></noscript>
        </form>
    }
}
