//! Where the points of a curve lie, in thousandths of its width and height; whole numbers, so that server and browser
//! draw the same.
use crate::model::usage::{Bounds, KEPT, Measure, Reading, Track, runs};

/// The width of a plot.
pub(super) const WIDTH: i64 = 1_000;

/// A curve with what it is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plot {
    /// The amount at the upper edge.
    pub(super) top: u64,
    /// The curve, a piece for each run of readings without a gap.
    pub(super) line: String,
    /// What is below it.
    pub(super) area: String,
    /// The height of the request, and of the limit, where they are not above the upper edge.
    pub(super) request: Option<i64>,
    pub(super) limit: Option<i64>,
}

/// How many times as high as everything else a limit may be and still be drawn: above that the curve would lie flat.
const HIGH: u64 = 4;

impl Plot {
    /// The curve without what it is compared with.
    pub(super) fn alone(readings: &[Reading], measure: Measure, span: i64) -> Self {
        Self::drawn(readings, Bounds::default(), measure, span)
    }

    /// The curve beside request and limit.
    pub(super) fn of(track: &Track, measure: Measure) -> Self {
        Self::drawn(&track.readings, track.asked.of(measure), measure, KEPT)
    }

    fn drawn(readings: &[Reading], bounds: Bounds, measure: Measure, span: i64) -> Self {
        let most = readings.iter().map(|r| measure.of(*r)).max().unwrap_or(0);
        let mut highest = most.max(1);
        for bound in [bounds.request, bounds.limit] {
            if bound <= highest.saturating_mul(HIGH) {
                highest = highest.max(bound);
            }
        }
        let top = round_up(highest, measure);
        let bound = |amount: u64| (amount > 0 && amount <= top).then(|| y(amount, top));
        let newest = readings.last().map_or(0, |r| r.at);
        let (mut line, mut area) = (String::new(), String::new());
        for run in runs(readings) {
            let points: Vec<(i64, i64)> = run
                .iter()
                .map(|r| (x(r.at, newest, span), y(measure.of(*r), top)))
                .collect();
            let joined: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
            let joined = joined.join("L");
            // A curve of one point is a short line: a dot would not be seen.
            let end = if run.len() == 1 { "h-8" } else { "" };
            line.push_str(&format!("M{joined}{end}"));
            if let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) {
                area.push_str(&format!("M{joined}L{last} 1000L{first} 1000Z"));
            }
        }
        Self {
            top,
            line,
            area,
            request: bound(bounds.request),
            limit: bound(bounds.limit),
        }
    }
}

/// How far right a time is; the newest is at the right edge, and what is `span` seconds older at the left one.
pub(super) fn x(at: i64, newest: i64, span: i64) -> i64 {
    (WIDTH - (newest - at) * WIDTH / span).clamp(0, WIDTH)
}

fn y(amount: u64, top: u64) -> i64 {
    let share = u128::from(amount) * 1_000 / u128::from(top.max(1));
    1_000 - i64::try_from(share).unwrap_or(1_000).min(1_000)
}

/// The reading next to a place from the left.
pub(super) fn nearest(track: &Track, at: i64) -> Option<Reading> {
    let newest = track.last()?.at;
    track
        .readings
        .iter()
        .min_by_key(|r| (x(r.at, newest, KEPT) - at).abs())
        .copied()
}

/// The next amount that reads well: one, one and a half, two, three, five or seven and a half of a power of ten; of
/// memory one or one and a half of a power of two.
fn round_up(amount: u64, measure: Measure) -> u64 {
    let (base, steps): (u64, &[u64]) = match measure {
        Measure::Cpu => (10, &[10, 15, 20, 30, 50, 75]),
        Measure::Memory => (2, &[10, 15]),
    };
    let mut unit = 1u64;
    loop {
        let fits = steps
            .iter()
            .map(|step| unit.saturating_mul(*step) / 10)
            .find(|top| *top >= amount);
        match (fits, unit.checked_mul(base)) {
            (Some(top), _) => return top,
            (None, Some(next)) => unit = next,
            (None, None) => return u64::MAX,
        }
    }
}

