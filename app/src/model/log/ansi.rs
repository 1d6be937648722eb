//! What programs write for a terminal: colours become names of the theme's, everything else that is no text goes.
//!
//! Source: ECMA-48, "Control functions for coded character sets" (CSI, OSC, SGR).
use crate::model::said::reorders;
use std::borrow::Cow;

/// A part of a line that looks alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    /// One of the eight colours of a terminal: 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white.
    pub colour: Option<u8>,
    pub bold: bool,
    pub dim: bool,
}

/// The parts of a line.
pub fn spans(line: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut now = Span::default();
    let mut rest = line;
    while let Some(at) = rest.find('\u{1b}') {
        now.text.push_str(&seen(&rest[..at]));
        let (sequence, after) = sequence(&rest[at + 1..]);
        if let Some(codes) = sequence {
            let same = (now.colour, now.bold, now.dim);
            let text = std::mem::take(&mut now.text);
            let old = Span { text, ..now.clone() };
            dress(&mut now, codes);
            if same == (now.colour, now.bold, now.dim) {
                now.text = old.text;
            } else if !old.text.is_empty() {
                out.push(old);
            }
        }
        rest = after;
    }
    now.text.push_str(&seen(rest));
    if !now.text.is_empty() || out.is_empty() {
        out.push(now);
    }
    out
}

/// The text alone, as it is searched and copied.
pub fn plain(line: &str) -> Cow<'_, str> {
    if line.chars().any(hides) {
        spans(line).into_iter().map(|s| s.text).collect()
    } else {
        Cow::Borrowed(line)
    }
}

/// A character that is no text.
fn hides(c: char) -> bool {
    (c.is_control() && c != '\t') || reorders(c)
}

/// Characters that would not be seen, or would disorder the page, as marks; a carriage return at the end goes.
fn seen(text: &str) -> String {
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.chars()
        .map(|c| if hides(c) { '\u{fffd}' } else { c })
        .collect()
}

/// What follows an escape character: the numbers of a colour sequence, where it is one, and the rest of the line.
fn sequence(text: &str) -> (Option<&str>, &str) {
    if let Some(rest) = text.strip_prefix('[') {
        let Some(end) = rest.find(|c: char| ('@'..='~').contains(&c)) else {
            return (None, "");
        };
        let codes = rest[end..].starts_with('m').then_some(&rest[..end]);
        return (codes, &rest[end + 1..]);
    }
    if let Some(rest) = text.strip_prefix(']') {
        // A title or a link: it ends with BEL, or with ESC and a backslash.
        let bell = rest.find('\u{7}').map(|at| (at, 1));
        let string = rest.find("\u{1b}\\").map(|at| (at, 2));
        let end = bell.into_iter().chain(string).min();
        return (None, end.map_or("", |(at, length)| &rest[at + length..]));
    }
    let mut chars = text.chars();
    chars.next();
    (None, chars.as_str())
}

fn dress(span: &mut Span, codes: &str) {
    let mut codes = codes.split([';', ':']).map(|c| c.parse::<u8>().unwrap_or(0));
    while let Some(code) = codes.next() {
        match code {
            0 => (span.colour, span.bold, span.dim) = (None, false, false),
            1 => span.bold = true,
            2 => span.dim = true,
            22 => (span.bold, span.dim) = (false, false),
            30..=37 => span.colour = Some(code - 30),
            90 => (span.colour, span.dim) = (None, true),
            91..=97 => span.colour = Some(code - 90),
            39 => span.colour = None,
            38 => span.colour = extended(&mut codes),
            48 => drop(extended(&mut codes)),
            _ => {}
        }
    }
}

/// A colour of 256, or of red, green and blue, as the nearest of the eight.
fn extended(codes: &mut impl Iterator<Item = u8>) -> Option<u8> {
    match codes.next()? {
        5 => match codes.next()? {
            n @ 0..=7 => Some(n),
            n @ 8..=15 => Some(n - 8),
            n @ 16..=231 => {
                let step = |n: u8| n * 51;
                Some(nearest(
                    step((n - 16) / 36),
                    step((n - 16) / 6 % 6),
                    step((n - 16) % 6),
                ))
            }
            _ => None,
        },
        2 => {
            let mut next = || codes.next();
            Some(nearest(next()?, next()?, next()?))
        }
        _ => None,
    }
}

fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let half = red.max(green).max(blue) / 2 + 20;
    u8::from(red > half) | u8::from(green > half) << 1 | u8::from(blue > half) << 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(line: &str) -> Vec<(String, Option<u8>, bool)> {
        let spans = spans(line).into_iter();
        spans.map(|s| (s.text, s.colour, s.bold)).collect()
    }

    fn part(text: &str, colour: Option<u8>, bold: bool) -> (String, Option<u8>, bool) {
        (text.to_owned(), colour, bold)
    }

    #[test]
    fn colours_begin_and_end() {
        assert_eq!(
            of("a\u{1b}[1;31mERR\u{1b}[0m b"),
            [
                part("a", None, false),
                part("ERR", Some(1), true),
                part(" b", None, false)
            ]
        );
        assert_eq!(
            of("\u{1b}[38;5;208mx"),
            [part("x", Some(1), false)],
            "orange is red here"
        );
        assert_eq!(of("\u{1b}[38;2;90;220;90mx"), [part("x", Some(2), false)]);
        assert_eq!(
            of("\u{1b}[48;5;1;32mx"),
            [part("x", Some(2), false)],
            "the ground is the theme's"
        );
        assert_eq!(
            of("\u{1b}[96mx\u{1b}[39my"),
            [part("x", Some(6), false), part("y", None, false)]
        );
        assert_eq!(of("plain"), [part("plain", None, false)]);
        assert_eq!(of(""), [part("", None, false)]);
    }

    #[test]
    fn what_moves_a_terminal_is_gone_and_what_hides_is_a_mark() {
        assert_eq!(
            plain("\u{1b}[2K\u{1b}[1Gdone\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\!\r"),
            "donelink!"
        );
        assert_eq!(plain("a\u{202e}b\u{0}c\td"), "a\u{fffd}b\u{fffd}c\td");
        assert_eq!(plain("cut \u{1b}[3"), "cut ");
        assert_eq!(plain("\u{1b}"), "");
    }

    proptest! {
        #[test]
        fn nothing_that_is_not_text_is_left(line in "(\u{1b}|\\[|[0-9;]|m|\u{7}|\\PC){0,60}") {
            let text = plain(&line);
            prop_assert!(!text.contains(char::from(27)));
            let joined: String = spans(&line).into_iter().map(|s| s.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
