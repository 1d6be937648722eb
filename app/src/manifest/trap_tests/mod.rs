//! The traps of manifests that are copied from elsewhere, by their numbers in the reference.
mod old;
mod samples;

use super::{
    documents::Bundle,
    edit::{Edit, Value, apply},
    fix::fix,
    lint::{Lint, fixes, lint},
    path::Place,
    problem::Problem,
    strict::strict,
};
use std::time::{Duration, Instant};

/// A set with its Service that no rule has anything against.
const GOOD: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: x
spec:
  clusterIP: None
  selector:
    app: db
  ports:
  - name: sql
    port: 5432
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: x
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      nodeSelector:
        disk: ssd
      containers:
      - name: main
        image: db:1
        readinessProbe: {tcpSocket: {port: sql}}
        env:
        - name: ID
          value: a
        ports:
        - name: sql
          containerPort: 5432
";

fn replaced(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replacen(from, to, 1)
}

/// With lines at the end of the container, or below `spec` of the pods.
fn container(lines: &str) -> String {
    format!("{GOOD}{}", indented(lines, 8))
}

fn pods(lines: &str) -> String {
    replaced(
        "      nodeSelector:\n",
        &format!("{}      nodeSelector:\n", indented(lines, 6)),
    )
}

fn indented(lines: &str, by: usize) -> String {
    lines
        .lines()
        .map(|l| format!("{}{l}\n", " ".repeat(by)))
        .collect()
}

/// What is found: line and column, and the rule.
fn found(text: &str) -> Vec<(usize, usize, &'static str)> {
    let bundle = Bundle::read(text).unwrap();
    let told = |lint: Lint| {
        let spot = bundle.spot(&lint.place).unwrap();
        (spot.line, spot.column, lint.rule.name)
    };
    lint(&bundle).into_iter().map(told).collect()
}

/// The first correction of what a rule found.
fn mend(bundle: &Bundle, lint: &Lint) -> Option<String> {
    fixes(bundle, lint).into_iter().next().map(|fix| fix.text)
}

/// Exactly this rule is found, at the line and column where the last `mark` begins; its correction leaves nothing to find, and
/// is returned.
fn mended(text: &str, mark: &str, rule: &'static str) -> String {
    let at = text.rfind(mark).unwrap_or_else(|| panic!("{mark} in {text}"));
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
    assert_eq!(found(text), [(line, column, rule)], "{text}");
    let bundle = Bundle::read(text).unwrap();
    let new = mend(&bundle, &lint(&bundle)[0]).unwrap_or_else(|| panic!("no correction in {text}"));
    assert_eq!(found(&new), [], "{new}");
    new
}

#[test]
fn what_is_good_is_left_alone() {
    assert_eq!(found(GOOD), []);
}

#[test]
fn t05_a_missing_separator_is_told_and_put_in() {
    let text = GOOD.replace("---\n", "");
    assert_eq!(found(&text)[0], (13, 13, "missing-separator"));
    let bundle = Bundle::read(&text).unwrap();
    assert_eq!(mend(&bundle, &lint(&bundle)[0]).as_deref(), Some(GOOD));
}

#[test]
fn t14_a_value_that_is_no_string_is_quoted() {
    for value in ["12e34", "0x1F", "true", "1234567890", "1.10", "on"] {
        let text = replaced("value: a", &format!("value: {value}"));
        let new = mended(&text, &format!("{value}\n        ports"), "not-text");
        assert!(new.contains(&format!("value: \"{value}\"\n")), "{new}");
    }
    mended(&replaced("disk: ssd", "disk: true"), "true", "not-text");
    mended(&container("args: [--port, 80]"), "80]", "not-text");
    mended(
        &replaced("replicas: 2", "replicas: \"2\""),
        "\"2\"",
        "quoted-number",
    );
    // The text stands as it is until somebody clicks, and what is typed in a field is quoted at once.
    let place = Place::new(1, "spec.template.spec.containers[0].env[0].value");
    let text = apply(GOOD, &Edit::Set(place, Value::Text("12e34".into()))).unwrap();
    assert!(text.contains("value: \"12e34\"\n"));
}

