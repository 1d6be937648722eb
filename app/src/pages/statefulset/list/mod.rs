//! The list: drawn by the server with its rows, then live.
mod choose;
mod filters;
mod table;

use crate::{
    api::{ApiError, sets::list_sets},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
        icon::{Icon, IconName},
        pages::Pages,
    },
    model::{
        list::{ListQuery, ListView},
        live::{Topic, Version, Versioned},
        many::whole,
        session::Session,
    },
    paths,
    state::live::{Following, Link, News, use_live},
    texts::use_texts,
};
use choose::{ChooseButton, Choosing};
use filters::Filters;
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};
use table::Table;

/// What the URL asks for; a user who may not see everything begins in the namespace of the kubeconfig's context.
fn use_list_query() -> Memo<ListQuery> {
    let map = use_query_map();
    let session: Session = use_context().unwrap_or_default();
    let namespaces = session.namespaces;
    Memo::new(move |_| {
        let mut query = ListQuery::from_pairs(|key| map.read().get(key));
        if query.namespaces.is_empty() {
            query.namespaces = namespaces.unnamed();
        }
        query
    })
}

/// The page of the list.
#[component]
pub fn ListPage() -> impl IntoView {
    let t = use_texts();
    let query = use_list_query();
    // The first picture comes with the page; what changes after it, and after the URL, comes by the socket.
    let first = Resource::new_blocking(|| (), move |()| list_sets(query.get_untracked()));
    let search = use_location().search;
    let choosing = RwSignal::new(None::<Choosing>);
    let create = move |step| paths::create_from(&search.read(), step);
    view! {
        <Title text=t.list_title()/>
        <main>
            <div class="row between">
                <h1>{t.list_title()}</h1>
                <div class="row writes">
                    <ChooseButton choosing/>
                    <a class="btn" href=move || create("import")>{t.list_import()}</a>
                    <a class="btn primary" href=move || create("")><Icon name=IconName::Plus/>{t.list_create()}</a>
                </div>
            </div>
            <Suspense fallback=Skeleton>
                {move || Suspend::new(async move { view! { <Followed first=first.await query choosing/> } })}
            </Suspense>
        </main>
    }
}

/// What is known of the list, and what went wrong with it.
#[derive(Clone, Copy)]
struct Shown {
    view: RwSignal<Option<ListView>>,
    fault: RwSignal<Option<ApiError>>,
}

impl Shown {
    fn take(self, answer: Result<ListView, ApiError>) {
        match answer {
            Ok(view) => {
                self.view.set(Some(view));
                self.fault.set(None);
            }
            Err(error) => self.fault.set(Some(error)),
        }
    }
}

#[component]
fn Followed(
    first: Result<Versioned<ListView>, ApiError>,
    query: Memo<ListQuery>,
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let since = first.as_ref().ok().map(|f| f.version);
    let shown = Shown {
        view: RwSignal::new(None),
        fault: RwSignal::new(None),
    };
    shown.take(first.map(|f| f.picture));
    follow(shown, query, since);
    // The table is drawn once: what changes in it changes there.
    let drawn = Memo::new(move |_| shown.view.read().is_some());
    let offline =
        Memo::new(move |_| drawn.get() && matches!(*shown.fault.read(), Some(ApiError::Unavailable(_))));
    let refused = Memo::new(move |_| shown.fault.get().filter(|_| !offline.get()));
    let t = use_texts();
    view! {
        <Filters query counts=Signal::derive(move || shown.view.read().as_ref().map(|v| v.counts.clone()).unwrap_or_default())/>
        {move || choosing.get().map(|c| (c.bar)(c.clone(), choosing, shown.view, query))}
        {move || offline.get().then(|| view! {
            <Callout tone=Tone::Warn><b>{t.fault_title_unavailable()}</b>" "{t.fault_help_unavailable()}</Callout>
        }.into_any())}
        {move || match (refused.get(), drawn.get()) {
            (Some(error), _) => view! { <Fault error/> }.into_any(),
            (None, true) => view! { <Rows view=shown.view query choosing/> }.into_any(),
            (None, false) => view! { <Skeleton/> }.into_any(),
        }}
    }
}