/// An amount as Kubernetes writes it, shortened to what one reads: `137m`, `1.25`, `512Mi`, `1.5Gi`.
pub fn amount(measure: Measure, amount: u64) -> String {
    match measure {
        Measure::Cpu if amount >= 1_000_000 => decimal(amount, 1_000_000, 100),
        Measure::Cpu if amount >= 10_000 || amount.is_multiple_of(1_000) => format!("{}m", amount / 1_000),
        Measure::Cpu => format!("{}m", decimal(amount, 1_000, 10)),
        Measure::Memory => {
            let units = [(40, "Ti"), (30, "Gi"), (20, "Mi"), (10, "Ki")];
            let unit = units.into_iter().find(|(bits, _)| amount >= 1 << bits);
            unit.map_or_else(
                || amount.to_string(),
                |(bits, name)| {
                    let whole = amount >> bits;
                    let digits = if whole < 10 { 10 } else { 1 };
                    format!("{}{name}", decimal(amount, 1 << bits, digits))
                },
            )
        }
    }
}

/// A quotient with so many parts of one behind the point, cut, without zeros at its end.
fn decimal(amount: u64, unit: u64, parts: u64) -> String {
    let (whole, rest) = (
        amount / unit,
        u128::from(amount % unit) * u128::from(parts) / u128::from(unit),
    );
    let rest = match parts {
        100 => format!("{rest:02}"),
        10 => rest.to_string(),
        _ => String::new(),
    };
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::usage::Asked;

    fn track(readings: &[(i64, u64)], bounds: Bounds) -> Track {
        let readings = readings.iter().map(|(at, cpu)| Reading {
            at: *at,
            cpu: *cpu,
            memory: 0,
        });
        let asked = Asked {
            cpu: bounds,
            ..Asked::default()
        };
        Track {
            readings: readings.collect(),
            asked,
            ..Track::default()
        }
    }

    #[test]
    fn amounts_read_as_kubernetes_writes_them() {
        let cpu =
            [0, 400, 1_500, 9_000, 137_464, 999_999, 1_250_000, 12_000_000].map(|a| amount(Measure::Cpu, a));
        assert_eq!(cpu, ["0m", "0.4m", "1.5m", "9m", "137m", "999m", "1.25", "12"]);
        let memory =
            [0, 1_023, 1_536, 512 << 20, (1 << 30) + (1 << 29), 12 << 30].map(|a| amount(Measure::Memory, a));
        assert_eq!(memory, ["0", "1023", "1.5Ki", "512Mi", "1.5Gi", "12Gi"]);
    }

    #[test]
    fn no_line_is_drawn_over_a_gap() {
        let plot = Plot::of(
            &track(&[(0, 500), (15, 1_000), (300, 250)], Bounds::default()),
            Measure::Cpu,
        );
        assert_eq!(plot.top, 1_000);
        assert_eq!(plot.line, "M667 500L684 0M1000 750h-8");
        assert_eq!(plot.line.matches('M').count(), 2);
    }

    #[test]
    fn a_limit_that_would_flatten_the_curve_is_left_out() {
        let of = |limit| Plot::of(&track(&[(0, 100)], Bounds { request: 200, limit }), Measure::Cpu);
        assert_eq!((of(400).top, of(400).limit), (500, Some(200)));
        assert_eq!(
            (of(4_000).top, of(4_000).limit, of(4_000).request),
            (200, None, Some(0))
        );
        assert_eq!(Plot::of(&Track::default(), Measure::Cpu).limit, None);
    }

    #[test]
    fn the_upper_edge_reads_well() {
        assert_eq!(
            [1, 9, 101, 160_000].map(|a| round_up(a, Measure::Cpu)),
            [1, 10, 150, 200_000]
        );
        assert_eq!(
            [1, 5, 600 << 20].map(|a| round_up(a, Measure::Memory)),
            [1, 6, 768 << 20]
        );
        assert_eq!(round_up(u64::MAX, Measure::Memory), u64::MAX);
    }

    #[test]
    fn the_pointer_finds_the_nearest() {
        let track = track(&[(0, 1), (450, 2), (900, 3)], Bounds::default());
        assert_eq!(nearest(&track, 600).map(|r| r.cpu), Some(2));
        assert!(nearest(&Track::default(), 600).is_none());
    }
}
