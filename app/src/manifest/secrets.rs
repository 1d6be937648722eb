//! A text without the values of its Secrets, for where they must not be kept. It goes by lines, not by the tree: what
//! is typed is rarely whole. In doubt a value is left out.
use super::tabs::{join, split};

/// Where the values of a Secret stand.
const HOLDERS: [&str; 2] = ["data", "stringData"];
/// Where `kubectl apply` notes all of an object once more.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A line of a text: its indentation, where what it says begins, and whether it begins an item of a list.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    indent: usize,
    column: usize,
    content: &'a str,
}

impl<'a> Line<'a> {
    fn of(start: usize, line: &'a str) -> Self {
        let bare = line.trim_start();
        let content = bare.trim_start_matches(['-', ' ']);
        // A separator, a number below zero and the like are no items.
        let content = if bare.starts_with("- ") { content } else { bare };
        Self {
            start,
            indent: line.len() - bare.len(),
            column: line.len() - content.len(),
            content: content.trim_end_matches(['\n', '\r']),
        }
    }

    fn says_nothing(self) -> bool {
        self.content.trim().is_empty() || self.content.starts_with('#')
    }

    /// The key, and the byte of the text after its colon.
    fn key(self) -> Option<(&'a str, usize)> {
        let content = self.content;
        let begin = self.start + self.column;
        if let Some(quote) = content.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let (name, rest) = content[1..].split_once(quote)?;
            let after = rest.trim_start().strip_prefix(':')?;
            return Some((name, begin + content.len() - after.len()));
        }
        let mut colons = content.match_indices(':').map(|(n, _)| n);
        let colon = colons.find(|n| content[n + 1..].chars().next().is_none_or(char::is_whitespace))?;
        Some((content[..colon].trim_end(), begin + colon + 1))
    }

    fn is_kind(self) -> Option<&'a str> {
        let (key, after) = self.key()?;
        let value = &self.content[after - self.start - self.column..];
        let bare = value.split(" #").next()?.trim().trim_matches(['"', '\'', ',']);
        (key == "kind" && !bare.is_empty()).then_some(bare)
    }
}

/// `Secret`, or as far as it has been typed.
fn may_be_secret(kind: &str) -> bool {
    "Secret".starts_with(kind)
}

/// The text without the values of Secrets; nothing where there are none.
pub fn without_values(text: &str) -> Option<String> {
    // Most texts have no such key, and this is asked with every key that is typed.
    let mut keys = text.match_indices("ata");
    let holds = |n: usize| !text[..n].ends_with("metad") && text[n + 3..].starts_with([':', '"', '\'', ' ']);
    if !keys.any(|(n, _)| holds(n)) {
        return None;
    }
    let mut tabs = split(text);
    let mut any = false;
    for tab in &mut tabs {
        if let Some(emptied) = emptied(&tab.text) {
            tab.text = emptied;
            any = true;
        }
    }
    any.then(|| join(&tabs))
}

