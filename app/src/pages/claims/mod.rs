//! The claims of StatefulSets: which pod has which, and which are left behind with their data.
mod delete;
mod table;

use crate::{
    api::{ApiError, claims::list_claims},
    components::{
        callout::{Callout, Tone},
        fault::Fault,
        icon::{Icon, IconName},
        pages::Pages,
    },
    model::{
        claims::{ClaimRow, ClaimsQuery, ClaimsView},
        live::{Topic, Version, Versioned},
        many::{ROWS, whole},
        session::Session,
    },
    paths,
    state::{
        live::{News, use_live},
        texts::{lazy_texts, provide_lazy},
    },
    texts::{Part, use_texts},
};
use delete::DeleteChosen;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use std::collections::BTreeSet;
use table::Table;

/// The page, whose code is loaded when it is first opened.
pub struct ClaimsPage;

#[lazy_route]
impl LazyRoute for ClaimsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Page/> }.into_any()
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shown {
    query: Memo<ClaimsQuery>,
    view: RwSignal<Option<ClaimsView>>,
    fault: RwSignal<Option<ApiError>>,
    /// The UIDs that are ticked.
    ticked: RwSignal<BTreeSet<String>>,
    /// The claims that the open dialog is about.
    asked: RwSignal<Option<Vec<ClaimRow>>>,
}

impl Shown {
    fn rows(self) -> Vec<ClaimRow> {
        self.view
            .with(|v| v.as_ref().map(|v| v.rows.clone()).unwrap_or_default())
    }

    /// The ticked claims that are still left behind.
    fn chosen(self) -> Vec<ClaimRow> {
        let ticked = self.ticked.read();
        self.rows()
            .into_iter()
            .filter(|r| r.is_left() && ticked.contains(&r.uid))
            .collect()
    }

    fn of(self, part: impl Fn(&ClaimsView) -> usize) -> usize {
        self.view.with(|v| v.as_ref().map_or(0, part))
    }
}

#[component]
fn Page() -> impl IntoView {
    let t = use_texts();
    let map = use_query_map();
    let session: Session = use_context().unwrap_or_default();
    let unnamed = session.namespaces.unnamed();
    let query = Memo::new(move |_| {
        let mut query = ClaimsQuery::from_pairs(|key| map.read().get(key));
        if query.namespaces.is_empty() {
            query.namespaces = unnamed.clone();
        }
        query
    });
    let texts = lazy_texts(Part::Objects);
    let first = Resource::new_blocking(move || query.get(), list_claims);
    view! {
        <Title text=t.frame_claims()/>
        <main>
            <h1>{t.frame_claims()}</h1>
            <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i><i></i><i></i></div></div> }>
                {move || Suspend::new(async move {
                    let t = provide_lazy(Part::Objects, &texts.await);
                    view! { <p class="dim lead">{t.claims_lead()}</p><Followed first=first.await query/> }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Followed(first: Result<Versioned<ClaimsView>, ApiError>, query: Memo<ClaimsQuery>) -> impl IntoView {
    let since = first.as_ref().ok().map(|f| f.version);
    let (picture, error) = match first {
        Ok(first) => (Some(first.picture), None),
        Err(error) => (None, Some(error)),
    };
    let shown = Shown {
        query,
        view: RwSignal::new(picture),
        fault: RwSignal::new(error),
        ticked: RwSignal::new(BTreeSet::new()),
        asked: RwSignal::new(None),
    };
    follow(shown, since);
    let lost = move |e: &ApiError| matches!(e, ApiError::Unavailable(_)) && shown.view.read().is_some();
    // Each piece of news says that all is well: only a new fault, or the end of one, draws the page anew.
    let refused = Memo::new(move |_| shown.fault.get().filter(|e| !lost(e)));
    let t = use_texts();
    view! {
        <Show when=move || shown.fault.with(|f| f.as_ref().is_some_and(lost))>
            <Callout tone=Tone::Warn><b>{t.fault_title_unavailable()}</b>" "{t.fault_help_unavailable()}</Callout>
        </Show>
        {move || match refused.get() {
            Some(error) => view! { <Fault error/> }.into_any(),
            None => view! { <Body shown/> }.into_any(),
        }}
    }
}

/// Follows the topic of the URL. A new URL makes a new first picture, and with it another one of these.
fn follow(shown: Shown, since: Option<Version>) {
    let live = use_live();
    Effect::new(move |followed: Option<()>| {
        if followed.is_some() {
            return;
        }
        let topic = Topic::Claims(shown.query.get_untracked());
        live.follow(topic, since, move |news: News<ClaimsView>| match news {
            News::Picture(view) | News::Change(view) => {
                shown.view.set(Some(view));
                shown.fault.set(None);
            }
            News::Refused(error) => shown.fault.set(Some(error)),
        });
    });
}

#[component]
fn Body(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let matching = Memo::new(move |_| shown.of(|v| if shown.query.read().left { v.left } else { v.all }));
    view! {
        <Filters shown/>
        <Show when=move || { matching.get() > 0 } fallback=move || view! {
            <section class="fault">
                <Show when=move || shown.query.read().left fallback=move || view! { <h2>{t.claims_empty()}</h2><p class="dim">{t.claims_empty_help()}</p> }>
                    <Icon name=IconName::Check/>
                    <h2>{t.claims_none_left()}</h2>
                    <p class="dim">{t.claims_none_left_help()}</p>
                </Show>
            </section>
        }>
            <Table shown/>
            <Footer shown matching/>
        </Show>
        <delete::Delete shown/>
    }
}

/// All, or only what is left behind; how much that is; and the button for what is ticked.
#[component]
fn Filters(shown: Shown) -> impl IntoView {
    let t = use_texts();
    let link = move |left: bool, word: &'static str, count: fn(&ClaimsView) -> usize| {
        let href = move || {
            paths::claims(&ClaimsQuery {
                left,
                offset: 0,
                ..shown.query.get()
            })
        };
        let current = move || (shown.query.read().left == left).then_some("true");
        view! { <a href=href aria-current=current>{word}<span class="n">{move || shown.of(count)}</span></a> }
    };
    let left = move || {
        let view = shown.view.read();
        let view = view.as_ref().filter(|v| v.left > 0)?;
        Some(t.claims_left_sum(i64::try_from(view.left).unwrap_or(i64::MAX), &view.left_size))
    };
    view! {
        <div class="row filters">
            <nav class="seg" aria-label=t.claims_show()>
                {link(false, t.claims_all(), |v| v.all)}
                {link(true, t.claims_left(), |v| v.left)}
            </nav>
            <p class="left-sum">{move || left().map(|words| view! { <span class="st warn"><Icon name=IconName::Warn/>{words}</span> })}</p>
            <span class="grow"></span>
            <DeleteChosen shown/>
        </div>
    }
}

#[component]
fn Footer(shown: Shown, matching: Memo<usize>) -> impl IntoView {
    let at = move |from: i64| {
        paths::claims(&ClaimsQuery {
            offset: usize::try_from(from).unwrap_or(0),
            ..shown.query.get()
        })
    };
    let offset = Memo::new(move |_| whole(shown.query.read().offset));
    let all = Memo::new(move |_| whole(matching.get()));
    view! {
        <Show when=move || { all.get() > whole(ROWS) }>
            <p class="dimmer sm foot-note"><span></span><Pages offset all at/></p>
        </Show>
    }
}
