//! What is left of Secrets where their values must not be kept.
use super::secrets::without_values;

const BLOCK: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  user: aHVudGVyMg== # hunter2\n\
    stringData:\n  password: hunter2\n  key: |\n    -----BEGIN\n    a: hunter2\n  multi: \"hun\n    hunter2: hunter2\n    \
    end\"\n  last: 'hunter2'\ntype: Opaque\n";
const LEFT: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\ndata:\n  user: \"\"\n\
    stringData:\n  password: \"\"\n  key: \"\"\n  multi: \"\"\n  last: \"\"\ntype: Opaque\n";

fn left(text: &str) -> String {
    without_values(text).unwrap_or_else(|| text.to_owned())
}

#[test]
fn the_names_stay_and_the_values_go() {
    assert_eq!(left(BLOCK), LEFT);
    assert_eq!(without_values(LEFT), None, "nothing is left to leave out");
    let other = "kind: ConfigMap\ndata:\n  a: hunter2\n";
    assert_eq!(without_values(other), None);
    assert_eq!(
        left(&format!("{other}---\n{BLOCK}---\n{other}")),
        format!("{other}---\n{LEFT}---\n{other}")
    );
}

#[test]
fn whatever_the_style() {
    let json = r#"{"kind": "Secret", "data": {"a": "hunter2", "b": "}"}, "stringData": {"c":"hunter2"}}"#;
    assert_eq!(left(json), r#"{"kind": "Secret", "data": {}, "stringData": {}}"#);
    let pretty = "{\n  \"kind\": \"Secret\",\n  \"data\": {\n    \"a\": \"hunter2\"\n  }\n}\n";
    assert_eq!(left(pretty), "{\n  \"kind\": \"Secret\",\n  \"data\": {}\n}\n");
    assert_eq!(
        left("kind: Secret\ndata: {a: hunter2}\n"),
        "kind: Secret\ndata: {}\n"
    );
    assert_eq!(
        left("{kind: Secret, data: {a: hunter2}}\n"),
        "{kind: Secret, data: {}}\n"
    );
    let list = "kind: List\nitems:\n- data:\n    a: stays\n  kind: ConfigMap\n- kind: Secret\n  data:\n    a: hunter2\n";
    assert_eq!(left(list), list.replace("hunter2", "\"\""));
    let applied = "kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      \
        {\"data\":{\"a\":\"hunter2\"}}\n  name: x\n";
    assert!(!left(applied).contains("hunter2"));
    assert!(left(applied).ends_with("  name: x\n"));
}

#[test]
fn at_every_moment_of_the_typing() {
    let turned = "stringData:\n  password: hunter2\nkind: Secret\napiVersion: v1\n";
    let dashed =
        "kind: List\nitems:\n- kind: Secret\n  stringData:\n    a: hunter2\n    b: >-\n      hunter2\n";
    let json = r#"{"kind":"Secret","data":{"a":"hunter2"},"stringData":{"b":"hunter2"}}"#;
    for text in [BLOCK, turned, dashed, json] {
        for (end, _) in text.char_indices() {
            let typed = left(&text[..end]);
            assert!(!typed.contains("hunter2"), "{typed}");
        }
    }
    assert!(!left("kind: Secret\n  data: [\n  a: hunter2\n").contains("hunter2"));
}
