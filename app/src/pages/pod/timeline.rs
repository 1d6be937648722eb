//! The conditions and the runs of the containers on one time line.
use super::panel::panel;
use crate::{
    components::{
        icon::{Icon, IconName},
        time::words,
    },
    model::{
        pod::{Lane, PodView, Span, lanes},
        time::{age, exact},
    },
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// The lines follow the pod and the clock.
#[component]
pub fn Timeline(view: Memo<PodView>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let since = move || t.pod_conditions_since(exact(view.read().pod.facts.created));
    let rows = move || {
        let now = clock.get();
        view.with(|v| {
            let rows = lanes(&v.pod, now).into_iter();
            rows.map(|lane| row(t, &lane, v.pod.facts.created, now))
                .collect::<Vec<AnyView>>()
        })
    };
    let aside = view! { <span class="sm dimmer">{since}</span> };
    panel(
        t.pod_conditions(),
        aside.into_any(),
        view! { <ul class="lanes">{rows}</ul> }.into_any(),
    )
}

fn beside(t: Texts, lane: &Lane, created: i64, now: i64) -> String {
    let time = |from, to| words(t, age(from, to));
    let runs = lane
        .spans
        .iter()
        .any(|(span, _, end)| *span == Span::Ran && *end == 1_000);
    match lane.status.as_str() {
        "True" if lane.since <= created + 1 => t.pod_lane_true().to_owned(),
        "True" => t.pod_lane_true_after(time(created, lane.since)),
        "" if runs => t.pod_lane_running(time(lane.since, now)),
        "" => t.pod_lane_ended(time(lane.since, now)),
        _ => t.pod_lane_false(time(lane.since, now)),
    }
}

fn class_of(span: Span) -> &'static str {
    match span {
        Span::Waiting => "waiting",
        Span::True => "true",
        Span::False => "false",
        Span::Ran => "ran",
        Span::Failed => "failed",
    }
}

fn row(t: Texts, lane: &Lane, created: i64, now: i64) -> AnyView {
    let (class, icon) = match lane.status.as_str() {
        "True" => ("st ok", IconName::Check),
        "" => ("st busy", IconName::Rolling),
        _ => ("st bad", IconName::Close),
    };
    let name = if lane.container {
        t.pod_lane_runs(&lane.name)
    } else {
        lane.name.clone()
    };
    let bar = |(span, from, to): &(Span, i64, i64)| {
        let style = format!("left:{}%;width:{}%", tenth(*from), tenth(to - from));
        view! { <b class=class_of(*span) style=style></b> }.into_any()
    };
    let bars: Vec<AnyView> = lane.spans.iter().map(bar).collect();
    view! {
        <li>
            <span class="name"><span class=class><Icon name=icon/></span><span>{name}</span></span>
            <span class="line" aria-hidden="true">{bars}</span>
            <span class="dim">{beside(t, lane, created, now)}</span>
        </li>
    }
    .into_any()
}

/// Thousandths as a percentage.
fn tenth(thousandths: i64) -> String {
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
