//! From when on is read, to when, and how many lines.
use super::state::Logs;
use crate::{
    components::{menu::Menu, time::words},
    model::{
        log::{TAIL, when},
        time::{age, exact},
    },
    texts::{Texts, grouped, use_texts},
};
use leptos::prelude::*;

/// The times that are offered, in seconds.
const SINCE: [i64; 5] = [300, 900, 3_600, 21_600, 86_400];
/// The last lines that are offered.
const TAILS: [i64; 4] = [50, TAIL, 1_000, 5_000];

/// From when on, and how many lines.
#[component]
pub fn Range(logs: Logs) -> impl IntoView {
    let t = use_texts();
    let told = move || {
        logs.query.with(|q| match (&q.reading, q.reading.tail) {
            (r, _) if r.from.is_some() || r.to.is_some() => {
                let end = |at: Option<i64>| at.map(exact).unwrap_or_default();
                format!("{} – {}", end(r.from), end(r.to))
            }
            (r, _) if r.since.is_some() => t.log_since(duration(t, r.since.unwrap_or(0))),
            (_, Some(n)) => t.log_tail(grouped(n)),
            (_, None) => t.log_tail_all().to_owned(),
        })
    };
    let tail = move |n: Option<i64>| {
        let word = n.map_or(t.log_tail_all().to_owned(), |n| t.log_tail(grouped(n)));
        let choose = move |_| {
            logs.read(|r| (r.tail, r.since, r.from, r.to) = (n, None, None, None));
        };
        view! { <button type="button" on:click=choose>{word}</button> }.into_any()
    };
    let since = move |n: i64| {
        let choose = move |_| {
            logs.read(|r| (r.tail, r.since, r.from, r.to) = (None, Some(n), None, None));
        };
        view! { <button type="button" on:click=choose>{t.log_since(duration(t, n))}</button> }.into_any()
    };
    let moment = move |begins: bool| {
        let label = if begins { t.log_from() } else { t.log_to() };
        let value = move || {
            let at = logs
                .query
                .with(|q| if begins { q.reading.from } else { q.reading.to });
            at.map(|at| exact(at).trim_end_matches('Z').to_owned())
                .unwrap_or_default()
        };
        let set = move |event| {
            let at = when::moment(&event_target_value(&event));
            logs.read(|r| {
                (r.since, r.tail) = (None, None);
                *(if begins { &mut r.from } else { &mut r.to }) = at;
            });
        };
        view! { <label class="check"><span>{label}</span><input type="datetime-local" class="in" step="1" prop:value=value on:change=set/></label> }
            .into_any()
    };
    let tails = TAILS.map(|n| tail(Some(n))).into_iter().chain([tail(None)]);
    view! {
        <Menu label=t.log_range() value=Signal::derive(told)>
            {tails.collect::<Vec<_>>()}{SINCE.map(since).into_iter().collect::<Vec<_>>()}
            {moment(true)}{moment(false)}
        </Menu>
    }
}

fn duration(t: Texts, seconds: i64) -> String {
    words(t, age(0, seconds))
}
