//! How full the volumes of a set's claims are: kept by a Prometheus, or measured when somebody asks.
use crate::{
    api::{
        ApiError,
        claims::{get_fills, measure_fill},
    },
    components::{
        callout::{Callout, Tone},
        chart::{Spark, amount},
        time::words,
    },
    model::{
        fill::{Fill, Fills, SPAN},
        ordinals::OrdinalRow,
        time::age,
        usage::Measure,
    },
    state::{clock::use_clock, session::has_terminals},
    texts::{Texts, use_texts},
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// Seconds between two questions.
const EVERY: i64 = 60;

/// What is known of the claims of a page.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// None until the first answer is here.
    fills: RwSignal<Option<Fills>>,
    /// What was measured here, by claim.
    measured: RwSignal<BTreeMap<String, Result<Fill, ApiError>>>,
}

impl Known {
    /// Asks for the claims of these rows, and again every minute.
    pub(super) fn of(namespace: String, rows: Memo<Vec<OrdinalRow>>) -> Self {
        let clock = use_clock();
        let claims = Memo::new(move |_| {
            let rows = rows.read();
            let claims = rows.iter().flat_map(|row| &row.claims).map(|c| c.name.clone());
            claims.collect::<Vec<_>>()
        });
        let minute = Memo::new(move |_| clock.get() / EVERY);
        let fills = RwSignal::new(None);
        // Asked by the browser, beside the page: a slow Prometheus keeps nobody waiting.
        Effect::new(move || {
            minute.track();
            let (namespace, asked) = (namespace.clone(), claims.get());
            spawn_local(async move {
                let answer = get_fills(namespace, asked.clone()).await;
                // The page may have gone, or show other claims by now.
                if claims.try_get_untracked() == Some(asked) {
                    fills.set(Some(answer.unwrap_or_else(Fills::Refused)));
                }
            });
        });
        Self {
            fills,
            measured: RwSignal::new(BTreeMap::new()),
        }
    }

    /// What holds for all of them.
    pub(super) fn note(self, t: Texts) -> impl IntoView {
        move || match self.fills.get() {
            None | Some(Fills::Kept(_)) => None,
            Some(Fills::Nobody) => has_terminals().then(|| {
                view! { <p class="dimmer sm foot-note js-only"><span>{t.fill_note()}</span></p> }.into_any()
            }),
            Some(Fills::Refused(error)) => {
                let told = error.words();
                let words = view! { <b>{t.fill_refused()}</b>" "<span class="mono sm">{told}</span> };
                Some(view! { <Callout tone=Tone::Warn>{words}</Callout> }.into_any())
            }
        }
    }
}

/// How full the volume of a claim is.
#[component]
pub(super) fn Filled(known: Known, namespace: String, pod: String, claim: String) -> impl IntoView {
    let t = use_texts();
    let own = StoredValue::new((namespace, pod, claim));
    let kept = Memo::new(move |_| {
        let known = known.fills.read();
        own.with_value(|(.., claim)| match known.as_ref() {
            Some(Fills::Kept(all)) => Some(all.iter().find(|f| f.claim == *claim).cloned()),
            _ => None,
        })
    });
    let asked = Memo::new(move |_| known.fills.read().is_some());
    move || match kept.get() {
        Some(Some(fill)) => view! { <Bar fill/> }.into_any(),
        Some(None) => view! { <span class="dimmer">{t.fill_unknown()}</span> }.into_any(),
        None if asked.get() => {
            let (namespace, pod, claim) = own.get_value();
            view! { <Measured known namespace pod claim/> }.into_any()
        }
        None => ().into_any(),
    }
}

/// What was measured when somebody asked, and the button that asks.
#[component]
fn Measured(known: Known, namespace: String, pod: String, claim: String) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let own = StoredValue::new(claim.clone());
    let label = t.fill_measure_label(&claim);
    let run = pod.clone();
    let measure = Action::new_local(move |(): &()| {
        let (namespace, pod, claim) = (namespace.clone(), run.clone(), claim.clone());
        async move {
            let answer = measure_fill(namespace, pod, claim.clone()).await;
            known.measured.update(|all| drop(all.insert(claim, answer)));
        }
    });
    let told = move || {
        let found = known
            .measured
            .with(|all| own.with_value(|claim| all.get(claim).cloned()));
        found.map(|found| match found {
            Ok(fill) => {
                let ago = words(t, age(fill.at, clock.get()));
                let by = t.fill_measured(ago, &pod);
                view! { <Bar fill/><div class="dimmer sm">{by}</div> }.into_any()
            }
            Err(error) => view! { <p class="err" role="alert">{error.words()}</p> }.into_any(),
        })
    };
    // It runs a program in the container.
    let may = has_terminals();
    let ask = move || {
        may.then(|| view! {
        <button type="button" class="btn small js-only" aria-label=label disabled=move || measure.pending().get()
            on:click=move |_| drop(measure.dispatch(()))>{t.fill_measure()}</button>
    })
    };
    view! { {told}{ask()} }
}

/// The amounts, a bar, and where it is known the course.
#[component]
fn Bar(fill: Fill) -> impl IntoView {
    let t = use_texts();
    let of = |bytes: u64| amount(Measure::Memory, bytes);
    let told = t.fill_words(of(fill.used), of(fill.capacity), fill.percent());
    let soon = fill
        .full_in()
        .map(|seconds| t.fill_full_in(words(t, age(0, seconds))));
    let bad = fill.is_nearly_full();
    let line = format!("M0 2H{}", fill.percent().min(100));
    let course = (fill.course.len() > 1).then(|| {
        let readings = Signal::stored(fill.course.clone());
        view! { <Spark readings measure=Measure::Memory span=SPAN/> }
    });
    view! {
        <div class="fill" class:bad=bad>
            <span class="num">{told}</span>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <path class="whole" d="M0 2H100"/><path class="used" d=line/>
            </svg>
            {course}
            {soon.map(|words| view! { <div class="sm">{words}</div> })}
        </div>
    }
}
