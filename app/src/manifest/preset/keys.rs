//! A variable for each of some keys of a ConfigMap or a Secret (KS-69).
use super::apply_all;
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, EditError},
    form::ContainerForm,
    scalar::{self, Style},
};

/// What holds the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    ConfigMap,
    Secret,
}

impl Holder {
    fn reference(self) -> &'static str {
        match self {
            Self::ConfigMap => "configMapKeyRef",
            Self::Secret => "secretKeyRef",
        }
    }
}

/// What a key's variable is called: shells take only letters, digits and `_`, and no digit at the beginning.
pub fn variable_name(key: &str) -> String {
    let plain: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{plain}")
    } else {
        plain
    }
}

/// With a variable for each key, after those that are there. What has the name already stays as it is.
///
/// # Errors
/// Where the list is written in a way that only the text can change.
pub fn with_keys(
    bundle: &Bundle,
    container: &ContainerForm,
    (holder, name): (Holder, &str),
    keys: &[String],
) -> Result<String, EditError> {
    let text = |t: &str| scalar::string(t, Style::Plain, false);
    let there = |key: &&String| {
        container
            .env
            .iter()
            .any(|row| row.name.text == variable_name(key))
    };
    let rows = keys.iter().filter(|key| !there(key)).map(|key| {
        let row = format!(
            "name: {}\nvalueFrom:\n  {}:\n    name: {}\n    key: {}",
            text(&variable_name(key)),
            holder.reference(),
            text(name),
            text(key)
        );
        Edit::Append(container.place.key("env"), row)
    });
    apply_all(&bundle.text, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::form::StatefulSetForm;

    #[test]
    fn each_key_becomes_a_reference() {
        let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        env:\n        - name: there\n          value: mine # kept\n";
        let bundle = Bundle::read(text).unwrap();
        let container = &StatefulSetForm::read(&bundle).containers[0];
        let keys = ["there", "tls.crt", "1st", "on"].map(str::to_owned);
        let new = with_keys(&bundle, container, (Holder::Secret, "certs"), &keys).unwrap();
        let row = |name: &str, key: &str| {
            format!(
                "        - name: {name}\n          valueFrom:\n            secretKeyRef:\n              name: certs\n              key: {key}\n"
            )
        };
        let rows = [
            row("tls_crt", "tls.crt"),
            row("_1st", "1st"),
            row("\"on\"", "\"on\""),
        ];
        assert_eq!(new, text.to_owned() + &rows.concat());
    }
}
