//! What the pod uses beside what it asks for.
use super::panel::{nothing, panel, refused};
use crate::{
    components::chart::{Chart, Numbers},
    model::{
        pod::PodView,
        usage::{Measure, Source, Track, UsageQuery},
    },
    state::usage::follow_usage,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The panel of a pod that a set owns: its readings are kept with those of its siblings.
#[component]
pub(super) fn Usage(view: Memo<PodView>) -> impl IntoView {
    let set = Memo::new(move |_| {
        view.with(|v| {
            let facts = &v.pod.facts;
            let query = UsageQuery {
                namespace: facts.namespace.clone(),
                name: facts.owner.clone(),
                pod: facts.name.clone(),
                ..UsageQuery::default()
            };
            Some(query).filter(|q| !q.name.is_empty())
        })
    });
    move || set.get().map(|query| view! { <Followed query/> })
}

#[component]
fn Followed(query: UsageQuery) -> impl IntoView {
    let t = use_texts();
    let pod = query.pod.clone();
    let usage = follow_usage(query, None);
    let track = Memo::new(move |_| usage.with(|u| u.track(&pod).cloned()).unwrap_or_default());
    let told = Memo::new(move |_| usage.with(|u| (u.source.clone(), u.tracks.is_empty())));
    let body = move || told.with(|(source, none)| body(t, source, *none, track));
    view! { <div class="js-only">{panel(t.usage_title(), ().into_any(), view! { {body} }.into_any())}</div> }
}

fn body(t: Texts, source: &Source, none: bool, track: Memo<Track>) -> AnyView {
    match source {
        Source::Asked => nothing(t.usage_asked()),
        Source::Nobody => nothing(t.usage_nobody()),
        Source::Refused(error) => refused(t, error),
        Source::Answers if none => nothing(t.usage_not_running()),
        Source::Answers => view! {
            <div class="inside usage">
                <div class="charts"><Chart track measure=Measure::Cpu/><Chart track measure=Measure::Memory/></div>
                <Numbers track/>
            </div>
        }
        .into_any(),
    }
}
