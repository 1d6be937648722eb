//! Ages: relative, with the exact time on hover.
use crate::{
    model::time::{Age, age},
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

/// A timestamp in seconds since 1970 as UTC in ISO 8601, by the civil calendar (days from 1970-01-01).
pub fn exact(then: i64) -> String {
    let (days, rest) = (then.div_euclid(86_400), then.rem_euclid(86_400));
    // Howard Hinnant's `civil_from_days`: eras of 400 years that begin on 1 March.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
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

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn exact_times_are_utc() {
        assert_eq!(exact(0), "1970-01-01T00:00:00Z");
        assert_eq!(exact(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(exact(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(exact(1_795_305_600), "2026-11-22T00:00:00Z");
    }
}
