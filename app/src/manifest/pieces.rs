//! Where one document ends and the next begins, as kubectl cuts a text before anything reads it
//! (`k8s.io/apimachinery/pkg/util/yaml`): at each line that begins with `---`, or between JSON objects.
use super::problem::Problem;
use std::ops::Range;

/// The bytes of each part, without the lines between them, and without what stands behind a `...`: of each part kubectl
/// reads the first YAML document only.
///
/// # Errors
/// The byte of a `---` line that has more than a comment behind its dashes, or of a `...` with nothing above it to end.
pub(super) fn pieces(text: &str) -> Result<Vec<Range<usize>>, (usize, Problem)> {
    if let Some(objects) = json_stream(text) {
        return Ok(objects);
    }
    let mut pieces = Vec::new();
    let (mut start, mut at, mut end) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        match separator(line) {
            Some("") => {
                pieces.push(start..end.take().unwrap_or(at));
                start = next;
            }
            Some(words) => return Err((at, Problem::Separator(words.to_owned()))),
            None if ends(line) && end.is_none() => {
                if !text[start..at].lines().any(says) {
                    let words = "nothing stands above this line for it to end".to_owned();
                    return Err((at, Problem::Syntax(words)));
                }
                end = Some(at);
            }
            None => {}
        }
        at = next;
    }
    pieces.push(start..end.unwrap_or(text.len()));
    Ok(pieces)
}

/// Whether a line ends a YAML document.
fn ends(line: &str) -> bool {
    let rest = line.strip_prefix("...");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether a line has more than blanks and a comment.
fn says(line: &str) -> bool {
    let words = line.trim_start_matches('\u{feff}').trim_start();
    !words.is_empty() && !words.starts_with('#')
}

/// Whether a text begins with `...` and something stands behind it, before the next `---`.
pub(super) fn drops(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("...")
        .filter(|_| text.lines().next().is_some_and(ends))
    else {
        return false;
    };
    let mut dropped = rest.lines().take_while(|line| separator(line).is_none());
    dropped.any(says)
}

/// What stands behind the dashes of a `---` line, comments left out; `None` for any other line.
pub(super) fn separator(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("---")?.trim();
    Some(if rest.starts_with('#') { "" } else { rest })
}

/// The objects of a text that is nothing but JSON objects one after the other, at least two of them.
fn json_stream(text: &str) -> Option<Vec<Range<usize>>> {
    let body = text.trim_start_matches('\u{feff}');
    let offset = text.len() - body.len();
    if !body.trim_start().starts_with('{') {
        return None;
    }
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<serde::de::IgnoredAny>();
    let mut ends = Vec::new();
    while let Some(object) = stream.next() {
        object.ok()?;
        ends.push(offset + stream.byte_offset());
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let parts = starts.zip(ends.iter().copied());
    // White space behind the last object belongs to it.
    let last = ends.len().checked_sub(1)?;
    let end = |n: usize, end: usize| if n == last { text.len() } else { end };
    let parts = parts.enumerate().map(|(n, (start, at))| start..end(n, at));
    (last > 0).then(|| parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let pieces = pieces(text).unwrap();
        pieces.into_iter().map(|p| &text[p]).collect()
    }

    #[test]
    fn a_text_is_cut_where_kubectl_cuts_it() {
        assert_eq!(parts("a: 1\n---\nb: 2\n"), ["a: 1\n", "b: 2\n"]);
        assert_eq!(parts("--- # first\na: |\n  ---\n"), ["", "a: |\n  ---\n"]);
        assert_eq!(parts("a: 1\n---\r\n\u{feff}b: 2"), ["a: 1\n", "\u{feff}b: 2"]);
        assert_eq!(
            parts("{\"a\": \"}{\"}\n {\"b\": 1}\n"),
            ["{\"a\": \"}{\"}", "\n {\"b\": 1}\n"]
        );
        assert_eq!(
            parts("a: 1\n... # end\nb: 2\n...\nc: 3\n---\nd: 4\n"),
            ["a: 1\n", "d: 4\n"]
        );
        // One JSON object, or a flow map, is a document like any other.
        assert_eq!(parts("{\"a\": 1}\n"), ["{\"a\": 1}\n"]);
        assert_eq!(parts("{a: 1}\n---\n{b: 1}"), ["{a: 1}\n", "{b: 1}"]);
    }

    #[test]
    fn an_end_ends_something() {
        for (text, at) in [("...\n", 0), ("# c\n...\na: 1\n", 4), ("a: 1\n---\n...\n", 9)] {
            assert!(
                matches!(pieces(text), Err((found, Problem::Syntax(_))) if found == at),
                "{text}"
            );
        }
        assert_eq!(parts("a: 1\n...\n...\n"), ["a: 1\n"]);
    }

    #[test]
    fn what_stands_behind_an_end_is_dropped() {
        for text in ["...\na: 1\n", "... a: 1\n", "...\n# c\n\n[\n---\n"] {
            assert!(drops(text), "{text}");
        }
        for text in ["...", "... # c\n\n# d\n", "...\n---\na: 1\n", "a: 1\n", ""] {
            assert!(!drops(text), "{text}");
        }
    }

    #[test]
    fn nothing_but_a_comment_stands_behind_the_dashes() {
        for (text, words) in [("a: 1\n--- b: 2\n", "b: 2"), ("a: 1\n----\n", "-")] {
            assert_eq!(pieces(text), Err((5, Problem::Separator(words.to_owned()))));
        }
    }
}
