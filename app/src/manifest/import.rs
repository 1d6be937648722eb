//! Files from outside: read strictly, taken apart, freed of what a cluster wrote into them, and put together as one text.
use super::{
    documents::Bundle,
    export::cleaned,
    lists::objects,
    problem::{Finding, Problem, finding},
    strict::strict,
};

/// A file as it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, for messages only: it means nothing.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came out of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The documents in the order of the files.
    pub text: String,
    /// `kind name` of each.
    pub objects: Vec<String>,
    /// Paths of fields that only a cluster writes, and that are gone from the text.
    pub removed: Vec<String>,
    /// Whether a StatefulSet is among the objects: without one there is nothing for a form.
    pub has_set: bool,
}

/// A file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub file: String,
    /// Where, and why.
    pub finding: Finding,
}

/// Reads the files and joins them. Objects without a namespace get the given one.
///
/// # Errors
/// Every file that cannot be taken, with its first problem. Nothing is imported then.
pub fn import(files: &[File], namespace: &str) -> Result<Imported, Vec<Refused>> {
    let mut imported = Imported::default();
    let mut refused = Vec::new();
    let mut parts = Vec::new();
    for file in files {
        match read(&file.bytes) {
            Ok(documents) => parts.extend(documents),
            Err(finding) => refused.push(Refused {
                file: file.name.clone(),
                finding,
            }),
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    for part in parts {
        let part = cleaned(part, namespace, &mut imported.removed);
        if let Some(document) = Bundle::read(&part)
            .ok()
            .as_ref()
            .and_then(|b| b.documents.first())
        {
            imported
                .objects
                .push(format!("{} {}", document.kind(), document.name()));
        }
        if !imported.text.is_empty() {
            imported.text.push_str("---\n");
        }
        imported.text.push_str(&part);
        if !part.ends_with('\n') {
            imported.text.push('\n');
        }
    }
    // Each file may be within the limits, and all of them together not.
    let whole = Bundle::read(&imported.text).map_err(|found| {
        let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
        vec![Refused {
            file: names.join(", "),
            finding: finding("", 0, found.problem),
        }]
    })?;
    imported.has_set = whole.find("StatefulSet").is_some();
    Ok(imported)
}

/// The documents of one file, each as a text of its own.
fn read(bytes: &[u8]) -> Result<Vec<String>, Finding> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text.trim_start_matches('\u{feff}'),
        _ => return Err(finding("", 0, Problem::NotText)),
    };
    let bundle = strict(text)?;
    if bundle.documents.is_empty() {
        return Err(finding(text, 0, Problem::Empty));
    }
    let all: Vec<String> = (0..bundle.documents.len())
        .flat_map(|n| objects(&bundle, n))
        .collect();
    // What a list holds is looked at as closely as what stands alone.
    for object in &all {
        strict(object).map_err(|found| finding(text, 0, found.problem))?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::form::StatefulSetForm;

    const SET: &str =
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: etcd\nspec:\n  serviceName: etcd-svc\n";
    const SERVICE: &str =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: etcd-svc\nspec:\n  clusterIP: None\n";

    fn file(text: &str) -> File {
        File {
            name: "a.yaml".into(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    fn problem(text: &str) -> (usize, Problem) {
        let refused = import(&[file(text)], "x").unwrap_err();
        (refused[0].finding.line, refused[0].finding.problem.clone())
    }

    #[test]
    fn files_in_any_order_become_one_text() {
        for files in [[file(SET), file(SERVICE)], [file(SERVICE), file(SET)]] {
            let imported = import(&files, "team").unwrap();
            let bundle = Bundle::read(&imported.text).unwrap();
            let form = StatefulSetForm::read(&bundle);
            assert_eq!(
                (form.name.text.as_str(), form.namespace.text.as_str()),
                ("etcd", "team")
            );
            assert!(form.service.is_some());
            assert_eq!(imported.objects.len(), 2);
        }
    }

    #[test]
    fn dirt_at_the_ends_is_no_matter() {
        let text = format!("\u{feff}---\n{}---\n", SET.replace('\n', "\r\n"));
        let imported = import(&[file(&text)], "").unwrap();
        assert_eq!(imported.objects, ["StatefulSet etcd"]);
    }

    #[test]
    fn each_trap_has_its_sentence() {
        assert_eq!(problem(&format!("{SET}--\n{SERVICE}")), (7, Problem::Dashes));
        assert_eq!(problem(&format!("{SET}—\n{SERVICE}")), (7, Problem::Dashes));
        assert_eq!(
            problem(&format!("{SET}--- x\n{SERVICE}")),
            (7, Problem::Separator("x".into()))
        );
        assert_eq!(
            problem(&format!("%YAML 1.2\n---\n{SET}")),
            (1, Problem::Directive)
        );
        assert_eq!(
            problem(&format!("{SET}---\nkind: A\napiVersion: v1\na: *l\n")).0,
            10
        );
        assert_eq!(problem("apiVersion: v1\nkind: [\n").0, 3);
        assert_eq!(problem("apiVersion：v1\n").1, Problem::OddCharacter('：'));
        assert_eq!(problem("a:\n\tb: 1\n"), (2, Problem::OddCharacter('\t')));
        assert_eq!(problem("kind:\u{a0}Service\n").1, Problem::OddCharacter('\u{a0}'));
        assert_eq!(problem("just words\n").1, Problem::NotAnObject);
        assert_eq!(problem("# nothing\n").1, Problem::Empty);
        assert_eq!(problem("a\0b").1, Problem::NotText);
        assert_eq!(problem("a: {{ .Values.x }}\n").1, Problem::Template);
        assert!(matches!(problem("a: b: c\n").1, Problem::Syntax(_)));
        assert!(matches!(problem("a: *b\n").1, Problem::Syntax(_)));
    }

    #[test]
    fn a_service_alone_is_told_to_be_alone() {
        let imported = import(&[file(SERVICE)], "x").unwrap();
        assert!(!imported.has_set);
        assert!(import(&[file(SERVICE), file(SET)], "x").unwrap().has_set);
    }

    #[test]
    fn an_export_loses_what_the_cluster_wrote() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: a # mine\n    uid: 1-2\n    resourceVersion: \"7\"\n  spec:\n    clusterIP: 10.0.0.7\n    ports:\n    - port: 80\n  status: {}\n- apiVersion: apps/v1\n  kind: StatefulSet\n  metadata:\n    name: b\n";
        let imported = import(&[file(text)], "").unwrap();
        assert_eq!(
            imported.text,
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: a # mine\nspec:\n  ports:\n  - port: 80\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: b\n"
        );
        assert_eq!(
            imported.removed,
            [
                "status",
                "metadata.uid",
                "metadata.resourceVersion",
                "spec.clusterIP"
            ]
        );
    }

    #[test]
    fn a_flood_is_answered_soon() {
        let start = std::time::Instant::now();
        let _ = problem(&"a: ".repeat(600_000));
        let _ = problem(&"- ".repeat(900_000));
        let _ = problem(&format!("a: &a [x, x]\n{}", "b: [*a, *a, *a, *a]\n".repeat(400)));
        let _ = problem(&"x".repeat(2_200_000));
        let _ = problem(&"---\na: 1\n".repeat(100_000));
        // No timed test: a reader that is quadratic would need minutes.
        assert!(start.elapsed().as_secs() < 60);
    }
}
