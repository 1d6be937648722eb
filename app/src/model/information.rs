//! What a set is called and what it is for: metadata that no pod ever sees.
use serde::{Deserialize, Serialize};

/// The annotation that says what an object is for (Kubernetes, "Well-Known Labels, Annotations and Taints").
pub const DESCRIPTION: &str = "kubernetes.io/description";
/// The annotation with the name that people use, as KubeSphere writes it.
pub const ALIAS: &str = "kubesphere.io/alias-name";

/// A key of the metadata, as it was shown and as it shall be; none where there is no such key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub key: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Changes of a set's own labels and annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {
    pub labels: Vec<Change>,
    pub annotations: Vec<Change>,
}

impl Information {
    /// Nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.annotations.is_empty()
    }
}

/// The value of a key.
pub fn value<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(k, _)| k == key)?;
    Some(&found.1)
}

/// The change of one text; an empty one is none.
pub fn change(pairs: &[(String, String)], key: &str, text: &str) -> Option<Change> {
    let before = value(pairs, key).map(str::to_owned);
    let after = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    (before != after).then(|| Change {
        key: key.to_owned(),
        before,
        after,
    })
}

/// Labels as one edits them: `key=value`, one a line.
pub fn lines(pairs: &[(String, String)]) -> String {
    let lines: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}={v}")).collect();
    lines.join("\n")
}

/// What an edit of [`lines`] changes.
///
/// # Errors
/// The line that is no `key=value`, or that names a key a second time.
pub fn changes(pairs: &[(String, String)], text: &str) -> Result<Vec<Change>, String> {
    let mut wanted: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (key, label) = line.split_once('=').ok_or_else(|| line.to_owned())?;
        if key.trim().is_empty() || value(&wanted, key.trim()).is_some() {
            return Err(line.to_owned());
        }
        wanted.push((key.trim().to_owned(), label.trim().to_owned()));
    }
    let gone = pairs.iter().filter(|(key, _)| value(&wanted, key).is_none());
    let gone = gone.map(|(key, before)| (key.clone(), Some(before.clone()), None));
    let kept = wanted.iter().map(|(key, after)| {
        let before = value(pairs, key).map(str::to_owned);
        (key.clone(), before, Some(after.clone()))
    });
    let changed = gone.chain(kept).filter(|(_, before, after)| before != after);
    let change = |(key, before, after)| Change { key, before, after };
    Ok(changed.map(change).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect()
    }

    #[test]
    fn what_is_left_as_it_is_changes_nothing() {
        let labels = pairs(&[("app", "db"), ("tier", "")]);
        assert_eq!(changes(&labels, &lines(&labels)), Ok(vec![]));
        assert_eq!(change(&labels, "app", " db "), None);
        assert_eq!(change(&labels, "none", "  "), None);
    }

    #[test]
    fn each_key_is_changed_alone() {
        let labels = pairs(&[("app", "db"), ("team", "a")]);
        let changed = changes(&labels, "app=db\nzone = west\n").unwrap();
        let told: Vec<_> = changed
            .iter()
            .map(|c| (c.key.as_str(), c.before.as_deref(), c.after.as_deref()))
            .collect();
        assert_eq!(told, [("team", Some("a"), None), ("zone", None, Some("west"))]);
    }

    #[test]
    fn a_line_that_is_no_label_is_named() {
        assert_eq!(changes(&[], "app=db\nwhat"), Err("what".into()));
        assert_eq!(changes(&[], "app=a\napp=b"), Err("app=b".into()));
        assert_eq!(changes(&[], "=b"), Err("=b".into()));
    }
}
