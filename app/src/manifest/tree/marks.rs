//! The signs between the nodes, which the parser does not tell of.
use crate::manifest::scalar::Style;

/// White space of YAML. Other characters that look empty, such as a non-breaking space, are part of a value.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// The end of the `:` behind a key; a key in `{…}` may have none.
pub(super) fn colon_after(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(BLANKS);
    if rest.starts_with(':') {
        text.len() - rest.len() + 1
    } else {
        at
    }
}

/// The end of the bracket that closes a flow collection whose last member ends at `at`.
pub(super) fn closed(text: &str, at: usize) -> usize {
    let mut rest = &text[at.min(text.len())..];
    loop {
        rest = rest.trim_start_matches(|c| BLANKS.contains(&c) || c == ',');
        if !rest.starts_with('#') {
            // Behind the bracket; the parser has seen that it is there.
            return (text.len() - rest.len() + 1).min(text.len());
        }
        rest = rest.split_once(['\n', '\r']).map_or("", |(_, below)| below);
    }
}

/// Where a node's content begins: behind white space, its anchor and its tag.
pub(in crate::manifest) fn content(text: &str, mut at: usize) -> usize {
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(BLANKS).len();
        if !text[at..].starts_with(['&', '!']) {
            return at;
        }
        at += text[at..].find(BLANKS).unwrap_or(text.len() - at);
    }
}

/// The end of the next dash that begins a member, from `at` on.
pub(super) fn after_dash(text: &str, at: usize) -> usize {
    let mut line_at = at;
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim_start_matches(BLANKS);
        if content.starts_with('-') {
            return line_at + (line.len() - content.len()) + 1;
        }
        line_at += line.len();
    }
    at
}

/// How long a quoted scalar is that begins a text: `''` in single and `\"` in double quotes do not end it.
pub(super) fn quoted(text: &str, style: Style) -> usize {
    let quote = if style == Style::Single { '\'' } else { '"' };
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if style == Style::Double && c == '\\' {
            characters.next();
        } else if c == quote
            && (style == Style::Double || characters.next_if(|(_, next)| *next == quote).is_none())
        {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_scalar_ends_at_its_quote() {
        for (text, style, held) in [
            (r#""a" # b "c""#, Style::Double, r#""a""#),
            (r#""a\"b\\" # c"#, Style::Double, r#""a\"b\\""#),
            ("'a''b' # 'c'", Style::Single, "'a''b'"),
            ("'' # c", Style::Single, "''"),
            ("'''' # c", Style::Single, "''''"),
            ("'日' # c", Style::Single, "'日'"),
        ] {
            assert_eq!(&text[..quoted(text, style)], held);
        }
    }
}
