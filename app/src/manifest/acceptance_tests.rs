//! Acceptance tests of the reference that need no cluster: the files that an operator drops, and what is found.
use super::{
    documents::Bundle,
    form::StatefulSetForm,
    import::{File, import},
    lint::{Lint, Offers, Rule, lint_with, mend},
};
use std::{fs, path::Path};

fn file(name: &str) -> File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    File {
        name: name.to_owned(),
        bytes: fs::read(path).unwrap(),
    }
}

fn told(lints: &[Lint]) -> Vec<(usize, String, Rule)> {
    let one = |l: &Lint| (l.place.document, l.place.path.to_string(), l.rule.clone());
    lints.iter().map(one).collect()
}

#[test]
fn a16_the_nginx_pair_is_imported_with_its_findings() {
    let files = [file("nginx-statefulset.yaml"), file("nginx-headless.yaml")];
    let imported = import(&files, "default").unwrap();
    assert_eq!(imported.objects, ["StatefulSet nginx", "Service nginx-svc"]);
    let bundle = Bundle::read(&imported.text).unwrap();
    let form = StatefulSetForm::read(&bundle);
    let template = &form.templates[0];
    let held = [
        &template.name,
        &template.capacity,
        &template.mode,
        &template.class,
    ]
    .map(|f| f.text.as_str());
    assert_eq!(held, ["test", "10Gi", "ReadWriteOnce", "csi-disk"]);

    let (classes, secrets) = (["standard".to_owned()], []);
    let offers = Offers {
        storage_classes: Some(&classes),
        secrets: Some(&secrets),
        ..Offers::default()
    };
    let at = |document: usize, path: &str, rule: Rule| (document, path.to_owned(), rule);
    assert_eq!(
        told(&lint_with(&bundle, &offers)),
        [
            at(0, "spec.template.spec.containers[0].image", Rule::Latest),
            at(1, "spec.selector", Rule::ServiceSelector),
            at(
                0,
                "spec.volumeClaimTemplates[0].spec.storageClassName",
                Rule::NotThere("StorageClass")
            ),
            at(
                0,
                "spec.template.spec.imagePullSecrets[0].name",
                Rule::NotThere("Secret")
            ),
            at(1, "spec.ports[0].nodePort", Rule::Ignored),
            at(
                0,
                "spec.volumeClaimTemplates[0].metadata.namespace",
                Rule::Ignored
            ),
        ]
    );
    // Only the selector keeps the pair from being created, and one click ends that.
    let lints = lint_with(&bundle, &Offers::default());
    let errors: Vec<&Lint> = lints.iter().filter(|l| !l.rule.is_warning()).collect();
    let mended = Bundle::read(&mend(&bundle, errors[0]).unwrap()).unwrap();
    assert_eq!(errors.len(), 1);
    assert!(
        lint_with(&mended, &Offers::default())
            .iter()
            .all(|l| l.rule.is_warning())
    );
}

#[test]
fn a13_a_vendors_field_survives_and_is_named() {
    let mut set = file("nginx-statefulset.yaml");
    let text = String::from_utf8(set.bytes).unwrap();
    let vendor = "              subPath: ''\n              extendPathMode: PodUID\n              policy:\n                logs: {rotate: Hourly}\n";
    set.bytes = text.replace("              subPath: ''\n", vendor).into_bytes();
    let imported = import(&[set, file("nginx-headless.yaml")], "default").unwrap();
    assert!(imported.text.contains(vendor));
    let bundle = Bundle::read(&imported.text).unwrap();
    let unknown: Vec<Lint> = lint_with(&bundle, &Offers::default())
        .into_iter()
        .filter(|l| l.rule == Rule::UnknownField)
        .collect();
    let mount = "spec.template.spec.containers[0].volumeMounts[0]";
    let paths: Vec<String> = unknown.iter().map(|l| l.place.path.to_string()).collect();
    assert_eq!(
        paths,
        [format!("{mount}.extendPathMode"), format!("{mount}.policy")]
    );
    let line = bundle.spot(&unknown[0].place).unwrap().line;
    assert!(
        imported
            .text
            .lines()
            .nth(line - 1)
            .unwrap()
            .contains("extendPathMode")
    );
    assert!(unknown.iter().all(|l| l.rule.is_warning()));
}
