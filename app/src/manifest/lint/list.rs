//! A `kind: List`, as `kubectl get -o yaml` writes several objects: here each is a document of its own.
use super::{Found, Lint, Rule};
use crate::manifest::{
    documents::{Bundle, Document},
    import::unwrapped,
    path::Place,
};

/// Whether a document holds other objects.
fn is_list(document: &Document) -> bool {
    document.kind().ends_with("List") && document.root.entry("items").is_some()
}

pub(super) fn lists(bundle: &Bundle, found: &mut Found) {
    for (n, document) in bundle.documents.iter().enumerate() {
        if is_list(document) {
            found.at(&Place::new(n, "kind"), Rule::List);
        }
    }
}

/// The text with the objects of every list as documents.
pub(super) fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    let document = bundle.documents.get(lint.place.document).filter(|d| is_list(d))?;
    let mut parts = unwrapped(bundle, document);
    parts
        .iter_mut()
        .filter(|p| !p.ends_with('\n'))
        .for_each(|p| p.push('\n'));
    let (before, after) = (
        &bundle.text[..document.range.start],
        &bundle.text[document.range.end..],
    );
    let text = [before, &parts.join("---\n"), after].concat();
    Bundle::read(&text).is_ok().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::lint::{lint, mend};

    #[test]
    fn a_list_is_taken_apart() {
        let one = |kind: &str| format!("- apiVersion: v1\n  kind: {kind}\n  metadata:\n    name: a # mine\n");
        let text = format!(
            "# all\napiVersion: v1\nkind: List\nitems:\n{}{}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n",
            one("Service"),
            one("ConfigMap")
        );
        let bundle = Bundle::read(&text).unwrap();
        let found = lint(&bundle);
        assert_eq!(
            found.iter().filter(|l| l.rule == Rule::List).count(),
            1,
            "{found:?}"
        );
        let mended = Bundle::read(&mend(&bundle, &found[0]).unwrap()).unwrap();
        let kinds: Vec<&str> = mended.documents.iter().map(Document::kind).collect();
        assert_eq!(kinds, ["Service", "ConfigMap", "Secret"], "{}", mended.text);
        assert!(mended.text.contains("  name: a # mine\n"));
        assert!(!lint(&mended).iter().any(|l| l.rule == Rule::List));
    }
}
