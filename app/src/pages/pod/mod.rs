//! The page of one pod: is it all right, and if not, what helps; then everything it is made of. The page of a container
//! is a part of it, with a URL of its own.
mod acts;
pub mod container;
pub mod containers;
pub mod environment;
mod events;
mod exit;
mod head;
pub mod panel;
mod says;
pub mod side;
mod timeline;
mod usage;
mod yaml;

use crate::{
    api::{ApiError, pods::get_pod},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
        icon::{Icon, IconName},
    },
    model::{
        live::{Topic, Version, Versioned},
        pod::PodView,
    },
    paths,
    state::{
        live::{News, use_live},
        object::use_object,
        texts::{lazy_texts, provide_lazy},
    },
    texts::{Part, use_texts},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_params_map, use_query_map},
    lazy_route,
};

/// The page, whose code is loaded when it is first opened.
pub struct PodPage;

#[lazy_route]
impl LazyRoute for PodPage {
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
    let texts = lazy_texts(Part::Objects);
    let first = Resource::new_blocking(move || key.get(), |(namespace, name)| get_pod(namespace, name));
    view! {
        <Title text=move || key.read().1.clone()/>
        <main>
            <Suspense fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div> }>
                {move || Suspend::new(async move {
                    provide_lazy(Part::Objects, &texts.await);
                    let first = first.await;
                    let (namespace, name) = key.get_untracked();
                    view! { <Followed first namespace name/> }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Followed(first: Result<Versioned<PodView>, ApiError>, namespace: String, name: String) -> impl IntoView {
    let t = use_texts();
    let (picture, since, error) = match first {
        Ok(first) => (Some(first.picture), Some(first.version), None),
        Err(error) => (None, None, Some(error)),
    };
    let (view, fault) = (RwSignal::new(picture), RwSignal::new(error));
    let topic = Topic::Pod {
        namespace: namespace.clone(),
        name: name.clone(),
    };
    follow(view, fault, topic, since);
    // What was seen stays on the page when the pod goes: its ordinal may come back.
    let gone = move || view.read().is_some() && matches!(fault.get(), Some(ApiError::NotFound(_)));
    let hidden = move || {
        fault.get().filter(|e| {
            view.read().is_none() || matches!(e, ApiError::Forbidden { .. } | ApiError::Unauthorized)
        })
    };
    let picture = Memo::new(move |_| view.get().unwrap_or_default());
    let shown = Memo::new(move |_| view.read().is_some() && hidden().is_none());
    let title = StoredValue::new(name);
    let farewell = move || {
        gone().then(|| {
            let set = picture.read().pod.facts.owner.clone();
            let back = if set.is_empty() {
                String::new()
            } else {
                t.pod_gone_back(set)
            };
            view! { <Callout tone=Tone::Warn><b>{t.pod_gone(title.get_value())}</b>" "{back}</Callout> }
                .into_any()
        })
    };
    let nothing = move || {
        let name = title.get_value();
        hidden().map(|error| view! { <h1 class="name">{name}</h1><Nothing error/> }.into_any())
    };
    let body = move || shown.get().then(|| view! { <Body view=picture/> }.into_any());
    view! {
        <head::Crumbs view=picture namespace/>
        {farewell}{nothing}{body}
    }
}

/// Why there is nothing to show.
#[component]
fn Nothing(error: ApiError) -> impl IntoView {
    let t = use_texts();
    match error {
        ApiError::NotFound(words) => view! {
            <section class="fault" role="alert">
                <Icon name=IconName::Search/>
                <h2>{t.pod_missing()}</h2>
                <p class="dim">{t.pod_missing_help()}</p>
                <p class="mono sm">{words}</p>
            </section>
        }
        .into_any(),
        error => view! { <Fault error/> }.into_any(),
    }
}

/// Follows a pod: its pictures go into `view`, what is wrong into `fault`.
pub fn follow(
    view: RwSignal<Option<PodView>>,
    fault: RwSignal<Option<ApiError>>,
    topic: Topic,
    since: Option<Version>,
) {
    let live = use_live();
    Effect::new(move |followed: Option<()>| {
        if followed.is_some() {
            return;
        }
        live.follow(topic.clone(), since, move |news: News<PodView>| {
            match news {
                News::Picture(picture) => view.set(Some(picture)),
                News::Change(delta) => view.update(|view| {
                    if let Some(view) = view {
                        view.apply(delta);
                    }
                }),
                News::Refused(error) => return fault.set(Some(error)),
            }
            fault.set(None);
        });
    });
}

/// The pod, or the container that the URL names.
#[component]
fn Body(view: Memo<PodView>) -> impl IntoView {
    let params = use_params_map();
    let container = Memo::new(move |_| params.read().get("container"));
    move || match container.get() {
        Some(name) => view! { <container::ContainerPage view name/> }.into_any(),
        None => view! { <Whole view/> }.into_any(),
    }
}

/// The parts below the head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Overview,
    Environment,
    Yaml,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Overview, Self::Environment, Self::Yaml];

    fn name(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Environment => "environment",
            Self::Yaml => "yaml",
        }
    }
}

#[component]
fn Whole(view: Memo<PodView>) -> impl IntoView {
    let t = use_texts();
    let map = use_query_map();
    let tab = Memo::new(move |_| {
        let name = map.read().get("tab").unwrap_or_default();
        let named = Tab::ALL.into_iter().find(|t| t.name() == name);
        named.unwrap_or(Tab::Overview)
    });
    let link = move |of: Tab| {
        let word = match of {
            Tab::Overview => t.pod_tab_overview(),
            Tab::Environment => t.pod_tab_environment(),
            Tab::Yaml => t.pod_tab_yaml(),
        };
        let href =
            move || view.with(|v| paths::pod_tab(&v.pod.facts.namespace, &v.pod.facts.name, of.name()));
        let current = move || (tab.get() == of).then_some("page");
        view! { <a href=href aria-current=current>{word}</a> }
    };
    let logs = move || view.with(|v| paths::logs_of(&v.pod.facts.namespace, &v.pod.facts.name, "", false));
    view! {
        <head::Head view/>
        <nav class="tabs" aria-label=t.pod_tabs()>{Tab::ALL.map(link).collect_view()}<a href=logs>{t.page_logs()}</a></nav>
        {move || match tab.get() {
            Tab::Overview => view! { <Overview view/> }.into_any(),
            Tab::Environment => view! { <environment::EnvironmentTab view only=None/> }.into_any(),
            Tab::Yaml => view! { <yaml::Yaml view/> }.into_any(),
        }}
    }
}

/// The panels; on a narrow page one below the other.
#[component]
fn Overview(view: Memo<PodView>) -> impl IntoView {
    // Those beside the containers are drawn anew when the pod changes, not with each event or each sibling.
    let still = Memo::new(move |_| PodView {
        events: Ok(Vec::new()),
        set: Ok(None),
        ..view.get()
    });
    view! {
        <div class="pod">
            <div>
                <timeline::Timeline view=still/>
                <containers::Containers view/>
                <usage::Usage view/>
                <events::Events view/>
            </div>
            <div>
                <acts::Acts view/>
                <side::Side view=still/>
            </div>
        </div>
    }
}
