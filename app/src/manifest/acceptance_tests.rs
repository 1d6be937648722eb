//! Acceptance tests of the reference that need no cluster: the files that an operator drops, and what is found.
use super::{
    documents::Bundle,
    form::StatefulSetForm,
    import::{File, Imported, Refused, import},
    lint::{Degree, Lint, Offers, fixes, lint_with},
    problem::Problem,
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

fn told(lints: &[Lint]) -> Vec<(usize, String, &'static str)> {
    let one = |l: &Lint| (l.place.document, l.place.path.to_string(), l.rule.name);
    lints.iter().map(one).collect()
}

/// The seed's pair: the Service, the set.
fn seed() -> (String, String) {
    let text = String::from_utf8(file("etcd.yaml").bytes).unwrap();
    let (service, set) = text.split_once("---\n").unwrap();
    (service.to_owned(), set.to_owned())
}

fn dropped(texts: &[&str]) -> Result<Imported, Vec<Refused>> {
    let files: Vec<File> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| File {
            name: format!("{n}.yaml"),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    import(&files, "default")
}

/// The first correction of what a rule found.
fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    fixes(bundle, lint).into_iter().next().map(|fix| fix.text)
}

/// The errors of files that are taken, and the text without the first of them.
fn mended(texts: &[&str]) -> (Vec<&'static str>, String) {
    let bundle = Bundle::read(&dropped(texts).unwrap().text).unwrap();
    let lints = lint_with(&bundle, &Offers::default());
    let tied = [
        "service-nowhere",
        "service-with-address",
        "service-selects-others",
    ];
    let lints: Vec<Lint> = lints
        .into_iter()
        .filter(|l| tied.contains(&l.rule.name))
        .collect();
    let text = lints.first().and_then(|l| mend(&bundle, l)).unwrap_or_default();
    (lints.into_iter().map(|l| l.rule.name).collect(), text)
}

#[test]
fn a01_a02_a11_the_seeds_files_fill_the_wizard_however_they_come() {
    let (service, set) = seed();
    let joined = format!("{set}---\n{service}");
    let dirty = format!("\u{feff}---\n{}---\n", joined.replace('\n', "\r\n"));
    for texts in [
        vec![&set, &service],
        vec![&service, &set],
        vec![&joined],
        vec![&dirty],
    ] {
        let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
        let bundle = Bundle::read(&dropped(&texts).unwrap().text).unwrap();
        let form = StatefulSetForm::read(&bundle);
        let container = &form.containers[0];
        let held = [
            &form.name,
            &form.replicas,
            &container.name,
            &container.image,
            &container.pull_policy,
        ];
        assert_eq!(
            held.map(|f| f.text.as_str()),
            ["etcd", "2", "container-0", "etcd", "IfNotPresent"]
        );
        assert_eq!(container.env.len(), 2);
        let headless = form.service.unwrap();
        assert_eq!(
            (headless.name.text.as_str(), headless.ports[0].port.text.as_str()),
            ("etcd-svc", "3120")
        );
        let lints = lint_with(&bundle, &Offers::default());
        assert!(
            lints.iter().all(|l| l.rule.degree != Degree::Refused),
            "{lints:?}"
        );
    }
}

#[test]
fn a03_a05_a12_what_cannot_be_taken_has_its_file_and_line() {
    let (service, set) = seed();
    let told = |text: &str| {
        let refused = dropped(&[text]).unwrap_err().remove(0);
        (refused.file, refused.finding.line, refused.finding.problem)
    };
    let lines = set.lines().count();
    assert_eq!(
        told(&format!("{set}--\n{service}")),
        ("0.yaml".to_owned(), lines + 1, Problem::Dashes)
    );
    assert!(!dropped(&[&service]).unwrap().has_set);
    let (name, line, problem) = told(&format!("{set}---\nkind: [\n"));
    assert_eq!(name, "0.yaml");
    assert!(line >= lines + 2 && matches!(problem, Problem::Syntax(_)));
}

#[test]
fn a04_a06_a07_a08_a_broken_tie_is_told_and_mended() {
    let (service, set) = seed();
    let renamed = service.replace("  name: etcd-svc\nspec", "  name: etcd-service\nspec");
    let version = service.replace("  selector:\n", "  selector:\n    version: v1\n");
    let address = service.replace("  clusterIP: None\n", "");
    for (texts, rule) in [
        (vec![set.as_str()], "service-nowhere"),
        (vec![&set, &renamed], "service-nowhere"),
        (vec![&set, &version], "service-selects-others"),
        (vec![&set, &address], "service-with-address"),
    ] {
        let (rules, text) = mended(&texts);
        assert_eq!(rules, [rule], "{texts:?}");
        assert!(mended(&[&text]).0.is_empty(), "{text}");
        assert_eq!(Bundle::read(&text).unwrap().documents.len(), 2);
    }
}

#[test]
fn a15_a_name_of_53_characters_is_refused_with_the_reason() {
    let (service, set) = seed();
    let long = set.replace("  name: etcd\n", &format!("  name: {}\n", "e".repeat(53)));
    let bundle = Bundle::read(&dropped(&[&service, &long]).unwrap().text).unwrap();
    let told = lint_with(&bundle, &Offers::default());
    assert!(
        told.iter()
            .any(|l| l.rule.name == "name-too-long" && l.place.path.to_string() == "metadata.name")
    );
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
    let at = |document: usize, path: &str, rule: &'static str| (document, path.to_owned(), rule);
    assert_eq!(
        told(&lint_with(&bundle, &offers)),
        [
            at(0, "spec.template.spec.containers[0].image", "image-latest"),
            at(0, "spec.template.spec.imagePullSecrets[0].name", "not-there"),
            at(0, "spec.volumeClaimTemplates[0].metadata.namespace", "ignored"),
            at(
                0,
                "spec.volumeClaimTemplates[0].spec.storageClassName",
                "not-there"
            ),
            at(1, "spec.selector", "service-selects-others"),
            at(1, "spec.ports[0].nodePort", "ignored"),
        ]
    );
    // Nothing is refused, and one click ends what would have kept the Service from its pods.
    let lints = lint_with(&bundle, &Offers::default());
    assert!(lints.iter().all(|l| l.rule.degree != Degree::Refused));
    let tied = |l: &&Lint| l.rule.name == "service-selects-others";
    let trap = lints.iter().find(tied).unwrap();
    let mended = Bundle::read(&mend(&bundle, trap).unwrap()).unwrap();
    assert!(!lint_with(&mended, &Offers::default()).iter().any(|l| tied(&l)));
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
        .filter(|l| l.rule.name == "unknown-field")
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
    assert!(unknown.iter().all(|l| l.rule.degree == Degree::Refused));
}
