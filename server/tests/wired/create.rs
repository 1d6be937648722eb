//! Creating on a scripted API server: what is asked, in which order, and what is told.

use crate::common::{Console, HOST, ORIGIN, Script, console};
use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};

const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n  namespace: shop\nspec:\n  clusterIP: None\n---\n\
    # kept as it is\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\n  namespace: shop\nspec:\n  serviceName: db\n";

fn takes(method: &str, path: &str) -> Option<(u16, Value)> {
    let made = json!({"metadata": {"uid": format!("uid-of-{}", path.rsplit('/').next().unwrap())}});
    Some(if method == "POST" || method == "DELETE" {
        (201, made)
    } else {
        (404, json!({}))
    })
}

pub async fn ask(console: &Console, function: &str, body: Value) -> Value {
    let cookie = console.sign_in().await;
    let request = Request::post(format!("/api/create/{function}"))
        .header(header::HOST, HOST)
        .header(header::ORIGIN, ORIGIN)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = console.send(request).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.body))
}

/// What was written, without the questions about the user.
pub fn writes(console: &Console) -> Vec<(String, String, String)> {
    let asked = console.asked.lock().unwrap().clone();
    asked
        .into_iter()
        .filter(|(m, p, _)| m != "GET" && p.contains("/namespaces/"))
        .collect()
}

#[tokio::test]
async fn both_are_tried_before_anything_is_stored_and_the_service_comes_first() {
    let console = console(takes);
    let outcome = ask(&console, "create", json!({"text": TEXT, "kept": []})).await;
    let steps: Vec<_> = writes(&console).into_iter().map(|(_, path, _)| path).collect();
    let strict = "fieldValidation=Strict&fieldManager=ordinal";
    let (service, set) = (
        "/api/v1/namespaces/shop/services",
        "/apis/apps/v1/namespaces/shop/statefulsets",
    );
    let dry = |path: &str| format!("{path}?{strict}&dryRun=All");
    assert_eq!(
        steps,
        [
            dry(service),
            dry(set),
            format!("{service}?{strict}"),
            format!("{set}?{strict}")
        ]
    );
    assert_eq!(outcome["created"][1]["uid"], "uid-of-statefulsets");
    assert_eq!(outcome["refused"], Value::Null);
    let (_, _, body) = &writes(&console)[3];
    assert!(
        body.contains("# kept as it is"),
        "the text travels as it is: {body}"
    );
}

#[tokio::test]
async fn a_check_stores_nothing() {
    let console = console(takes);
    ask(&console, "check", json!({"text": TEXT, "kept": []})).await;
    assert!(
        writes(&console)
            .iter()
            .all(|(_, path, _)| path.ends_with("&dryRun=All"))
    );
}

#[tokio::test]
async fn a_refused_dry_run_names_the_field_and_creates_nothing() {
    let script: Script = |_, path| {
        let causes =
            json!([{"reason": "FieldValueRequired", "message": "Required value", "field": "spec.selector"}]);
        let no = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 422, "reason": "Invalid",
            "message": "StatefulSet.apps \"db\" is invalid", "details": {"kind": "StatefulSet", "causes": causes}});
        if path.contains("statefulsets") {
            Some((422, no))
        } else {
            takes("POST", path)
        }
    };
    let console = console(script);
    let outcome = ask(&console, "create", json!({"text": TEXT, "kept": []})).await;
    assert_eq!(outcome["refused"][0], 1, "the index of the document in the text");
    assert_eq!(
        outcome["refused"][1],
        json!([
            "Invalid",
            "StatefulSet.apps \"db\" is invalid",
            "spec.selector",
            "Required value"
        ])
    );
    assert_eq!(outcome["created"], json!([]));
    assert!(
        writes(&console)
            .iter()
            .all(|(_, path, _)| path.ends_with("&dryRun=All"))
    );
}

#[tokio::test]
async fn undo_deletes_by_uid() {
    let console = console(takes);
    let made =
        json!([{"kind": "Service", "api_version": "v1", "namespace": "shop", "name": "db", "uid": "u1"}]);
    ask(&console, "undo", json!({"created": made})).await;
    let [(method, path, body)] = &writes(&console)[..] else {
        panic!("one request")
    };
    assert_eq!(
        (method.as_str(), path.as_str()),
        ("DELETE", "/api/v1/namespaces/shop/services/db")
    );
    let sent: Value = serde_json::from_str(body).unwrap();
    assert_eq!(sent["preconditions"]["uid"], "u1");
}

#[tokio::test]
async fn nothing_is_sent_without_a_name_a_namespace_or_a_uid() {
    let console = console(takes);
    for text in [
        TEXT.replace(
            "name: db\n  namespace: shop\nspec:\n  serviceName",
            "name: \"\"\n  namespace: shop\nspec:\n  serviceName",
        ),
        TEXT.replace("namespace: shop", "namespace: \"\""),
        TEXT.replace("name: db", "name: ../x"),
        String::new(),
        TEXT.replace("kind: Service", "kind: Pod"),
    ] {
        let answer = ask(&console, "create", json!({"text": text, "kept": []})).await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    let made = json!([{"kind": "Service", "api_version": "v1", "namespace": "shop", "name": "", "uid": "u1"},
        {"kind": "Service", "api_version": "v1", "namespace": "shop", "name": "db", "uid": ""}]);
    for one in made.as_array().unwrap() {
        let answer = ask(&console, "undo", json!({"created": [one]})).await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    assert_eq!(writes(&console), []);
}
