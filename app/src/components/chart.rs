//! Readings over a quarter of an hour as SVG: the server draws it, too, and beside it there is a table of the same
//! numbers.
mod plot;

use super::time::words;
use crate::{
    model::{
        time::{age, exact},
        usage::{KEPT, Measure, Reading, Track},
    },
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::{ev, html, prelude::*};
pub use plot::amount;
use plot::{Plot, WIDTH, x};

/// What is measured, in a word.
pub fn measured(t: Texts, measure: Measure) -> &'static str {
    match measure {
        Measure::Cpu => t.usage_cpu(),
        Measure::Memory => t.usage_memory(),
    }
}

/// How much of what is asked for is used, in percent; none where nothing is asked for.
pub fn share(used: u64, of: u64) -> Option<u64> {
    (of > 0).then(|| u64::try_from(u128::from(used) * 100 / u128::from(of)).unwrap_or(u64::MAX))
}

/// One measure of a track, with its request and limit as lines.
#[component]
pub fn Chart(#[prop(into)] track: Signal<Track>, measure: Measure) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    // What the pointer is on.
    let pointed = RwSignal::new(None::<Reading>);
    let plot = Memo::new(move |_| track.with(|track| Plot::of(track, measure)));
    let read = move || match pointed.get() {
        Some(reading) => {
            let (value, ago) = (amount(measure, measure.of(reading)), age(reading.at, clock.get()));
            t.usage_was(value, words(t, ago))
        }
        None => now(t, &track.read(), measure),
    };
    let figure = NodeRef::<html::Div>::new();
    let point = move |event: ev::PointerEvent| {
        let Some(width) = figure.get().map(|f| f.client_width()).filter(|w| *w > 0) else {
            return;
        };
        let at = i64::from(event.offset_x()) * WIDTH / i64::from(width);
        pointed.set(track.with_untracked(|track| plot::nearest(track, at)));
    };
    let mark = move || {
        let at = pointed.get().zip(track.with(Track::last));
        at.map(|(r, last)| x(r.at, last.at, KEPT))
            .map(|x| view! { <path class="at" d=format!("M{x} 0V1000")/> }.into_any())
    };
    view! {
        <figure class="chart">
            <figcaption><b>{measured(t, measure)}</b>" "<span class="num">{read}</span></figcaption>
            <div class="plot" node_ref=figure on:pointermove=point on:pointerleave=move |_| pointed.set(None)>
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img"
                    aria-label=move || says(t, &track.read(), measure)>
                    {move || plot.with(drawn)}{mark}
                </svg>
                <span class="most num dimmer" aria-hidden="true">{move || plot.with(|p| amount(measure, p.top))}</span>
            </div>
            <p class="axis dimmer">
                <span>{t.usage_begin()}</span>
                {move || legend(t, &track.read(), measure)}
                <span>{t.usage_now()}</span>
            </p>
        </figure>
    }
}

fn drawn(plot: &Plot) -> AnyView {
    let line =
        |class: &'static str, y: i64| view! { <path class=class d=format!("M0 {y}H1000")/> }.into_any();
    view! {
        <path class="area" d=plot.area.clone()/>
        {plot.request.map(|y| line("request", y))}
        {plot.limit.map(|y| line("limit", y))}
        <path class="line" d=plot.line.clone()/>
    }
    .into_any()
}

/// The newest value, and how much that is of what is asked for.
fn now(t: Texts, track: &Track, measure: Measure) -> String {
    let Some(last) = track.last() else {
        return t.usage_none().to_owned();
    };
    let (used, bounds) = (measure.of(last), track.asked.of(measure));
    let request = share(used, bounds.request).map(|percent| t.usage_of_request(percent));
    let limit = share(used, bounds.limit).map(|percent| t.usage_of_limit(percent));
    let parts = [Some(amount(measure, used)), request, limit];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn legend(t: Texts, track: &Track, measure: Measure) -> AnyView {
    let bounds = track.asked.of(measure);
    let one = |class: &'static str, amount: u64, words: String| {
        (amount > 0).then(|| view! { <span class=class>{words}</span> }.into_any())
    };
    view! {
        {one("request", bounds.request, t.usage_request(amount(measure, bounds.request)))}
        {one("limit", bounds.limit, t.usage_limit(amount(measure, bounds.limit)))}
    }
    .into_any()
}

/// The picture in a sentence, for who does not see it.
fn says(t: Texts, track: &Track, measure: Measure) -> String {
    let values = || track.readings.iter().map(|r| measure.of(*r));
    let name = measured(t, measure);
    match (values().min(), values().max()) {
        (Some(least), Some(most)) => {
            let told = now(t, track, measure);
            t.usage_says(name, told, amount(measure, least), amount(measure, most))
        }
        _ => t.usage_says_none(name),
    }
}

/// A curve of the size of a word.
#[component]
pub fn Spark(
    #[prop(into)] readings: Signal<Vec<Reading>>,
    measure: Measure,
    /// Seconds from its left to its right edge.
    #[prop(default = KEPT)]
    span: i64,
) -> impl IntoView {
    // Of the curve alone: beside a limit it would lie flat.
    let plot = Memo::new(move |_| readings.with(|readings| Plot::alone(readings, measure, span)));
    view! {
        <svg class="spark" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
            {move || plot.with(drawn)}
        </svg>
    }
}

/// The same numbers as a table: for who cannot see a curve, and for who wants them exactly.
#[component]
pub fn Numbers(#[prop(into)] track: Signal<Track>) -> impl IntoView {
    let t = use_texts();
    let row = |reading: &Reading| {
        let time = exact(reading.at);
        let short = time.get(11..19).unwrap_or_default().to_owned();
        view! {
            <tr><td class="num"><time datetime=time>{short}</time></td>
            <td class="num r">{amount(Measure::Cpu, reading.cpu)}</td>
            <td class="num r">{amount(Measure::Memory, reading.memory)}</td></tr>
        }
        .into_any()
    };
    let rows = move || track.with(|track| track.readings.iter().rev().map(row).collect::<Vec<_>>());
    view! {
        <details class="numbers">
            <summary class="dim sm">{t.usage_numbers()}</summary>
            <table class="plain">
                <thead><tr>
                    <th scope="col">{t.usage_time()}</th>
                    <th scope="col" class="r">{t.usage_cpu()}</th>
                    <th scope="col" class="r">{t.usage_memory()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
