//! What the pods use: of all together, and of each.
use crate::{
    api::{ApiError, pods::get_usage},
    components::{
        callout::{Callout, Tone},
        chart::{Chart, Numbers, Spark, amount, measured, share},
        fault::Fault,
        names::told,
        pages::Pages,
    },
    model::{
        detail::DetailView,
        live::Versioned,
        usage::{Measure, Source, Track, UsageQuery, UsageView},
    },
    paths,
    state::usage::follow_usage,
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const MEASURES: [Measure; 2] = [Measure::Cpu, Measure::Memory];

/// The tab: the order and the window are in the URL.
#[component]
pub(super) fn Usage(view: Signal<DetailView>) -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| {
        let map = map.read();
        view.with(|v| UsageQuery {
            namespace: v.head.row.namespace.clone(),
            name: v.head.row.name.clone(),
            pod: String::new(),
            from: map.get("pods").and_then(|from| from.parse().ok()).unwrap_or(0),
            by: map.get("by").and_then(|by| Measure::from_name(&by)),
        })
    });
    let first = Resource::new_blocking(move || query.get(), get_usage);
    view! {
        <Transition fallback=|| view! { <div class="card skeleton" aria-hidden="true"><div><i></i></div></div> }>
            {move || Suspend::new(async move {
                let first: Result<Versioned<UsageView>, ApiError> = first.await;
                match first {
                    Ok(first) => view! { <Body query=query.get_untracked() first/> }.into_any(),
                    Err(error) => view! { <Fault error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Body(query: UsageQuery, first: Versioned<UsageView>) -> impl IntoView {
    let t = use_texts();
    let usage = follow_usage(query.clone(), Some(first));
    let total = Memo::new(move |_| usage.read().total.clone());
    let counted = Memo::new(move |_| usage.with(|u| u.source == Source::Answers && u.all > 0));
    let missing =
        move || usage.with(|u| (!u.missing.is_empty()).then(|| t.usage_missing(told(t, &u.missing))));
    let charts = move || {
        MEASURES
            .map(|measure| view! { <Chart track=total measure/> })
            .collect_view()
    };
    view! {
        {move || usage.with(|u| why(t, &u.source, u.all))}
        <Show when=move || counted.get()>
            <section class="card inside usage" aria-label=t.usage_all()>
                <div class="charts">{charts()}</div>
                <p class="dim sm" role="status">{missing}</p>
                <Numbers track=total/>
            </section>
            <Table query=query.clone() usage/>
        </Show>
        <p class="dimmer sm foot-note"><span>{t.usage_note()}</span></p>
    }
}

/// Why there are no numbers.
pub(super) fn why(t: Texts, source: &Source, pods: i64) -> Option<AnyView> {
    let words = match source {
        Source::Answers if pods > 0 => return None,
        Source::Answers => view! { <p class="dim">{t.usage_no_pods()}</p> }.into_any(),
        Source::Asked => view! { <p class="dim">{t.usage_asked()}</p> }.into_any(),
        Source::Nobody => {
            view! { <Callout tone=Tone::Info><b>{t.usage_nobody()}</b>" "{t.usage_nobody_help()}</Callout> }
                .into_any()
        }
        Source::Refused(error) => {
            let told = error.words();
            view! {
                <Callout tone=Tone::Warn><b>{t.usage_refused()}</b>" "<span class="mono sm">{told}</span></Callout>
            }
            .into_any()
        }
    };
    Some(words)
}

/// A row for each pod.
#[component]
fn Table(query: UsageQuery, usage: RwSignal<UsageView>) -> impl IntoView {
    let t = use_texts();
    let uids = Memo::new(move |_| usage.with(|u| u.tracks.iter().map(|t| t.uid.clone()).collect::<Vec<_>>()));
    let (rows, from) = (Signal::derive(move || usage.read().all), query.from);
    let place = StoredValue::new((query.namespace.clone(), query.name.clone()));
    let url =
        move |by, from| place.with_value(|(namespace, name)| paths::set_usage(namespace, name, by, from));
    let by = query.by;
    let head = move |of: Option<Measure>, word: &'static str| {
        let order = (by == of).then_some(if of.is_none() { "ascending" } else { "descending" });
        let (href, title) = (url(of, 0), t.list_sort(word));
        view! { <th scope="col" class:r=of.is_some() aria-sort=order><a href=href title=title>{word}</a></th> }
            .into_any()
    };
    let two = move |m: Measure| {
        view! { {head(Some(m), measured(t, m))}<th scope="col" class="hide-s">{t.usage_course()}</th> }
    };
    let row = move |uid: String| view! { <Row uid usage namespace=place.with_value(|p| p.0.clone())/> };
    view! {
        <div class="card scroll">
            <table class="cards usage">
                <thead><tr>
                    {head(None, t.detail_pod())}
                    {MEASURES.map(two).collect_view()}
                </tr></thead>
                <tbody><For each=move || uids.get() key=String::clone children=row/></tbody>
            </table>
        </div>
        <Pages offset=from all=rows at=move |from| url(by, from)/>
    }
}

#[component]
fn Row(uid: String, usage: RwSignal<UsageView>, namespace: String) -> impl IntoView {
    let t = use_texts();
    let track = Memo::new(move |old: Option<&Track>| {
        let found = usage.with(|u| u.tracks.iter().find(|t| t.uid == uid).cloned());
        found.or_else(|| old.cloned()).unwrap_or_default()
    });
    let pod = track.with_untracked(|track| track.pod.clone());
    let href = paths::pod(&namespace, &pod);
    let readings = Signal::derive(move || track.read().readings.clone());
    let cell = move |measure: Measure| {
        view! {
            <td class="num r" data-label=measured(t, measure)>{move || track.with(|track| used(t, track, measure))}</td>
            <td class="hide-s"><Spark readings measure/></td>
        }
    };
    view! { <tr><th scope="row"><a class="name" href=href>{pod}</a></th>{MEASURES.map(cell).collect_view()}</tr> }
}

/// The amount, and below it how much of request and limit that is.
fn used(t: Texts, track: &Track, measure: Measure) -> AnyView {
    let Some(last) = track.last() else {
        return view! { <span class="dimmer">{t.usage_none()}</span> }.into_any();
    };
    let (now, bounds) = (measure.of(last), track.asked.of(measure));
    let request = share(now, bounds.request).map(|percent| t.usage_of_request(grouped(whole(percent))));
    let limit = share(now, bounds.limit).map(|percent| t.usage_of_limit(grouped(whole(percent))));
    let shares: Vec<String> = [request, limit].into_iter().flatten().collect();
    view! { {amount(measure, now)}<div class="dimmer sm">{shares.join(" · ")}</div> }.into_any()
}

fn whole(percent: u64) -> i64 {
    i64::try_from(percent).unwrap_or(i64::MAX)
}
