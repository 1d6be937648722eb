//! Corrections that a finding can offer: one click, one change, at the place that the finding names.
use super::problem::{Finding, Problem};

/// The text without the problem; `None` where only its author knows what was meant.
pub fn fix(text: &str, finding: &Finding) -> Option<String> {
    let start = start_of_line(text, finding.line)?;
    let at = start + column(&text[start..], finding.column)?;
    match finding.problem {
        Problem::Dashes => {
            let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
            Some(format!("{}---{}", &text[..start], &text[end..]))
        }
        Problem::OddCharacter(odd) => {
            let meant = match odd {
                '\t' => "  ",
                '\u{a0}' | '\u{3000}' => " ",
                '\u{200b}' | '\u{feff}' => "",
                '：' => ": ",
                '“' | '”' => "\"",
                '‘' | '’' => "'",
                _ => return None,
            };
            let rest = text[at..].strip_prefix(odd)?;
            // A full-width colon brings its own space along.
            let rest = if odd == '：' {
                rest.trim_start_matches(' ')
            } else {
                rest
            };
            Some(format!("{}{meant}{rest}", &text[..at]))
        }
        Problem::SlashComment => Some(format!("{}#{}", &text[..at], text[at..].strip_prefix("//")?)),
        _ => None,
    }
}

fn start_of_line(text: &str, line: usize) -> Option<usize> {
    let above: usize = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    (above <= text.len()).then_some(above)
}

fn column(line: &str, column: usize) -> Option<usize> {
    let mut characters = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    characters.nth(column.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::strict::strict;

    #[test]
    fn a_correction_corrects() {
        for (broken, good) in [
            (
                "apiVersion: v1\nkind: Service\n--\napiVersion: v1\nkind: Service\n",
                "apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Service\n",
            ),
            (
                "apiVersion：v1\nkind: Service\n",
                "apiVersion: v1\nkind: Service\n",
            ),
            (
                "apiVersion: v1\nkind:\u{a0}Service\n",
                "apiVersion: v1\nkind: Service\n",
            ),
            (
                "apiVersion: v1\nkind: Service\nspec:\n\ttype: x\n",
                "apiVersion: v1\nkind: Service\nspec:\n  type: x\n",
            ),
        ] {
            let finding = strict(broken).unwrap_err();
            assert_eq!(fix(broken, &finding).as_deref(), Some(good), "{broken}");
            assert_eq!(strict(good).err(), None);
        }
    }

    #[test]
    fn what_only_the_author_knows_is_left_alone() {
        let broken = "apiVersion: v1\nkind: Service\nmetadata: {a: 1\n";
        assert_eq!(fix(broken, &strict(broken).unwrap_err()), None);
    }
}
