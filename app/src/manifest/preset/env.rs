//! Lines of `NAME=value`, pasted (CCE-77).
use super::apply_all;
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, EditError, Value},
    form::ContainerForm,
    scalar::{self, Style},
};

/// What pasted lines say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Names and values in their order; of a name that comes twice the last value.
    pub variables: Vec<(String, String)>,
    /// Names that came twice.
    pub doubled: Vec<String>,
    /// Lines, counted from 1, that are no variable. They are not taken.
    pub odd: Vec<usize>,
}

/// Reads lines of `NAME=value`. The first `=` splits; empty lines and those that begin with `#` are left out; `export`
/// before the name and one pair of quotes around the value belong to shells and go.
pub fn pasted(text: &str) -> Pasted {
    let mut found = Pasted::default();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
            found.odd.push(n + 1);
            continue;
        };
        let (name, value) = (name.trim().to_owned(), unquoted(value.trim()).to_owned());
        match found.variables.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => {
                known.1 = value;
                if !found.doubled.contains(&name) {
                    found.doubled.push(name);
                }
            }
            None => found.variables.push((name, value)),
        }
    }
    found
}

fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// With these variables: one that is there gets the value in its place, the others come after the last.
///
/// # Errors
/// Where the list is written in a way that only the text can change.
pub fn with_variables(
    bundle: &Bundle,
    container: &ContainerForm,
    variables: &[(String, String)],
) -> Result<String, EditError> {
    let edits = variables.iter().flat_map(|(name, value)| {
        let there = container.env.iter().find(|row| row.name.text == *name);
        match there {
            Some(row) => {
                let elsewhere = row
                    .from_elsewhere
                    .then(|| Edit::Remove(row.place.key("valueFrom")));
                let set = Edit::Set(row.place.key("value"), Value::Text(value.clone()));
                elsewhere.into_iter().chain([set]).collect()
            }
            None => {
                let text = |t: &str| scalar::string(t, Style::Plain, false);
                let row = format!("name: {}\nvalue: {}", text(name), text(value));
                vec![Edit::Append(container.place.key("env"), row)]
            }
        }
    });
    apply_all(&bundle.text, edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::form::StatefulSetForm;

    #[test]
    fn lines_become_variables() {
        let found =
            pasted("# a comment\nA=1\r\n\nexport B = two words \nC=\"x=y\"\nA=2\nodd\n=nothing\nD=\n");
        let pairs: Vec<(&str, &str)> = found
            .variables
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(pairs, [("A", "2"), ("B", "two words"), ("C", "x=y"), ("D", "")]);
        assert_eq!((found.doubled, found.odd), (vec!["A".to_owned()], vec![7, 8]));
    }

    #[test]
    fn values_stay_strings_and_known_names_their_place() {
        let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        env:\n        - name: A\n          valueFrom:\n            fieldRef:\n              fieldPath: metadata.name\n        - name: Z\n          value: z\n";
        let bundle = Bundle::read(text).unwrap();
        let form = StatefulSetForm::read(&bundle);
        let new = with_variables(
            &bundle,
            &form.containers[0],
            &pasted("A=1\nB=on\nC=plain").variables,
        )
        .unwrap();
        assert!(!new.contains("valueFrom"));
        let tail = new.split("env:\n").nth(1).unwrap();
        let rows: String = tail.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            rows,
            "- name: A value: \"1\" - name: Z value: z - name: B value: \"on\" - name: C value: plain"
        );
    }
}
