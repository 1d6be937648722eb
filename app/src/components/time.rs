//! Ages: relative, with the exact time on hover.
use crate::{
    model::time::{Age, age, exact},
    state::clock::use_clock,
    texts::{Texts, use_texts},
};
use leptos::prelude::*;

/// An age in words.
pub fn words(t: Texts, age: Age) -> String {
    match age {
        Age::Seconds(n) => t.age_seconds(n),
        Age::Minutes(n) => t.age_minutes(n),
        Age::Hours(n) => t.age_hours(n),
        Age::Days(n) => t.age_days(n),
        Age::Years(n) => t.age_years(n),
    }
}

/// How long ago something was; follows the clock.
#[component]
pub fn Since(#[prop(into)] then: Signal<i64>) -> impl IntoView {
    let (t, clock) = (use_texts(), use_clock());
    let exact_time = move || exact(then.get());
    view! {
        <time datetime=exact_time title=exact_time>
            {move || words(t, age(then.get(), clock.get()))}
        </time>
    }
}
