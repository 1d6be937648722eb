//! What the wizard makes at once, and what it is offered: what is asked of the cluster, and what leaves the server.

use crate::{
    common::{Console, console, forbids},
    create::{ask, writes},
};
use serde_json::{Value, json};

/// Takes every object but a quota.
fn no_quota(method: &str, path: &str) -> Option<(u16, Value)> {
    Some(match (method, path.rsplit('/').next().unwrap()) {
        ("POST", "resourcequotas") => {
            let status = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 400,
                "reason": "BadRequest", "message": "quantities must match the regular expression"});
            (400, status)
        }
        ("POST" | "DELETE", _) => (201, json!({"metadata": {"uid": "made-now"}})),
        _ => (404, json!({})),
    })
}

fn takes(method: &str, path: &str) -> Option<(u16, Value)> {
    no_quota(method, &path.replace("resourcequotas", "quotas"))
}

/// Writes below `/namespaces`, the collection of namespaces itself included.
fn asked(console: &Console) -> Vec<(String, String, Value)> {
    let all = console.asked.lock().unwrap().clone();
    all.into_iter()
        .filter(|(method, path, _)| method != "GET" && path.contains("/namespaces"))
        .map(|(method, path, body)| {
            let path = path.split('?').next().unwrap().to_owned();
            (method, path, serde_json::from_str(&body).unwrap())
        })
        .collect()
}

#[tokio::test]
async fn a_namespace_comes_with_its_quota() {
    let console = console(takes);
    let quota = json!([["pods", "5"], ["requests.cpu", ""]]);
    ask(
        &console,
        "namespace",
        json!({"name": "shop", "description": "ours", "quota": quota}),
    )
    .await;
    let [(_, first, space), (_, second, quota)] = &asked(&console)[..] else {
        panic!("two requests")
    };
    assert_eq!(first, "/api/v1/namespaces");
    assert_eq!(
        space["metadata"]["annotations"]["kubernetes.io/description"],
        "ours"
    );
    assert_eq!(second, "/api/v1/namespaces/shop/resourcequotas");
    assert_eq!(quota["spec"]["hard"], json!({"pods": "5"}));
}

#[tokio::test]
async fn a_namespace_whose_quota_is_refused_goes_again_by_its_uid() {
    let console = console(no_quota);
    let answer = ask(
        &console,
        "namespace",
        json!({"name": "shop", "description": "", "quota": [["pods", "x"]]}),
    )
    .await;
    assert!(answer.to_string().contains("quantities must match"), "{answer}");
    let all = asked(&console);
    let (method, path, body) = all.last().unwrap();
    assert_eq!(
        (method.as_str(), path.as_str()),
        ("DELETE", "/api/v1/namespaces/shop")
    );
    assert_eq!(body["preconditions"]["uid"], "made-now");
}

#[tokio::test]
async fn nothing_is_made_of_an_empty_name_or_half_a_login() {
    let console = console(takes);
    for name in ["", "../x", "A"] {
        ask(
            &console,
            "namespace",
            json!({"name": name, "description": "", "quota": []}),
        )
        .await;
    }
    let login = |namespace: &str, name: &str, password: &str| json!({"namespace": namespace, "name": name, "registry": "r", "user": "u", "password": password});
    for body in [
        login("", "a", "p"),
        login("shop", "", "p"),
        login("shop", "a", ""),
    ] {
        let answer = ask(&console, "pull-secret", body).await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    assert_eq!(asked(&console), []);
    ask(&console, "pull-secret", login("shop", "a", "p")).await;
    assert_eq!(writes(&console).len(), 1);
}

/// Lists with one Secret, and nothing else.
fn one_secret(_: &str, path: &str) -> Option<(u16, Value)> {
    let item = json!({"metadata": {"name": "login"}, "type": "Opaque", "data": {"password": "c2VjcmV0"}});
    let items = if path.ends_with("/secrets") {
        vec![item]
    } else {
        Vec::new()
    };
    Some((
        200,
        json!({"kind": "List", "apiVersion": "v1", "metadata": {}, "items": items}),
    ))
}

#[tokio::test]
async fn keys_of_secrets_are_offered_and_values_are_not() {
    let console = console(one_secret);
    let answer = ask(&console, "offers", json!({"namespace": "shop"}))
        .await
        .to_string();
    assert!(
        answer.contains("login") && answer.contains("password"),
        "{answer}"
    );
    assert!(
        !answer.contains("c2VjcmV0") && !answer.contains("secret\""),
        "{answer}"
    );
}

#[tokio::test]
async fn who_may_list_nothing_is_offered_nothing() {
    let console = console(forbids);
    let answer = ask(&console, "offers", json!({"namespace": "shop"})).await;
    assert!(!answer.to_string().contains("forbidden"), "{answer}");
    let listed = || {
        let all = console.asked.lock().unwrap();
        all.iter()
            .filter(|(_, path, _)| path.contains("/namespaces/"))
            .count()
    };
    let before = listed();
    ask(&console, "offers", json!({"namespace": ""})).await;
    assert_eq!(listed(), before, "nothing is asked about an empty namespace");
}
