//! Times of lines, as they are read and written.
use super::{Nanos, SECOND};

/// Seconds that a duration in kubectl's words has: `90s`, `5m`, `1h30m`; a day is `1d`.
pub fn duration(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..end].parse().ok()?;
        let unit = match rest.as_bytes()[end] {
            b's' => 1,
            b'm' => 60,
            b'h' => 3_600,
            b'd' => 86_400,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[end + 1..];
    }
    (seconds > 0).then_some(seconds)
}

/// Days since 1970-01-01 of a day of the civil calendar (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Seconds since 1970 of `2026-11-26T09:41`, with seconds or without, with `Z` or without. As `<input type=datetime-local>`
/// and the URL have it, in UTC.
pub fn moment(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = text.split_once(['T', ' '])?;
    let numbers = |text: &str, by: char| {
        text.split(by)
            .map(|n| n.parse().ok())
            .collect::<Option<Vec<i64>>>()
    };
    let (date, time) = (numbers(date, '-')?, numbers(time, ':')?);
    let (&[year, month, day], [hour, minute, rest @ ..]) = (date.as_slice(), time.as_slice()) else {
        return None;
    };
    let second = match rest {
        [] => 0,
        [second] => *second,
        _ => return None,
    };
    let fits = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(hour)
        && (0..60).contains(minute)
        && (0..61).contains(&second)
        && (1970..2200).contains(&year);
    fits.then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// The time of day of a line, to the millisecond, `east` minutes east of Greenwich.
pub fn clock(at: Nanos, east: i64) -> String {
    let shifted = at.div_euclid(1_000_000) + east * 60_000;
    let of_day = shifted.rem_euclid(86_400_000);
    let (seconds, millis) = (of_day / 1_000, of_day % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hour:02}:{minute:02}:{second:02}.{millis:03}")
}

/// Seconds of a time, without their parts.
pub fn seconds(at: Nanos) -> i64 {
    at.div_euclid(SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::exact;
    use proptest::prelude::*;

    #[test]
    fn durations_are_kubectls() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("5m", Some(300)),
            ("1h30m", Some(5_400)),
            ("1d", Some(86_400)),
            ("", None),
            ("5", None),
            ("m", None),
            ("0s", None),
            ("99999999999999999999s", None),
            ("9223372036854775807d", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(moment("2026-11-22T00:00"), Some(1_795_305_600));
        assert_eq!(moment("2026-11-22T00:00:07Z"), Some(1_795_305_607));
        for odd in [
            "",
            "2026-11-22",
            "2026-13-01T00:00",
            "now",
            "2026-11-22T25:00",
            "1-1-1T1:1:1:1",
        ] {
            assert_eq!(moment(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_line_has_its_time_of_day() {
        let at = 1_795_305_600 * SECOND + 7_004_999_999;
        assert_eq!(clock(at, 0), "00:00:07.004");
        assert_eq!(clock(at, 330), "05:30:07.004");
        assert_eq!(clock(at, -60), "23:00:07.004");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(second in 0_i64..7_000_000_000) {
            prop_assert_eq!(moment(&exact(second)), Some(second));
        }
    }
}