/// Follows the topic of the URL; while there is no socket, a new URL is asked for the plain way.
fn follow(shown: Shown, query: Memo<ListQuery>, since: Option<Version>) {
    let live = use_live();
    let following: Slot = StoredValue::new(None);
    // It tracks nothing, so it runs once: what it follows ends with the page, not with the next URL.
    Effect::new(move || {
        let topic = Topic::Sets(query.get_untracked());
        let followed = live.follow(topic, since, move |news| take(shown, following, query, news));
        following.set_value(Some(followed));
    });
    Effect::new(move |before: Option<ListQuery>| {
        let wanted = query.get();
        if let (Some(before), Some(following)) = (before, following.get_value())
            && before != wanted
        {
            if live.link_now() != Link::Live {
                let asked = wanted.clone();
                spawn_local(async move { shown.take(list_sets(asked).await.map(|f| f.picture)) });
            }
            following.turn_to(Topic::Sets(wanted.clone()));
        }
        wanted
    });
}

type Slot = StoredValue<Option<Following>>;

fn take(shown: Shown, following: Slot, query: Memo<ListQuery>, news: News<ListView>) {
    match news {
        News::Picture(view) => shown.take(Ok(view)),
        News::Change(delta) => {
            let whole = shown
                .view
                .try_update(|view| view.as_mut().is_some_and(|v| v.apply(delta)))
                .unwrap_or(true);
            shown.fault.set(None);
            if !whole && let Some(following) = following.get_value() {
                following.turn_to(Topic::Sets(query.get_untracked()));
            }
        }
        News::Refused(error) => shown.take(Err(error)),
    }
}

/// The table, or why it is empty; and where in a long list one is.
#[component]
fn Rows(
    view: RwSignal<Option<ListView>>,
    query: Memo<ListQuery>,
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let t = use_texts();
    let matching = Memo::new(move |_| view.read().as_ref().map_or(0, |v| v.matching));
    let all = Memo::new(move |_| view.read().as_ref().map_or(0, |v| v.counts.all));
    let empty = Memo::new(move |_| matching.get() == 0);
    let filtered = Memo::new(move |_| !query.read().text.is_empty() || query.read().group.is_some());
    let nothing = move || {
        view! {
            <section class="fault">
                {move || if filtered.get() {
                    view! {
                        <h2>{t.list_no_match()}</h2>
                        <p class="dim">{move || t.list_no_match_help(all.get())}</p>
                        <a class="btn" href=move || cleared(&query.read())>{t.list_clear()}</a>
                    }.into_any()
                } else {
                    view! {
                        <h2>{t.list_empty()}</h2>
                        <p class="dim">{t.list_empty_help()}</p>
                        <a class="btn primary writes" href=move || paths::create_from(&paths::list(&query.read()), "")><Icon name=IconName::Plus/>{t.list_create()}</a>
                    }.into_any()
                }}
            </section>
        }
    };
    view! {
        {move || if empty.get() { nothing().into_any() } else { view! { <Table view query choosing/> }.into_any() }}
        <Footer matching query/>
    }
}

fn cleared(query: &ListQuery) -> String {
    paths::list(&ListQuery {
        namespaces: query.namespaces.clone(),
        ..ListQuery::default()
    })
}

#[component]
fn Footer(matching: Memo<usize>, query: Memo<ListQuery>) -> impl IntoView {
    let t = use_texts();
    let count = move || {
        let n = whole(matching.get());
        match query.read().namespaces.as_slice() {
            [] => t.list_in_all(n),
            names => t.list_in_some(n, names.join(", ")),
        }
    };
    let at = move |from: i64| {
        paths::list(&ListQuery {
            offset: usize::try_from(from).unwrap_or(0),
            ..query.get()
        })
    };
    let offset = Memo::new(move |_| whole(query.read().offset));
    let all = Memo::new(move |_| whole(matching.get()));
    view! { <p class="dimmer sm foot-note"><span>{move || count()}</span><Pages offset all at/></p> }
}

/// The shape of what comes.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="card skeleton" aria-hidden="true">{(0..6).map(|_| view! { <div><i></i><i></i><i></i></div> }.into_any()).collect_view()}</div>
    }
}
