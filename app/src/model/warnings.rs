//! Warning events that reach the status of a set, and when.
use serde::{Deserialize, Serialize};

/// How long a warning holds before somebody is told, in seconds: what passes in an ordinary start stays quiet.
const PATIENCE: &[(&str, i64)] = &[
    ("FailedUpdate", 0),
    ("FailedCreate", 10),
    ("FailedScheduling", 30),
    ("FailedMount", 60),
    ("FailedAttachVolume", 60),
];
/// The longest pause between two attempts of the StatefulSet controller, in seconds (its rate limiter ends at 1000).
const LONGEST_PAUSE: i64 = 1_000;
/// How late an attempt, or its event, may be, in seconds.
const LATE: i64 = 30;

/// How long a warning of this reason holds before somebody is told; without end for one that says nothing of a set.
pub fn patience(reason: &str) -> i64 {
    let known = PATIENCE.iter().find(|(of, _)| *of == reason);
    known.map_or(i64::MAX, |(_, seconds)| *seconds)
}

/// The reason is one of those above.
pub fn is_known(reason: &str) -> bool {
    patience(reason) < i64::MAX
}

/// The newest warning of one kind about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningFacts {
    pub namespace: String,
    /// The kind, name and UID of the object.
    pub kind: String,
    pub object: String,
    pub uid: String,
    /// Such as `FailedCreate`.
    pub reason: String,
    pub message: String,
    pub count: i32,
    /// When it was first and last seen, seconds since 1970.
    pub first: i64,
    pub last: i64,
}

impl WarningFacts {
    /// It has held for long enough at `now` that somebody is told.
    pub fn holds(&self, now: i64) -> bool {
        now >= self.first.saturating_add(patience(&self.reason))
    }

    /// Who warned still tries at `now`: the controller does so in ever longer pauses, each about as long as all before it.
    pub fn goes_on(&self, now: i64) -> bool {
        let pause = (self.last - self.first).min(LONGEST_PAUSE) * 3 / 2;
        now <= self.last + pause + LATE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_told_while_it_holds() {
        let warning = |reason: &str, first, last| WarningFacts {
            reason: reason.into(),
            first,
            last,
            ..WarningFacts::default()
        };
        let refused = warning("FailedCreate", 100, 105);
        assert_eq!([109, 110].map(|now| refused.holds(now)), [false, true]);
        assert_eq!([142, 143].map(|now| refused.goes_on(now)), [true, false]);
        assert!(warning("FailedUpdate", 100, 100).holds(100));
        assert!(!warning("Unhealthy", 0, 1_000).holds(1_000));
        assert!(
            warning("FailedCreate", 0, 10_000).goes_on(11_500),
            "the pauses grow"
        );
    }
}
