//! Creating on a scripted API server: what is asked, in which order, and what is told.

use crate::common::{Console, Script, console};
use serde_json::{Value, json};

const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n  namespace: shop\nspec:\n  clusterIP: None\n---\n\
    # kept as it is\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\n  namespace: shop\nspec:\n  serviceName: db\n";

fn takes(method: &str, path: &str) -> Option<(u16, Value)> {
    let kind = |name: &str, kind: &str, namespaced: bool| json!({"name": name, "kind": kind, "namespaced": namespaced});
    match path {
        "/api/v1" => {
            let kinds = [
                kind("services", "Service", true),
                kind("namespaces", "Namespace", false),
            ];
            return Some((200, json!({ "resources": kinds })));
        }
        "/apis/apps/v1" => {
            return Some((
                200,
                json!({"resources": [kind("statefulsets", "StatefulSet", true)]}),
            ));
        }
        _ => {}
    }
    let made = json!({"metadata": {"uid": format!("uid-of-{}", path.rsplit('/').next().unwrap())}});
    Some(if method == "POST" || method == "DELETE" {
        (201, made)
    } else {
        (404, json!({}))
    })
}

pub async fn ask(console: &Console, function: &str, body: Value) -> Value {
    console.ask(&format!("create/{function}"), &body).await
}

/// An order of a text.
pub fn order(text: &str) -> Value {
    json!({"order": {"text": text, "namespace": "", "kept": [], "last_key_counts": false}})
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
    let outcome = ask(&console, "create", order(TEXT)).await;
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
    assert_eq!(outcome["refused"], json!([]));
    let (_, _, body) = &writes(&console)[3];
    assert!(
        body.contains("# kept as it is"),
        "the text travels as it is: {body}"
    );
}

#[tokio::test]
async fn a_check_stores_nothing() {
    let console = console(takes);
    ask(&console, "check", order(TEXT)).await;
    assert!(
        writes(&console)
            .iter()
            .all(|(_, path, _)| path.ends_with("&dryRun=All"))
    );
}

#[tokio::test]
async fn a_refused_dry_run_names_the_field_and_creates_nothing() {
    let script: Script = |method, path| {
        let causes =
            json!([{"reason": "FieldValueRequired", "message": "Required value", "field": "spec.selector"}]);
        let no = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 422, "reason": "Invalid",
            "message": "StatefulSet.apps \"db\" is invalid", "details": {"kind": "StatefulSet", "causes": causes}});
        if path.contains("statefulsets") {
            Some((422, no))
        } else {
            takes(method, path)
        }
    };
    let console = console(script);
    let outcome = ask(&console, "create", order(TEXT)).await;
    assert_eq!(
        outcome["refused"][0][0], 1,
        "the index of the document in the text"
    );
    assert_eq!(
        outcome["refused"][0][1],
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
        TEXT.replace("  name: db", "  name: \"\""),
        TEXT.replace("namespace: shop", "namespace: ../x"),
        TEXT.replace("name: db", "name: ../x"),
        TEXT.replace("kind: S", "kind: X"),
        TEXT.replace("apiVersion: v1", "apiVersion: ../v1")
            .replace("apps/v1", "apps/../v1"),
    ] {
        let answer = ask(&console, "create", order(&text)).await;
        assert_eq!(answer["refused"].as_array().unwrap().len(), 2, "{answer}");
    }
    let answer = ask(&console, "create", order("# nothing")).await;
    assert_eq!(answer[0], "Invalid", "{answer}");
    let made = json!([{"kind": "Service", "api_version": "v1", "namespace": "shop", "name": "", "uid": "u1"},
        {"kind": "Service", "api_version": "v1", "namespace": "shop", "name": "db", "uid": ""}]);
    for one in made.as_array().unwrap() {
        let answer = ask(&console, "undo", json!({"created": [one]})).await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    assert_eq!(writes(&console), []);
}

#[tokio::test]
async fn the_whole_text_is_asked_about_and_every_refusal_told() {
    let script: Script = |method, path| match method {
        "POST" => Some((
            403,
            json!({"kind": "Status", "apiVersion": "v1", "code": 403, "reason": "Forbidden", "message": path}),
        )),
        _ => takes(method, path),
    };
    let outcome = ask(&console(script), "check", order(TEXT)).await;
    let refused = outcome["refused"].as_array().unwrap();
    assert_eq!(
        refused.iter().map(|r| r[0].clone()).collect::<Vec<_>>(),
        [json!(0), json!(1)]
    );
}

#[tokio::test]
async fn what_needs_a_namespace_of_the_text_is_asked_about_later() {
    let console = console(takes);
    let text = format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n{TEXT}");
    let outcome = ask(&console, "create", order(&text)).await;
    assert_eq!(outcome["later"], json!([1, 2]));
    let paths: Vec<String> = writes(&console).into_iter().map(|(_, path, _)| path).collect();
    assert!(paths.iter().all(|p| !p.contains("dryRun")), "{paths:?}");
    assert_eq!(outcome["created"].as_array().unwrap().len(), 3);
    assert_eq!(outcome["created"][0]["kind"], "Namespace");
}

#[tokio::test]
async fn a_key_that_stands_twice_is_created_once_that_is_confirmed() {
    let text = TEXT.replace("  clusterIP: None\n", "  clusterIP: None\n  clusterIP: None\n");
    let console = console(takes);
    let outcome = ask(&console, "create", order(&text)).await;
    assert_eq!(
        (&outcome["doubled"], &outcome["created"]),
        (&json!([0]), &json!([]))
    );
    let mut sure = order(&text);
    sure["order"]["last_key_counts"] = json!(true);
    let outcome = ask(&console, "create", sure).await;
    assert_eq!(outcome["created"].as_array().unwrap().len(), 2);
    let (_, _, body) = writes(&console)
        .into_iter()
        .find(|(_, path, _)| !path.contains("dryRun"))
        .unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap()["spec"],
        json!({"clusterIP": "None"})
    );
}

#[tokio::test]
async fn undo_goes_on_behind_what_is_gone() {
    let script: Script = |method, path| match (method, path.ends_with("/gone")) {
        ("DELETE", true) => Some((
            404,
            json!({"kind": "Status", "apiVersion": "v1", "code": 404, "reason": "NotFound", "message": "gone"}),
        )),
        _ => takes(method, path),
    };
    let console = console(script);
    let one = |name: &str| json!({"kind": "Service", "api_version": "v1", "namespace": "shop", "name": name, "uid": "u1"});
    let answer = ask(&console, "undo", json!({"created": [one("db"), one("gone")]})).await;
    assert_eq!(answer, Value::Null);
    assert_eq!(writes(&console).len(), 2);
}
