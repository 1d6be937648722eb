//! Kubernetes quantities, exactly: `500m`, `1Gi`, `1.5`, `12e6`.

/// A non-negative or negative amount in nano-units; 2^64 Gi still fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

/// `n` is 10^-9, the smallest that Kubernetes knows; what is finer is rounded up there.
const NANO: i128 = 1_000_000_000;

impl Quantity {
    /// Reads a quantity as `k8s.io/apimachinery/pkg/api/resource` does; `None` when it is none, or beyond 10^28.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, suffix) = rest.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok()?;
        let (times, tens) = multiplier(suffix)?;
        let exponent = tens + 9 - i32::try_from(scale).ok()?;
        let amount = mantissa.checked_mul(times)?;
        let amount = match u32::try_from(exponent) {
            Ok(power) => amount.checked_mul(10i128.checked_pow(power)?)?,
            Err(_) => divide_up(amount, 10i128.checked_pow(exponent.unsigned_abs())?),
        };
        Some(Self(if negative { -amount } else { amount }))
    }

    /// The number of whole units (bytes, cores), rounded up; 0 below zero.
    pub fn whole(self) -> u128 {
        u128::try_from(divide_up(self.0, NANO)).unwrap_or(0)
    }

    /// The number of millionths, rounded up; 0 below zero.
    pub fn millionths(self) -> u64 {
        u64::try_from(divide_up(self.0, NANO / 1_000_000).max(0)).unwrap_or(u64::MAX)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// How often the other one fits into what is left of this when a part is used.
    pub fn room(self, used: Self, each: Self) -> u64 {
        if each.0 <= 0 {
            return u64::MAX;
        }
        u64::try_from((self.0 - used.0).max(0) / each.0).unwrap_or(u64::MAX)
    }

    /// Whether it is above zero.
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is no whole number of its unit: half a byte, say.
    pub fn is_fraction(self) -> bool {
        self.0 % NANO != 0
    }
}

fn divide_up(amount: i128, by: i128) -> i128 {
    amount / by + i128::from(amount % by != 0)
}

/// A factor and a power of ten.
fn multiplier(suffix: &str) -> Option<(i128, i32)> {
    let binary = |n: u32| Some((1i128 << (10 * n), 0));
    match suffix {
        "" => Some((1, 0)),
        "n" => Some((1, -9)),
        "u" => Some((1, -6)),
        "m" => Some((1, -3)),
        "k" => Some((1, 3)),
        "M" => Some((1, 6)),
        "G" => Some((1, 9)),
        "T" => Some((1, 12)),
        "P" => Some((1, 15)),
        "E" => Some((1, 18)),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        _ => {
            let power = suffix.strip_prefix(['e', 'E'])?;
            let power = power.strip_prefix('+').unwrap_or(power);
            power.parse().ok().filter(|p: &i32| p.abs() <= 28).map(|p| (1, p))
        }
    }
}

/// The number and the unit of a quantity as the user typed it: `512` and `Mi`.
pub fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn exact() {
        assert_eq!(q("0.5"), q("500m"));
        assert_eq!(q("1Gi"), q("1024Mi"));
        assert_eq!(q("1e3"), q("1k"));
        assert_eq!(q("1E"), q("1e18"));
        assert_eq!(q(".5Gi"), q("512Mi"));
        assert_eq!(q("1."), q("1"));
        assert!(q("1Gi") > q("1G"));
        assert!(q("512m").is_fraction() && !q("1000m").is_fraction());
        assert!(q("0.0000000001").is_positive());
        assert!(q("-1").is_negative());
        // As a controller writes a fraction of a byte times a thousand (kubernetes/kubernetes#79950).
        assert_eq!(q("1288490188800m").whole(), 1_288_490_189);
        assert_eq!((q("1Gi").whole(), q("-1").whole()), (1 << 30, 0));
    }

    #[test]
    fn refused() {
        for text in [
            "", "m", "1gi", "1 Gi", "1mi", "1K", "abc", "--1", "1.2.3", "1e", ".", "1Gib", "1e99",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