#[test]
fn t15_dirt_is_named_with_its_place() {
    for (odd, meant) in [
        ('：', ": "),
        ('\u{a0}', " "),
        ('\t', "  "),
        ('\u{3000}', " "),
        ('\u{200b}', ""),
        ('’', "'"),
    ] {
        let good = match odd {
            '：' => GOOD.replacen("kind: ", "kind：", 1),
            '\t' => GOOD.replacen("  name: db\n", "\tname: db\n", 1),
            '’' => GOOD.replacen("image: db:1", "image: 'db:1’", 1),
            '\u{200b}' => GOOD.replacen("kind: ", "kind:\u{200b} ", 1),
            _ => GOOD.replacen("kind: ", &format!("kind:{odd}"), 1),
        };
        let finding = strict(&good).unwrap_err();
        assert_eq!(finding.problem, Problem::OddCharacter(odd), "{odd:?}");
        let fixed = fix(&good, &finding).unwrap();
        assert_eq!(strict(&fixed).err(), None, "{meant:?} {fixed}");
    }
    // A byte order mark, line ends of Windows and empty documents are no matter.
    let text = format!("\u{feff}---\n{}---\n", GOOD.replace('\n', "\r\n"));
    assert_eq!(strict(&text).map(|b| b.documents.len()), Ok(2));
    assert_eq!(found(&text), []);
    // A line that has become a word is still YAML.
    let text = replaced("  selector:\n    app: db\n", "  selector:\n    app:\u{a0}db\n");
    assert!(mended(&text, "app:\u{a0}", "wants-map").contains("selector:\n    app: db\n"));
    let text = replaced("  selector:\n    app: db\n", "  selector:\n    app：db\n");
    mended(&text, "app：", "wants-map");
    assert_eq!(strict("just words\n").unwrap_err().problem, Problem::NotAnObject);
}

#[test]
fn t16_a_reader_stops_at_the_first_error() {
    let start = Instant::now();
    let finding = strict(&format!("{GOOD}---\nkind: [\n")).unwrap_err();
    assert!(
        matches!(finding.problem, Problem::Syntax(_)) && finding.line >= 42,
        "{finding:?}"
    );
    let flood = "---\nkind: [\n".repeat(100_000);
    assert_eq!(strict(&flood).unwrap_err().line, 3);
    assert!(strict(&"a: &a [*a]\n---\n".repeat(100_000)).is_err());
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn t17_what_no_form_knows_stays_and_is_listed() {
    let text = container("volumeMounts:\n- {name: data, mountPath: /d, extendPathMode: PodUID}")
        + "  volumeClaimTemplates:\n  - metadata: {name: data}\n    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n";
    let new = mended(&text, "PodUID", "unknown-field");
    assert!(!new.contains("extendPathMode"));
    let other = Edit::Set(Place::new(1, "spec.replicas"), Value::Typed("3".into()));
    assert!(apply(&text, &other).unwrap().contains("extendPathMode: PodUID"));
    // A key of any depth, and one that nearly is a field.
    let text = pods("policy: x");
    mended(&text, "x\n      nodeSelector", "unknown-field");
    let new = mended(&container("imagepullPolicy: Always"), "Always", "misspelled");
    assert!(new.ends_with("imagePullPolicy: Always\n"));
    // What another console wrote below a map of the user's own keys is the user's.
    assert_eq!(
        found(&pods("tolerations: [{key: any.thing/x, operator: Exists}]")),
        []
    );
}

#[test]
fn t18_aliases_and_merge_keys_are_told_and_written_out() {
    let text = replaced(
        "      labels:\n        app: db\n",
        "      labels: &l\n        app: db\n",
    )
    .replacen(
        "    matchLabels:\n      app: db\n",
        "    matchLabels:\n      app: db\n      # same\n",
        1,
    );
    let text = text.replacen(
        "      nodeSelector:\n        disk: ssd\n",
        "      nodeSelector: *l\n",
        1,
    );
    let new = mended(&text, "*l", "alias");
    assert!(new.contains("      nodeSelector:\n        app: db\n"), "{new}");

    let text = container("resources: {limits: {cpu: 1}}\n")
        .replacen("      containers:\n      - name: main\n", "      initContainers:\n      - &base\n        name: first\n        image: db:1\n        command:\n        - sleep\n        - a b\n      containers:\n      - <<: *base\n        name: main\n", 1)
        .replacen("        image: db:1\n        env", "        env", 1);
    let bundle = Bundle::read(&text).unwrap();
    let lints = lint(&bundle);
    let alias = lints.iter().find(|l| l.rule.name == "alias").unwrap();
    let new = mend(&bundle, alias).unwrap();
    assert!(
        new.contains(
            "      - command:\n          - sleep\n          - a b\n        name: main\n        image: db:1\n"
        ),
        "{new}"
    );
    assert_eq!(found(&new), [], "{new}");
    // An alias of an alias is one click more; what is expanded is bounded by what can be read.
    assert!(Bundle::read(&format!("a: &a [x]\n{}", "b: [*a]\n".repeat(2000))).is_err());
}

#[test]
fn t19_comments_outlive_edits() {
    let text = replaced("replicas: 2", "replicas: 2    #若使用公共镜像，请写“全名”。");
    let edit = Edit::Set(Place::new(1, "spec.replicas"), Value::Typed("3".into()));
    assert_eq!(
        apply(&text, &edit).unwrap(),
        text.replace("replicas: 2 ", "replicas: 3 ")
    );
    assert_eq!(found(&text), []);
}
