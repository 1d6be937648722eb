//! Ages as people read them: computed from a timestamp, by the same Rust on both sides.
use serde::{Deserialize, Serialize};

/// How long something is ago: a number and its unit, as kubectl shortens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Age {
    Seconds(i64),
    Minutes(i64),
    Hours(i64),
    Days(i64),
    Years(i64),
}

/// The age of `then` at `now`, both in seconds since 1970; a clock that is behind gives 0 s.
pub fn age(then: i64, now: i64) -> Age {
    match (now - then).max(0) {
        s @ 0..=119 => Age::Seconds(s),
        s @ 120..=7_199 => Age::Minutes(s / 60),
        s @ 7_200..=172_799 => Age::Hours(s / 3_600),
        s @ 172_800..=63_071_999 => Age::Days(s / 86_400),
        s => Age::Years(s / 31_536_000),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_change_their_unit_at_two() {
        assert_eq!(age(100, 90), Age::Seconds(0));
        assert_eq!(age(0, 119), Age::Seconds(119));
        assert_eq!(age(0, 120), Age::Minutes(2));
        assert_eq!(age(0, 7_200), Age::Hours(2));
        assert_eq!(age(0, 86_400 * 41), Age::Days(41));
        assert_eq!(age(0, 86_400 * 800), Age::Years(2));
    }

    #[test]
    fn exact_times_are_utc() {
        assert_eq!(exact(0), "1970-01-01T00:00:00Z");
        assert_eq!(exact(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(exact(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(exact(1_795_305_600), "2026-11-22T00:00:00Z");
    }
}
