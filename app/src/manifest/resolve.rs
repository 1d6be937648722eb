//! What Kubernetes' reader makes of a plain scalar: `on` is true, `0o17` is 15, `1234e567` is text.

/// What Kubernetes' reader makes of a plain scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// Nothing.
    Null,
    /// A boolean.
    Flag(bool),
    /// A whole number; beyond 64 bits it is a float, or text.
    Integer(i128),
    /// A number.
    Float(f64),
    /// A string.
    Text,
}

/// What Kubernetes' reader makes of a plain scalar (`resolve` of go.yaml.in/yaml/v2, which `sigs.k8s.io/yaml` uses):
/// words of YAML 1.1, Go's integers with any prefix, and floats that 64 bits hold. Times are strings for JSON.
pub fn resolve(plain: &str) -> Resolved {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Resolved::Flag(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Resolved::Flag(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let float = |text: &str| {
        let number = go_float(text).then(|| text.parse::<f64>().ok()).flatten();
        // Go's parser calls what 64 bits do not hold an error, and the text stays text.
        number.filter(|n| n.is_finite()).map(Resolved::Float)
    };
    let found = match plain.as_bytes()[0] {
        b'.' => float(plain),
        b'+' | b'-' | b'0'..=b'9' if !is_time(plain) => {
            let clean = plain.replace('_', "");
            integer(&clean).map(Resolved::Integer).or_else(|| float(&clean))
        }
        _ => None,
    };
    found.unwrap_or(Resolved::Text)
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn go_float(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    mantissa && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

/// Go's `ParseInt` and `ParseUint` to the base that the prefix says: `0x1F`, `0o17`, `017`, `0b11`.
fn integer(text: &str) -> Option<i128> {
    let (sign, body) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (radix, digits) = match body.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (16, &body[2..]),
        Some("0o") => (8, &body[2..]),
        Some("0b") => (2, &body[2..]),
        _ if body.len() > 1 && body.starts_with('0') => (8, &body[1..]),
        _ => (10, body),
    };
    // A second sign is none of Go's.
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let number = sign * i128::from_str_radix(digits, radix).ok()?;
    // What ParseUint takes has no sign.
    let unsigned = body.len() == text.len() && u64::try_from(number).is_ok();
    (unsigned || i64::try_from(number).is_ok()).then_some(number)
}

/// A date, or a date with a time, as the reader takes it (`2006-1-2`, `2006-1-2T15:4:5Z`, `2006-1-2 15:4:5`).
fn is_time(text: &str) -> bool {
    let digits = |s: &str, n: usize| !s.is_empty() && s.len() <= n && s.bytes().all(|b| b.is_ascii_digit());
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    year.len() == 4
        && digits(year, 4)
        && digits(month, 2)
        && digits(day, 2)
        && time.is_none_or(|t| t.starts_with(|c: char| c.is_ascii_digit()) && t.contains(':'))
}

/// Whether Kubernetes' own reader takes the plain text for a number or a boolean; a null is nothing.
pub fn is_not_text(plain: &str) -> bool {
    matches!(
        resolve(plain),
        Resolved::Flag(_) | Resolved::Integer(_) | Resolved::Float(_)
    )
}

/// The whole number that Kubernetes makes of a plain scalar where it wants one: `0755` and `0o755` are octal,
/// and a float without a fraction, such as `1.5e3`, is one.
pub fn whole_number(plain: &str) -> Option<i64> {
    match resolve(plain) {
        Resolved::Integer(n) => i64::try_from(n).ok(),
        // 2^53: up to there a float tells every whole number from its neighbours.
        Resolved::Float(n) if n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0 => {
            // Exact: a whole number below 2^53.
            Some(n as i64)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kubernetes_refuses_where_it_wants_text() {
        for text in [
            "12e34",
            "0x1F",
            "true",
            "1234567890",
            "1.10",
            "y",
            "Off",
            "NO",
            ".5",
            "1_000",
            "007",
            "72225e2",
            "099e1",
            "0o17",
            "+5",
            "-0b11",
            "1.",
        ] {
            assert!(is_not_text(text), "{text}");
        }
        for text in [
            "9632fae",
            "1234e567",
            "5e12345",
            "0x",
            "0b12",
            "1e",
            "--1",
            "yEs",
            "2001-01-01",
            "12:30:45",
            "1.2.3",
            "~",
            "null",
            "",
            "ü",
            "10Gi",
            "500m",
        ] {
            assert!(!is_not_text(text), "{text}");
        }
    }

    #[test]
    fn whole_numbers_as_kubernetes_reads_them() {
        for (text, number) in [
            ("0400", Some(256)),
            ("0o440", Some(288)),
            ("420", Some(420)),
            ("0x1F", Some(31)),
            ("1_000", Some(1000)),
            ("1.00062e+09", Some(1_000_620_000)),
            ("3.0", Some(3)),
            ("0480", Some(480)),
            ("1.5", None),
            ("three", None),
            ("", None),
            ("true", None),
        ] {
            assert_eq!(whole_number(text), number, "{text}");
        }
    }
}
