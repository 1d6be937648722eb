//! The detail page: how the set is, what helps, its ordinals, and what belongs to it.
mod callout;
mod containers;
mod delete;
mod events;
mod fill;
mod head;
mod information;
mod metadata;
mod network;
mod ordinals;
mod repair;
mod revisions;
mod scale;
mod services;
mod storage;
mod usage;
mod yaml;

use crate::{
    api::{ApiError, sets::get_set},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
    },
    model::{
        detail::DetailView,
        live::{Topic, Version, Versioned},
        many::{Runs, whole},
    },
    paths,
    state::{
        live::{News, use_live},
        object::use_object,
        texts::{lazy_texts, provide_lazy},
    },
    texts::{Part, grouped, use_texts},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
pub(super) use revisions::Difference;
pub(super) use scale::{Plan as ScalePlan, course, hold, lost};

/// The parts below the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Ordinals,
    Revisions,
    Containers,
    Network,
    Storage,
    Usage,
    Events,
    Metadata,
    Yaml,
}

impl Tab {
    const ALL: [Self; 9] = [
        Self::Ordinals,
        Self::Revisions,
        Self::Containers,
        Self::Network,
        Self::Storage,
        Self::Usage,
        Self::Events,
        Self::Metadata,
        Self::Yaml,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Ordinals => "",
            Self::Revisions => "revisions",
            Self::Containers => "containers",
            Self::Network => "network",
            Self::Storage => "storage",
            Self::Usage => "usage",
            Self::Events => "events",
            Self::Metadata => "metadata",
            Self::Yaml => "yaml",
        }
    }

    fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|t| t.name() == name)
            .unwrap_or(Self::Ordinals)
    }
}

/// The page of one set, whose code is loaded when one is first opened: the list stays light.
pub struct DetailPage;

#[lazy_route]
impl LazyRoute for DetailPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Page/> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let key = use_object();
    let map = use_query_map();
    // A dialog that opens, and a tab, leave the window where it is.
    let window = Memo::new(move |before: Option<&((String, String), i64)>| {
        let key = key.get();
        let asked = map.read().get("from").and_then(|f| f.parse::<i64>().ok());
        let kept = before.filter(|(of, _)| *of == key).map(|(_, from)| *from);
        (key, asked.or(kept).unwrap_or(0))
    });
    let texts = lazy_texts(Part::Objects);
    let first = Resource::new_blocking(
        move || window.get(),
        |((namespace, name), from)| get_set(namespace, name, from),
    );
    view! {
        <Title text=move || key.read().1.clone()/>
        <main>
            <Suspense fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div> }>
                {move || Suspend::new(async move {
                    provide_lazy(Part::Objects, &texts.await);
                    let first = first.await;
                    let ((namespace, name), from) = window.get_untracked();
                    view! { <Followed first namespace name from/> }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Followed(
    first: Result<Versioned<DetailView>, ApiError>,
    namespace: String,
    name: String,
    from: i64,
) -> impl IntoView {
    let t = use_texts();
    let (picture, since, error) = match first {
        Ok(first) => (Some(first.picture), Some(first.version), None),
        Err(error) => (None, None, Some(error)),
    };
    let (view, fault) = (RwSignal::new(picture), RwSignal::new(error));
    follow(
        view,
        fault,
        Topic::Set {
            namespace: namespace.clone(),
            name: name.clone(),
            from,
        },
        since,
    );
    // What was seen stays on the page when the set is deleted, with a word about it.
    let gone = move || view.read().is_some() && matches!(fault.get(), Some(ApiError::NotFound(_)));
    let hidden = move || {
        fault.get().filter(|e| {
            view.read().is_none() || matches!(e, ApiError::Forbidden { .. } | ApiError::Unauthorized)
        })
    };
    let picture = Signal::derive(move || view.get().unwrap_or_default());
    let shown = move || view.read().is_some() && hidden().is_none();
    let title = StoredValue::new(name);
    view! {
        <p class="sm dimmer crumbs">
            <a href=paths::LIST>{t.frame_statefulsets()}</a>" / "<a href=paths::list_of(&namespace)>{namespace.clone()}</a>
        </p>
        <Show when=gone><Callout tone=Tone::Warn>{t.detail_gone(title.get_value())}</Callout></Show>
        {move || hidden().map(|error| view! { <h1 class="name">{title.get_value()}</h1><Fault error/> })}
        <Show when=shown>
            <head::Head view=picture gone=Signal::derive(gone)/>
            <delete::Delete view=picture gone=Signal::derive(gone)/>
            <Tabs view=picture/>
        </Show>
    }
}

fn follow(
    view: RwSignal<Option<DetailView>>,
    fault: RwSignal<Option<ApiError>>,
    topic: Topic,
    since: Option<Version>,
) {
    let live = use_live();
    Effect::new(move |followed: Option<()>| {
        if followed.is_some() {
            return;
        }
        live.follow(topic.clone(), since, move |news: News<DetailView>| match news {
            News::Picture(picture) => {
                view.set(Some(picture));
                fault.set(None);
            }
            News::Change(delta) => {
                view.update(|view| {
                    if let Some(view) = view {
                        view.apply(delta);
                    }
                });
                fault.set(None);
            }
            News::Refused(error) => fault.set(Some(error)),
        });
    });
}

/// The parts, by links: the URL keeps which one is open.
#[component]
fn Tabs(view: Signal<DetailView>) -> impl IntoView {
    let t = use_texts();
    let map = use_query_map();
    let tab = Memo::new(move |_| Tab::from_name(&map.read().get("tab").unwrap_or_default()));
    let link = move |of: Tab| {
        let word = match of {
            Tab::Ordinals => t.detail_ordinals(),
            Tab::Revisions => t.ops_revisions(),
            Tab::Containers => t.pod_containers(),
            Tab::Network => t.detail_network(),
            Tab::Storage => t.detail_storage(),
            Tab::Usage => t.usage_title(),
            Tab::Events => t.detail_events(),
            Tab::Metadata => t.detail_metadata(),
            Tab::Yaml => t.detail_yaml(),
        };
        let count = move || match of {
            Tab::Ordinals => view.read().whole.present.as_ref().map(Runs::count),
            Tab::Events => view.read().events.as_ref().map(|e| whole(e.len())),
            _ => None,
        };
        let href = move || view.with(|v| paths::set_tab(&v.head.row.namespace, &v.head.row.name, of.name()));
        let current = move || (tab.get() == of).then_some("page");
        view! { <a href=href aria-current=current>{word}{move || count().map(|n| view! { <span class="n">{grouped(n)}</span> })}</a> }
    };
    view! {
        <nav class="tabs" aria-label=t.detail_tabs()>{Tab::ALL.map(link).collect_view()}</nav>
        {move || match tab.get() {
            Tab::Ordinals => view! { <ordinals::Ordinals view/> }.into_any(),
            Tab::Revisions => view! { <revisions::Revisions view/> }.into_any(),
            Tab::Containers => view! { <containers::Containers view/> }.into_any(),
            Tab::Network => view! { <network::Network view/> }.into_any(),
            Tab::Storage => view! { <storage::Storage view/> }.into_any(),
            Tab::Usage => view! { <usage::Usage view/> }.into_any(),
            Tab::Events => view! { <events::Events view/> }.into_any(),
            Tab::Metadata => view! { <metadata::Metadata view/> }.into_any(),
            Tab::Yaml => view! { <yaml::Yaml view/> }.into_any(),
        }}
    }
}
