//! A bundle as tabs, one a document; unlike [`Bundle`](super::Bundle) also while the text is broken.

/// One tab: a document with the `---` line above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// The line above the text, with its end; empty for the first document.
    pub separator: String,
    /// The text.
    pub text: String,
}

/// Cuts a text at its `---` lines. What holds no document (nothing but blanks) stays with its neighbour, so that
/// [`join`] gives the same text again.
pub fn split(text: &str) -> Vec<Tab> {
    let mut tabs = vec![Tab::default()];
    for line in text.split_inclusive('\n') {
        let last = tabs.len() - 1;
        if line.trim_end() != "---" {
            tabs[last].text.push_str(line);
        } else if last == 0 && tabs[0].text.trim().is_empty() && tabs[0].separator.is_empty() {
            let Tab { text, .. } = std::mem::take(&mut tabs[0]);
            tabs[0].separator = text + line;
        } else {
            tabs.push(Tab {
                separator: line.to_owned(),
                text: String::new(),
            });
        }
    }
    let mut held: Vec<Tab> = Vec::new();
    for tab in tabs {
        match held.last_mut() {
            Some(before) if tab.text.trim().is_empty() => before.text += &(tab.separator + &tab.text),
            _ => held.push(tab),
        }
    }
    held
}

/// The whole text. A document that does not end with its line is ended, so that the next separator stands alone.
pub fn join(tabs: &[Tab]) -> String {
    let mut text = String::new();
    for tab in tabs {
        if !tab.separator.is_empty() && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&tab.separator);
        text.push_str(&tab.text);
    }
    text
}

/// All but one; what is first then has no line above it.
pub fn without(mut tabs: Vec<Tab>, n: usize) -> Vec<Tab> {
    tabs.remove(n);
    if let Some(first) = tabs.first_mut() {
        first.separator.clear();
    }
    tabs
}

/// The line of the whole text in which each tab begins, counted from 0.
pub fn first_lines(tabs: &[Tab]) -> Vec<usize> {
    let ends = |text: &str| text.bytes().filter(|b| *b == b'\n').count();
    let (mut lines, mut open) = (0, false);
    let first = |tab: &Tab| {
        lines += usize::from(open && !tab.separator.is_empty()) + ends(&tab.separator);
        let first = lines;
        lines += ends(&tab.text);
        let last = if tab.text.is_empty() {
            &tab.separator
        } else {
            &tab.text
        };
        open = if last.is_empty() {
            open
        } else {
            !last.ends_with('\n')
        };
        first
    };
    tabs.iter().map(first).collect()
}

/// What a tab is called: kind and name, as far as the lines say so.
pub fn title(text: &str) -> (String, String) {
    let value = |line: &str, key: &str| {
        let rest = line.strip_prefix(key)?.trim();
        let bare = rest
            .split(" #")
            .next()
            .unwrap_or(rest)
            .trim()
            .trim_matches(['"', '\'']);
        Some(bare.to_owned()).filter(|v| !v.is_empty())
    };
    let kind = text
        .lines()
        .find_map(|line| value(line, "kind:"))
        .unwrap_or_default();
    let mut metadata = text
        .lines()
        .skip_while(|line| !line.starts_with("metadata:"))
        .skip(1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let name = metadata
        .by_ref()
        .take_while(|line| indent(line) > 0 || line.trim().is_empty());
    let mut depth = None;
    let mut found = String::new();
    for line in name.filter(|line| !line.trim().is_empty()) {
        // Only the first level counts: labels may be called `name` too.
        let level = *depth.get_or_insert_with(|| indent(line));
        if indent(line) == level
            && let Some(name) = value(line.trim_start(), "name:")
        {
            found = name;
        }
    }
    (kind, found)
}

/// What a tab is called in a row of tabs; nothing where its lines name nothing.
pub fn caption(text: &str) -> Option<String> {
    let (kind, name) = title(text);
    Some(format!("{kind} {name}").trim().to_owned()).filter(|c| !c.is_empty())
}

/// The tab that has a line of the whole text, and the line in it; lines from 1, tabs from 0.
pub fn within(tabs: &[Tab], line: usize) -> (usize, usize) {
    let lines = first_lines(tabs);
    let tab = lines.iter().rposition(|first| *first < line).unwrap_or(0);
    (tab, line - lines.get(tab).copied().unwrap_or(0).min(line - 1))
}

/// Names that Windows gives to devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name of a file with YAML in it, of parts that may be empty: none of its characters means anything to a shell or
/// to a file system.
pub fn file_name(parts: &[&str]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|p| !p.is_empty())
        .map(|p| p.to_ascii_lowercase())
        .collect();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    };
    let whole: String = parts.join("-").chars().map(plain).take(200).collect();
    let name = whole.trim_matches(['-', '.']);
    let stem = name.split('.').next().unwrap_or_default();
    let port = |p: &str| stem.strip_prefix(p).is_some_and(|n| n.len() == 1);
    let device = DEVICES.contains(&stem) || port("com") || port("lpt");
    match (name.is_empty(), device) {
        (true, _) => "manifest.yaml".to_owned(),
        (_, true) => format!("manifest-{name}.yaml"),
        _ => format!("{name}.yaml"),
    }
}

