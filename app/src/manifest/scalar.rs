//! How a scalar is written, so that Kubernetes (YAML 1.1 by way of Go) reads what was meant.

/// The notation of a scalar in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>` with lines below it.
    Block,
}

/// Writes a string so that it is read back as this very string. Keeps the style where that can hold the value.
pub fn string(value: &str, style: Style, in_flow: bool) -> String {
    let control = value
        .chars()
        .any(|c| c.is_control() || c == '\u{feff}' || ('\u{2028}'..='\u{2029}').contains(&c));
    match style {
        Style::Single if !control => format!("'{}'", value.replace('\'', "''")),
        Style::Plain | Style::Block if !control && is_plain(value, in_flow) => value.to_owned(),
        _ => double(value),
    }
}

/// Writes numbers and booleans without quotes, anything else as [`string`] does.
pub fn typed(value: &str, style: Style, in_flow: bool) -> String {
    if is_number(value) || value == "true" || value == "false" {
        value.to_owned()
    } else {
        string(value, style, in_flow)
    }
}

/// Whether a text is a decimal number as one would write it.
pub fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(w, f)| (w, Some(f)));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(all)
}

fn double(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x80 && c.is_control() => out.push_str(&format!("\\x{:02X}", c as u32)),
            c if c.is_control() || c == '\u{feff}' || ('\u{2028}'..='\u{2029}').contains(&c) => {
                out.push_str(&format!("\\u{:04X}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(value: &str, in_flow: bool) -> bool {
    let mut chars = value.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    let opens = match first {
        '-' | '?' | ':' => second.is_none_or(char::is_whitespace),
        c => ",[]{}#&*!|>'\"%@`".contains(c) || c.is_whitespace(),
    };
    !opens
        && !value.ends_with(|c: char| c.is_whitespace() || c == ':')
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.starts_with("---")
        && !value.starts_with("...")
        && !(in_flow && value.contains([',', '[', ']', '{', '}', ':']))
        && !is_something_else(value)
}

/// Whether a YAML 1.1 reader takes the plain text for something that is no string: `y` is a boolean, `1_000` and
/// `12:30:45` are numbers, `2001-01-01` is a time. Wider than [`resolve`], so that what we write means the same to any reader.
fn is_something_else(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let word = matches!(lower.as_str(), "=" | "<<" | "~" | "null") || is_word(&lower);
    word || is_numeric(&lower) || is_sixty(value) || is_date(value)
}

/// What YAML 1.1 takes for a boolean or for no number, in lower case.
fn is_word(lower: &str) -> bool {
    matches!(
        lower,
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | ".nan"
    )
}

fn is_numeric(lower: &str) -> bool {
    let clean = lower.trim_start_matches(['+', '-']).replace('_', "");
    if !clean.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    let radix = |prefix: &str, radix: u32| {
        clean
            .strip_prefix(prefix)
            .is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_digit(radix)))
    };
    radix("0x", 16) || radix("0o", 8) || radix("0b", 2) || clean.parse::<f64>().is_ok() || clean == ".inf"
}

/// A number to the base of sixty, which YAML 1.1 has.
fn is_sixty(value: &str) -> bool {
    let clean = value.trim_start_matches(['+', '-']).replace('_', "");
    let digits = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    clean.contains(':') && clean.split(':').all(digits)
}

fn is_date(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 8
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes
            .iter()
            .all(|b| b.is_ascii_digit() || b"-:.TtZz+ ".contains(b))
}

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
    fn what_yaml_1_1_takes_for_something_else_is_quoted() {
        for text in [
            "y",
            "n",
            "on",
            "off",
            "Yes",
            "NO",
            "null",
            "~",
            "1_000",
            "0o7",
            "007",
            "0x1F",
            "1e3",
            ".5",
            "=",
            "<<",
            "12:30:45",
            "2001-01-01",
            "2001-12-14T21:59:43Z",
            "",
            " a",
            "a ",
            "a: b",
            "a #b",
            "*x",
            "- a",
            "[a",
            "a:",
            "1",
            "+1",
            "-1",
            ".inf",
            "---",
        ] {
            assert_eq!(string(text, Style::Plain, false), format!("\"{text}\""));
        }
        for text in [
            "a",
            "etcd:3.5",
            "500m",
            "1Gi",
            "/var/lib",
            "--flag=1",
            "-c",
            "1.2.3",
            "http://x/y",
            "日志",
            "a,b",
            "10.0.0.1/8",
        ] {
            assert_eq!(string(text, Style::Plain, false), text);
        }
        assert_eq!(string("a,b", Style::Plain, true), "\"a,b\"");
        assert_eq!(string("it's", Style::Single, false), "'it''s'");
        assert_eq!(string("a\nb\"\\", Style::Plain, false), "\"a\\nb\\\"\\\\\"");
    }

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

    #[test]
    fn numbers_stay_numbers() {
        for text in ["0", "3", "-1", "0.5", "true"] {
            assert_eq!(typed(text, Style::Plain, false), text);
        }
        for text in ["007", "1_000", "1e3", "yes", "+1"] {
            assert_eq!(typed(text, Style::Plain, false), format!("\"{text}\""));
        }
        assert_eq!(typed("abc", Style::Plain, false), "abc");
    }
}
