//! Words of others, as a page can show them: the cluster's messages, events, descriptions.

/// Characters that order the text around them anew (Unicode UAX #9, explicit formatting): with one of them a line shows
/// something else than it holds ("Trojan Source", CVE-2021-42574).
pub fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text in which nothing disorders the page: each such character is shown as a mark.
pub fn calm(text: &str) -> String {
    text.chars()
        .map(|c| if reorders(c) { '\u{fffd}' } else { c })
        .collect()
}

/// A message of the cluster with its escaped characters (`\ue00f`, `\U0001f600`, as Go quotes them) as themselves. What
/// would not be seen, or would disorder the page, stays escaped.
pub fn plain(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes().get(1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            Some(b'x') => 2,
            // A backslash that is one: what follows it is no escape.
            Some(b'\\') => {
                out.push_str("\\\\");
                rest = &rest[2..];
                continue;
            }
            _ => 0,
        };
        let digits = rest.get(2..2 + length).filter(|_| length > 0);
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let seen =
            |c: &char| !c.is_control() && !reorders(*c) && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
        match code.and_then(char::from_u32).filter(seen) {
            Some(c) => {
                out.push(c);
                rest = &rest[2 + length..];
            }
            None => {
                out.push('\\');
                rest = &rest[1..];
            }
        }
    }
    calm(&(out + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_shown_as_themselves() {
        assert_eq!(
            plain(r#"Invalid value: "a\ue00fb\U0001f600": a"#),
            "Invalid value: \"a\u{e00f}b😀\": a"
        );
        assert_eq!(plain(r"\x41 \x0a \u202e \ufeff"), r"A \x0a \u202e \ufeff");
        assert_eq!(
            plain(r"C:\users \\u0041 \u00zz \u12"),
            r"C:\users \\u0041 \u00zz \u12"
        );
        assert_eq!(plain("日志 \\"), "日志 \\");
    }

    #[test]
    fn nothing_disorders_a_page() {
        assert_eq!(calm("safe\u{202e}evil\u{2066}"), "safe\u{fffd}evil\u{fffd}");
        assert_eq!(calm("שלום عالم"), "שלום عالم");
    }
}