/// What goes, and what comes in its place.
type Cut = (std::ops::Range<usize>, &'static str);

fn emptied(text: &str) -> Option<String> {
    let mut start = 0;
    let line = |line| {
        let this = Line::of(start, line);
        start += line.len();
        this
    };
    let lines: Vec<Line> = text.split_inclusive('\n').map(line).collect();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        let cut = cuts.last().map_or(0, |(range, _)| range.end);
        next += 1;
        if line.start + line.content.len() < cut {
            continue;
        }
        match line.key() {
            Some((key, after)) if key == LAST_APPLIED && kinds(text).any(may_be_secret) => {
                next = block(text, &lines, next - 1, after, false, &mut cuts);
            }
            Some((key, after)) if HOLDERS.contains(&key) && of_secret(text, &lines, next - 1, key) => {
                let value = after + text[after..].len() - text[after..].trim_start_matches(' ').len();
                if text[value..].starts_with(['{', '[']) {
                    cuts.push((value..closed(text, value), "{}"));
                } else {
                    next = block(text, &lines, next - 1, after, true, &mut cuts);
                }
            }
            _ => in_line(text, *line, &mut cuts),
        }
    }
    cuts.retain(|(range, new)| text[range.clone()].trim() != new.trim());
    if cuts.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in cuts {
        out.push_str(&text[at..range.start.max(at)]);
        out.push_str(new);
        at = range.end.max(at);
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// Every kind that a text names, in whichever style.
fn kinds(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("kind").filter_map(|(n, word)| {
        let rest = text[n + word.len()..]
            .trim_start_matches(['"', '\''])
            .trim_start();
        let value = rest
            .strip_prefix(':')?
            .trim_start()
            .trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_alphanumeric()).unwrap_or(value.len());
        (end > 0).then(|| &value[..end])
    })
}

/// Whether the key in this line is one of a Secret: by the kind beside it, else by what the text has.
fn of_secret(text: &str, lines: &[Line], n: usize, key: &str) -> bool {
    let Line { indent, column, .. } = lines[n];
    let mut beside = Vec::new();
    let mut begun = indent < column;
    for line in lines[..n].iter().rev().filter(|l| !l.says_nothing()) {
        if begun || line.column < column {
            break;
        }
        begun = line.column == column && line.indent < column;
        beside.extend(line.is_kind().filter(|_| line.column == column));
    }
    let below = lines[n + 1..].iter().filter(|l| !l.says_nothing());
    let below = below.take_while(|l| l.indent >= column);
    beside.extend(below.filter(|l| l.column == column).filter_map(|l| l.is_kind()));
    match beside.first() {
        Some(kind) => may_be_secret(kind),
        None => key == "stringData" || kinds(text).next().is_none() || kinds(text).any(may_be_secret),
    }
}

/// Cuts the value of a key in block style: what stands behind the colon, and every line that is deeper. The names of
/// the values stay, where they can be told from them. Returns the line after it.
fn block(text: &str, lines: &[Line], n: usize, after: usize, names: bool, cuts: &mut Vec<Cut>) -> usize {
    let end = |line: &Line| line.start + line.column + line.content.len();
    let first = &text[after..end(&lines[n])];
    if !first.trim().is_empty() {
        cuts.push((after..end(&lines[n]), if names { "" } else { " \"\"" }));
    }
    let mut inner = None;
    let mut open = None;
    let mut next = n + 1;
    while let Some(line) = lines.get(next) {
        let whole = line.start..lines.get(next + 1).map_or(text.len(), |l| l.start);
        if !line.content.trim().is_empty() && line.indent <= lines[n].column {
            break;
        }
        next += 1;
        if let Some(quote) = open {
            open = open.filter(|_| !line.content.contains(quote));
            cuts.push((whole, ""));
            continue;
        }
        if line.content.trim().is_empty() {
            continue;
        }
        let depth = *inner.get_or_insert(line.indent);
        match line
            .key()
            .filter(|_| names && depth == line.indent && !line.says_nothing())
        {
            Some((_, after)) => {
                let value = text[after..end(line)].trim();
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                open = quote.filter(|q| value.matches(*q).count() < 2);
                cuts.push((after..end(line), " \"\""));
            }
            None => cuts.push((whole, "")),
        }
    }
    next
}

/// Cuts what stands in one line, as JSON does.
fn in_line(text: &str, line: Line, cuts: &mut Vec<Cut>) {
    if !kinds(text).any(may_be_secret) {
        return;
    }
    let mut from = 0;
    while let Some(found) = line.content[from..].find("ata") {
        let at = from + found;
        from = at + 3;
        let before = line.content[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let name = &line.content[before.len()..from];
        let rest = line.content[from..].trim_start_matches(['"', '\'']).trim_start();
        let opened = before
            .trim_end_matches(['"', '\''])
            .trim_end()
            .ends_with(['{', ',']);
        let (true, true, Some(value)) = (opened, HOLDERS.contains(&name), rest.strip_prefix(':')) else {
            continue;
        };
        let value = line.start + line.column + line.content.len() - value.trim_start().len();
        let end = closed(text, value);
        cuts.push((value..end, "{}"));
        from = (end - line.start - line.column.min(end - line.start)).clamp(from, line.content.len());
        while !line.content.is_char_boundary(from) {
            from += 1;
        }
    }
}

/// The byte after a value in flow style: after the bracket that closes it, or where there is none the end of the text.
fn closed(text: &str, start: usize) -> usize {
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    for (n, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(q), c) if c == q && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']' | ',') if depth == 0 => return start + n,
            (None, '}' | ']') if depth == 1 => return start + n + 1,
            (None, '}' | ']') => depth -= 1,
            _ => {}
        }
        escaped = false;
    }
    text.len()
}
