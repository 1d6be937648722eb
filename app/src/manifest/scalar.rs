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
