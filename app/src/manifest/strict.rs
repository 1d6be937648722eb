//! What nobody can create from a text that can be read, with its place and, where one is known, its reason.
use super::{
    documents::Bundle,
    lists::nested,
    problem::{Finding, Problem, finding},
};

/// The first document that is no object, or that holds a list in a list.
pub fn check(bundle: &Bundle) -> Option<Finding> {
    let nameless = |kind: &str, version: &str| kind.is_empty() || version.is_empty();
    bundle.documents.iter().find_map(|d| {
        if nameless(d.kind(), d.api_version()) {
            return Some(finding(&bundle.text, d.root.range.start, Problem::NotAnObject));
        }
        nested(d).map(|at| finding(&bundle.text, at, Problem::NestedList))
    })
}

/// Reads a text as a cluster would: strictly.
///
/// # Errors
/// The first problem; where a character that looks like one of YAML's own explains it, that.
pub fn strict(text: &str) -> Result<Bundle, Finding> {
    let (bundle, found) = examine(text)?;
    found.map_or(Ok(bundle), Err)
}

/// Reads a text once: what can be shown of it, and what [`strict`] has against it.
///
/// # Errors
/// What keeps it from being read at all.
pub fn examine(text: &str) -> Result<(Bundle, Option<Finding>), Finding> {
    let bundle = Bundle::read(text).map_err(|found| explained(text, found))?;
    let found = refused(&bundle);
    Ok((bundle, found))
}

/// What [`strict`] has against a text that has been read.
pub fn refused(bundle: &Bundle) -> Option<Finding> {
    check(bundle).map(|found| match found.problem {
        Problem::NotAnObject => explained(&bundle.text, found),
        _ => found,
    })
}

fn explained(text: &str, found: Finding) -> Finding {
    hint(text, found.line).unwrap_or(found)
}

/// What looks like one of YAML's own characters, or like nothing: the mark in the middle is that of a file which was put
/// behind another one.
const ODD: [char; 7] = ['\u{a0}', '\u{3000}', '\u{200b}', '\u{feff}', '：', '“', '”'];

/// A character that editors and web pages put into copied text, and that YAML takes for something else; or a comment
/// as other languages write it. What stands below the line of the error is not to blame.
fn hint(text: &str, error: usize) -> Option<Finding> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(error) {
        let comment = line.find('#').unwrap_or(line.len());
        let start = line.len() - line.trim_start().len();
        if is_dashes(line) {
            return Some(finding(text, at, Problem::Dashes));
        }
        if line[start..].starts_with("//") {
            return Some(finding(text, at + start, Problem::SlashComment));
        }
        let indented = line[..start].find('\t');
        let odd = line[..comment]
            .char_indices()
            .find(|(n, c)| ODD.contains(c) && at + n > 0)
            .map(|(n, _)| n);
        // Of the quotes that are also apostrophes only one that closes what a true one has opened.
        let half = line[..comment].matches('\'').count() % 2 == 1;
        let quote = line[..comment].find(['‘', '’']).filter(|_| half);
        if let Some(n) = indented.or(odd).or(quote) {
            let character = line[n..].chars().next().unwrap_or_default();
            return Some(finding(text, at + n, Problem::OddCharacter(character)));
        }
        at += line.len();
    }
    None
}

/// A line of dashes that is nearly the `---` between documents.
fn is_dashes(line: &str) -> bool {
    let dashes = line.trim_end();
    let dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    !dashes.is_empty()
        && dashes != "---"
        && dashes.chars().count() <= 4
        && dashes.chars().all(dash)
        && (dashes.chars().count() > 1 || !dashes.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_text_tells_its_line() {
        let found = Bundle::read("a: 1\nb: [1, 2\n").unwrap_err();
        assert!(
            matches!(found.problem, Problem::Syntax(_)) && found.line >= 2,
            "{found:?}"
        );
        assert_eq!(
            Bundle::read("a: {{ .Values.x }}\n").unwrap_err().problem,
            Problem::Template
        );
        assert_eq!(
            Bundle::read(&"[".repeat(5000)).unwrap_err().problem,
            Problem::TooDeep
        );
        assert_eq!(
            Bundle::read(&"---\na: 1\n".repeat(201)).unwrap_err().problem,
            Problem::TooManyDocuments
        );
    }
}
