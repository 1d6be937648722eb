//! What the API server would refuse of a text that can be read, with its place and, where one is known, its reason.
use super::{
    documents::{Bundle, Finding, Problem, finding},
    tree::Node,
};

/// The first thing that a strict reader would refuse, beyond what [`Bundle::read`] finds: a key that stands twice,
/// a document that is no object.
pub fn check(bundle: &Bundle) -> Option<Finding> {
    for document in &bundle.documents {
        if let Some((key, at, depth)) = doubled(&document.root, 0) {
            let problem = if depth == 0 && matches!(key.as_str(), "apiVersion" | "kind" | "metadata" | "spec")
            {
                Problem::MissingSeparator
            } else {
                Problem::Duplicate(key)
            };
            return Some(finding(&bundle.text, at, problem));
        }
        if document.kind().is_empty() || document.api_version().is_empty() {
            return Some(finding(
                &bundle.text,
                document.root.range.start,
                Problem::NotAnObject,
            ));
        }
    }
    None
}

fn doubled(node: &Node, depth: usize) -> Option<(String, usize, usize)> {
    let entries = node.entries();
    for (n, entry) in entries.iter().enumerate() {
        if entries[..n].iter().any(|e| e.key == entry.key) {
            return Some((entry.key.to_string(), entry.at.start, depth));
        }
        if let Some(found) = doubled(&entry.value, depth + 1) {
            return Some(found);
        }
    }
    node.items().iter().find_map(|i| doubled(i, depth + 1))
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

/// A character that editors and web pages put into copied text, and that YAML takes for something else; or a comment
/// as other languages write it. What stands below the line of the error is not to blame.
fn hint(text: &str, error: usize) -> Option<Finding> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(error) {
        let comment = line.find('#').unwrap_or(line.len());
        let start = line.len() - line.trim_start().len();
        if line[start..].starts_with("//") {
            return Some(finding(text, at + start, Problem::SlashComment));
        }
        let indented = line[..start].find('\t');
        let odd = line[..comment].find(['\u{a0}', '\u{3000}', '\u{200b}', '：', '“', '”']);
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
