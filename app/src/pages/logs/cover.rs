//! How much is read, what keeps the rest, and the ways to what is worth a look.
use super::state::{Logs, is_error};
use crate::{
    components::icon::{Icon, IconName},
    model::log::{Cover, Entry, State, Stream, book::Row, cover},
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// Of how many streams the reason is told one by one.
const TOLD: usize = 4;

/// Why nothing of a stream is read.
fn reason(t: Texts, stream: &Stream, several: bool) -> String {
    let name = if several && !stream.container.is_empty() {
        format!("{}/{}", stream.pod, stream.container)
    } else {
        stream.pod.clone()
    };
    match &stream.state {
        State::Opening | State::Reading | State::Ended(_) => String::new(),
        State::Waiting { reason, message } => t.log_waiting(name, format!("{reason} {message}").trim()),
        State::NoPrevious => t.log_no_previous(name),
        State::Missing => t.log_missing(name),
        State::TooMany => t.log_too_many(name),
        State::Unreachable(words) => t.log_unreachable(name, words),
        State::Refused(words) => t.log_refused(name, words),
    }
}

fn sentence(t: Texts, streams: &[Stream]) -> (bool, String, String) {
    let Cover { read, pods, missing } = cover(streams);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let several = streams.iter().filter(|s| s.wanted).count() > pods;
    let mut reasons: Vec<String> = missing.iter().take(TOLD).map(|s| reason(t, s, several)).collect();
    if missing.len() > TOLD {
        reasons.push(t.log_and_more(count(missing.len() - TOLD)));
    }
    let all = missing.is_empty() && read == pods;
    (all, t.log_cover(count(pods), read), reasons.join("; "))
}

/// The sentence, and the ways.
#[component]
pub fn Coverage(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let told = Memo::new(move |_| logs.book.with(|b| sentence(t, b.streams())));
    let icon = move || {
        if told.read().0 {
            IconName::Check
        } else {
            IconName::Warn
        }
    };
    let class = move || if told.read().0 { "all" } else { "" };
    view! {
        <div class="cover">
            <p role="status" class=class>
                {move || view! { <Icon name=icon()/> }}
                <span><b>{move || told.read().1.clone()}</b>
                    {move || Some(told.read().2.clone()).filter(|r| !r.is_empty()).map(|r| view! { <span class="dim">"; "{r}</span> }.into_any())}
                </span>
            </p>
            <Jump logs/>
        </div>
    }
}

/// What can be gone to.
#[derive(Clone, Copy, PartialEq)]
enum To {
    Error,
    Began,
    LeftOut,
    Gap,
}

impl To {
    fn is(self, row: &Row) -> bool {
        match self {
            Self::Error => is_error(row),
            Self::Began => matches!(*row.entry, Entry::Began { .. }),
            Self::LeftOut => matches!(*row.entry, Entry::Dropped(_)),
            Self::Gap => matches!(*row.entry, Entry::Gap { .. }),
        }
    }
}

#[component]
fn Jump(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let counts = Memo::new(move |_| {
        let book = logs.book.read();
        [To::Error, To::Began, To::LeftOut, To::Gap].map(|to| {
            let rows = book.rows().iter().filter(|r| r.shown && to.is(r));
            (to, i64::try_from(rows.count()).unwrap_or(0))
        })
    });
    let way = move |(to, n): (To, i64)| {
        let words = match to {
            To::Error => t.log_to_error(n),
            To::Began => t.log_to_began(n),
            To::LeftOut => t.log_to_left_out(n),
            To::Gap => t.log_to_gap(n),
        };
        let class = if to == To::Error {
            "btn small ghost e"
        } else {
            "btn small ghost"
        };
        let go = move |_| logs.find(false, |row| to.is(row));
        (n > 0).then(|| view! { <button type="button" class=class on:click=go>{words}</button> }.into_any())
    };
    move || {
        let ways: Vec<AnyView> = counts.get().into_iter().filter_map(way).collect();
        (!ways.is_empty()).then(|| {
            view! { <div class="jump js-only" role="group" aria-label=t.log_jump()>{ways}</div> }.into_any()
        })
    }
}
