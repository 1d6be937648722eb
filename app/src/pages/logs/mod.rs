//! The logs of a pod, or of all pods of a set in one stream. Without JavaScript it is their end, as a plain page.
mod colour;
mod connection;
mod cover;
mod fold;
mod foot;
mod line;
mod list;
mod marks;
mod range;
mod state;
mod tools;
mod top;

use crate::{
    api::{ApiError, logs::get_logs},
    components::fault::Fault,
    model::log::{LogQuery, Page as Drawn, Scope},
    state::texts::{lazy_texts, provide_lazy},
    texts::{Part, use_texts},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_location, use_params_map, use_query_map},
    lazy_route,
};
use state::Logs;

/// The page, whose code is loaded when it is first opened.
pub struct LogsPage;

#[lazy_route]
impl LazyRoute for LogsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Page/> }.into_any()
    }
}

/// Whose logs the path names.
fn use_scope() -> Memo<Scope> {
    let (params, path) = (use_params_map(), use_location().pathname);
    Memo::new(move |_| {
        let part = |name| params.read().get(name).unwrap_or_default();
        let (namespace, name) = (part("namespace"), part("name"));
        if path.read().starts_with("/pods/") {
            Scope::Pod { namespace, name }
        } else {
            Scope::Set { namespace, name }
        }
    })
}

#[component]
fn Page() -> impl IntoView {
    let (scope, map) = (use_scope(), use_query_map());
    let texts = lazy_texts(Part::Logs);
    let query = move || map.with_untracked(|map| LogQuery::from_pairs(|key| map.get(key)));
    let first = Resource::new_blocking(
        move || scope.get(),
        move |scope| {
            let reading = query().reading;
            async move { (scope.clone(), get_logs(scope, reading).await) }
        },
    );
    view! {
        <main class="logs">
            <Suspense fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i><i></i></div></div> }>
                {move || Suspend::new(async move {
                    provide_lazy(Part::Logs, &texts.await);
                    let (scope, first) = first.await;
                    view! { <Of scope first/> }
                })}
            </Suspense>
        </main>
    }
}

/// The parts, for one set or pod.
#[component]
fn Of(scope: Scope, first: Result<Drawn, ApiError>) -> impl IntoView {
    let t = use_texts();
    let logs = Logs::new(scope.clone(), first);
    let name = scope.name().to_owned();
    logs.begin();
    let hidden = Memo::new(move |_| {
        logs.fault
            .get()
            .filter(|e| logs.book.read().rows().is_empty() || !matches!(e, ApiError::Unavailable(_)))
    });
    view! {
        <Title text=t.log_title(&name)/>
        <top::Top logs/>
        {move || match hidden.get() {
            Some(error) => view! { <Fault error/> }.into_any(),
            None => view! {
                <tools::Tools logs/>
                <cover::Coverage logs/>
                <list::List logs/>
                <foot::Foot logs/>
            }
            .into_any(),
        }}
    }
}
