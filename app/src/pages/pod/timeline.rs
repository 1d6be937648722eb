//! The conditions and the runs of the containers on one time line.
use super::panel::Panel;
use crate::{
    components::{
        icon::{Icon, IconName},
        time::{exact, words},
    },
    model::{
        pod::{Lane, PodView, Span, lanes},
        time::age,
    },
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// A line is drawn again only where a thousandth of it changed; the words beside it follow the clock.
#[component]
pub fn Timeline(view: Signal<PodView>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let body = Memo::new(move |_| view.read().pod.clone());
    let all = Memo::new(move |_| lanes(&body.read(), clock.get()));
    let created = move || body.read().facts.created;
    let aside = view! { <span class="sm dimmer">{move || t.pod_conditions_since(exact(created()))}</span> };
    let row =
        move |(index, _): (usize, String)| view! { <Row index all body_created=Signal::derive(created)/> };
    let names = move || {
        let all = all.read();
        all.iter()
            .enumerate()
            .map(|(n, l)| (n, l.name.clone()))
            .collect::<Vec<_>>()
    };
    view! {
        <Panel title=t.pod_conditions() aside=aside.into_any()>
            <ul class="lanes"><For each=names key=Clone::clone children=row/></ul>
        </Panel>
    }
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

fn class(span: Span) -> &'static str {
    match span {
        Span::Waiting => "waiting",
        Span::True => "true",
        Span::False => "false",
        Span::Ran => "ran",
        Span::Failed => "failed",
    }
}

#[component]
fn Row(index: usize, all: Memo<Vec<Lane>>, body_created: Signal<i64>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let lane = Memo::new(move |old: Option<&Lane>| {
        let found = all.read().get(index).cloned();
        found.or_else(|| old.cloned()).unwrap_or_else(|| Lane {
            name: String::new(),
            container: false,
            spans: Vec::new(),
            status: String::new(),
            since: 0,
        })
    });
    let spans = Memo::new(move |_| lane.read().spans.clone());
    let bar = |(span, from, to): (Span, i64, i64)| {
        let style = format!("left:{}%;width:{}%", tenth(from), tenth(to - from));
        view! { <b class=class(span) style=style></b> }
    };
    let mark = move || match lane.read().status.as_str() {
        "True" => view! { <span class="st ok"><Icon name=IconName::Check/></span> }.into_any(),
        "" => view! { <span class="st busy"><Icon name=IconName::Rolling/></span> }.into_any(),
        _ => view! { <span class="st bad"><Icon name=IconName::Close/></span> }.into_any(),
    };
    let name = move || {
        let lane = lane.read();
        if lane.container {
            t.pod_lane_runs(&lane.name)
        } else {
            lane.name.clone()
        }
    };
    view! {
        <li>
            <span class="name">{mark}<span>{name}</span></span>
            <span class="line" aria-hidden="true">{move || spans.get().into_iter().map(bar).collect_view()}</span>
            <span class="dim">{move || beside(t, &lane.read(), body_created.get(), clock.get())}</span>
        </li>
    }
}

/// Thousandths as a percentage.
fn tenth(thousandths: i64) -> String {
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
