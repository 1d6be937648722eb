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
}