/// The documents as files: a name of its own each, and the text.
pub fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for tab in split(text) {
        let (kind, name) = title(&tab.text);
        let taken = |file: &str| files.iter().any(|(other, _)| other == file);
        let numbered = (2_usize..).map(|n| file_name(&[&kind, &name, &n.to_string()]));
        let mut own = std::iter::once(file_name(&[&kind, &name])).chain(numbered);
        let file = own.find(|file| !taken(file)).unwrap_or_default();
        files.push((file, tab.text));
    }
    files
}

/// A text without the document that has this line.
pub fn without_at(text: &str, line: usize) -> String {
    let tabs = split(text);
    let lines = first_lines(&tabs);
    match lines.iter().rposition(|first| *first <= line) {
        Some(n) => join(&without(tabs, n)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TWO: &str =
        "kind: Service\nmetadata:\n  labels:\n    name: x\n  name: \"a\" # b\n---\nkind: StatefulSet\n";

    fn texts(text: &str) -> Vec<String> {
        split(text).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn one_tab_a_document() {
        assert_eq!(texts(TWO).len(), 2);
        assert_eq!(texts("---\na: 1\n---\nb: 2"), ["a: 1\n", "b: 2"]);
        assert_eq!(texts("a: 1\n---\n"), ["a: 1\n---\n"]);
        assert_eq!(texts(""), [""]);
        assert_eq!(first_lines(&split(TWO)), [0, 6]);
        assert_eq!(first_lines(&split("---\na: 1\n---\nb: 2")), [1, 3]);
    }

    #[test]
    fn a_tab_is_called_after_its_object() {
        let tabs = split(TWO);
        assert_eq!(title(&tabs[0].text), ("Service".to_owned(), "a".to_owned()));
        assert_eq!(title(&tabs[1].text), ("StatefulSet".to_owned(), String::new()));
        assert_eq!(title("kind: [\n"), ("[".to_owned(), String::new()));
    }

    #[test]
    fn a_document_without_its_last_line_end_gets_one() {
        let mut tabs = split("a: 1\n---\nb: 2\n");
        tabs[0].text = "a: 2".to_owned();
        assert_eq!(join(&tabs), "a: 2\n---\nb: 2\n");
        assert_eq!(first_lines(&tabs), [0, 2]);
    }

    #[test]
    fn a_line_is_that_of_its_tab() {
        let tabs = split(TWO);
        assert_eq!(within(&tabs, 1), (0, 1));
        assert_eq!(within(&tabs, 5), (0, 5));
        assert_eq!(within(&tabs, 7), (1, 1));
        assert_eq!(within(&split("---\na: 1\n"), 1), (0, 1));
        assert_eq!(caption(&tabs[0].text), Some("Service a".to_owned()));
        assert_eq!(caption("# "), None);
    }

    #[test]
    fn files_have_names_that_harm_nobody() {
        let names = |text| files(text).into_iter().map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(names(TWO), ["service-a.yaml", "statefulset.yaml"]);
        assert_eq!(names("kind: A\n---\nkind: A\n"), ["a.yaml", "a-2.yaml"]);
        for (name, file) in [
            ("../../etc/passwd", "etc-passwd.yaml"),
            ("a b$(x)`;'\"", "a-b--x.yaml"),
            ("CON", "manifest-con.yaml"),
            ("com1.txt", "manifest-com1.txt.yaml"),
            ("..", "manifest.yaml"),
            ("名", "manifest.yaml"),
        ] {
            assert_eq!(file_name(&[name]), file);
        }
        assert!(file_name(&[&"a".repeat(999)]).len() < 255);
    }

    proptest! {
        #[test]
        fn a_line_of_the_text_is_a_line_of_a_tab(text in "(---\n|a: 1\n|\n|  b\n|# c\n){1,8}") {
            let tabs = split(&text);
            for (n, line) in text.lines().enumerate() {
                let (tab, inside) = within(&tabs, n + 1);
                // Blank lines may belong to the separator below them.
                if !line.is_empty() && line != "---" {
                    prop_assert_eq!(tabs[tab].text.lines().nth(inside - 1), Some(line));
                }
            }
        }

        #[test]
        fn cutting_and_joining_changes_nothing(text in "(---\n|a: 1\n|\n|  b|# c\n|--- x\n|---\r\n){0,8}") {
            prop_assert_eq!(join(&split(&text)), text);
        }
    }
}
