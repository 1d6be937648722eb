//! Pods on a scripted API server: by which UID they end, when force is refused, and what of Secrets leaves the server.

use crate::{
    common::{Console, Script, console, forbids},
    delete::{ask, refusal},
};
use serde_json::{Value, json};

const POD: &str = "/api/v1/namespaces/shop/pods/db-0";
const NODE: &str = "/api/v1/nodes/n1";

fn pod() -> Value {
    let variable = |name: &str, from: Value| json!({"name": name, "valueFrom": from});
    json!({"kind": "Pod", "apiVersion": "v1",
        "metadata": {"namespace": "shop", "name": "db-0", "uid": "u1", "labels": {"app": "db"},
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "s", "controller": true}]},
        "spec": {"nodeName": "n1", "containers": [{"name": "db", "image": "db:1",
            "envFrom": [{"prefix": "L_", "secretRef": {"name": "login"}}, {"configMapRef": {"name": "closed"}}],
            "env": [
                {"name": "URL", "value": "db://$(L_password)@$(HOST)"},
                variable("PASSWORD", json!({"secretKeyRef": {"name": "login", "key": "password"}})),
                variable("GONE", json!({"secretKeyRef": {"name": "login", "key": "nothing"}})),
                variable("MODE", json!({"configMapKeyRef": {"name": "settings", "key": "mode"}})),
                variable("NAME", json!({"fieldRef": {"fieldPath": "metadata.labels['app']"}})),
            ]}]},
        "status": {"phase": "Running"}})
}

fn shop(method: &str, path: &str) -> Option<(u16, Value)> {
    let node = |ready: &str| json!({"metadata": {"name": "n1"}, "status": {"conditions": [{"type": "Ready", "status": ready}]}});
    match path {
        _ if method != "GET" => Some((
            200,
            json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}),
        )),
        POD => Some((200, pod())),
        NODE => Some((200, node("True"))),
        "/api/v1/namespaces/shop/secrets/login" => {
            // "s3cr3t", and a byte that is no text.
            Some((
                200,
                json!({"metadata": {"name": "login"}, "data": {"password": "czNjcjN0", "odd": "/w=="}}),
            ))
        }
        "/api/v1/namespaces/shop/configmaps/settings" => Some((
            200,
            json!({"metadata": {"name": "settings"}, "data": {"mode": "fast"}}),
        )),
        "/api/v1/namespaces/shop/configmaps/closed" => {
            refusal(403, "Forbidden", "configmaps \"closed\" is forbidden")
        }
        "/apis/policy/v1/namespaces/shop/poddisruptionbudgets" => {
            let budget = |name: &str, app: &str| {
                json!({"metadata": {"name": name}, "spec": {"selector": {"matchLabels": {"app": app}}},
                    "status": {"disruptionsAllowed": 1, "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3}})
            };
            let items = json!([budget("mine", "db"), budget("others", "web")]);
            Some((
                200,
                json!({"kind": "PodDisruptionBudgetList", "apiVersion": "policy/v1", "metadata": {}, "items": items}),
            ))
        }
        _ => refusal(404, "NotFound", "nothing there"),
    }
}

/// What was written: method, path, body.
fn written(console: &Console) -> Vec<(String, String, Value)> {
    let asked = console.asked.lock().unwrap().clone();
    let reviews = |path: &str| path.starts_with("/apis/auth");
    let writes = asked
        .into_iter()
        .filter(|(method, path, _)| method != "GET" && !reviews(path));
    writes
        .map(|(m, p, body)| (m, p, serde_json::from_str(&body).unwrap()))
        .collect()
}

fn end(deed: &str, uid: &str) -> Value {
    json!({"deed": deed, "namespace": "shop", "name": "db-0", "uid": uid})
}

#[tokio::test]
async fn a_pod_ends_by_the_uid_that_was_shown() {
    let console = console(shop);
    assert_eq!(ask(&console, "pods/end", end("Delete", "u1")).await, Value::Null);
    assert_eq!(ask(&console, "pods/end", end("Evict", "u1")).await, Value::Null);
    let written = written(&console);
    let [delete, evict] = written.as_slice() else {
        panic!("{written:?}")
    };
    assert_eq!((delete.0.as_str(), delete.1.as_str()), ("DELETE", POD));
    assert_eq!(delete.2["preconditions"]["uid"], "u1");
    assert_eq!(delete.2.get("gracePeriodSeconds"), None);
    assert_eq!(
        (evict.0.as_str(), evict.1.as_str()),
        ("POST", format!("{POD}/eviction").as_str())
    );
    assert_eq!(evict.2["deleteOptions"]["preconditions"]["uid"], "u1");
}

#[tokio::test]
async fn nothing_is_sent_without_a_name_and_a_uid() {
    let console = console(shop);
    for (name, uid) in [
        ("db-0", ""),
        ("", "u1"),
        ("../nodes/n1", "u1"),
        ("db-0/eviction", "u1"),
    ] {
        let body = json!({"deed": "Delete", "namespace": "shop", "name": name, "uid": uid});
        let answer = ask(&console, "pods/end", body).await;
        assert_eq!(answer[0], "Invalid", "{name:?} {uid:?}");
    }
    assert_eq!(written(&console), []);
}

#[tokio::test]
async fn force_is_refused_while_the_node_answers() {
    let console = console(shop);
    let answer = ask(&console, "pods/end", end("Force", "u1")).await;
    assert_eq!(answer[0], "Invalid", "{answer}");
    assert_eq!(written(&console), []);
}

#[tokio::test]
async fn force_goes_where_the_node_is_gone_or_seems_so() {
    let gone: Script = |method, path| match path {
        NODE => refusal(404, "NotFound", "nodes \"n1\" not found"),
        _ => shop(method, path),
    };
    // Nodes may not be read, and its deletion is long overdue.
    let overdue: Script = |method, path| match (method, path) {
        ("GET", POD) => {
            let mut pod = pod();
            pod["metadata"]["deletionTimestamp"] = json!("2020-01-01T00:00:00Z");
            Some((200, pod))
        }
        (_, NODE) => forbids(method, path),
        _ => shop(method, path),
    };
    for script in [gone, overdue] {
        let console = console(script);
        assert_eq!(ask(&console, "pods/end", end("Force", "u1")).await, Value::Null);
        let written = written(&console);
        assert_eq!(written.len(), 1);
        assert_eq!(written[0].2["gracePeriodSeconds"], 0);
        assert_eq!(written[0].2["preconditions"]["uid"], "u1");
    }
}

#[tokio::test]
async fn the_plan_asks_by_dry_runs_and_names_the_budgets_that_find_the_pod() {
    let blocked: Script = |method, path| {
        if !path.ends_with("/eviction") {
            return shop(method, path);
        }
        let cause = json!({"reason": "DisruptionBudget", "message": "The disruption budget mine needs 3 healthy pods and has 3 currently"});
        let status = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 429, "reason": "TooManyRequests",
            "message": "Cannot evict pod as it would violate the pod's disruption budget.", "details": {"causes": [cause]}});
        Some((429, status))
    };
    let console = console(blocked);
    let plan = ask(
        &console,
        "pods/plan",
        json!({"namespace": "shop", "name": "db-0"}),
    )
    .await;
    assert_eq!((&plan["uid"], &plan["delete"]), (&json!("u1"), &Value::Null));
    let words = plan["evict"][1].as_str().unwrap();
    assert!(
        words.contains("would violate") && words.contains("mine needs 3 healthy pods"),
        "{words}"
    );
    assert_eq!(
        plan["budgets"],
        json!([{"name": "mine", "allowed": 1, "healthy": 3, "desired": 2}])
    );
    for (_, path, body) in written(&console) {
        let options = body.get("deleteOptions").unwrap_or(&body);
        assert_eq!(options["dryRun"], json!(["All"]), "{path}");
    }
}

#[tokio::test]
async fn no_value_of_a_secret_is_in_the_environment() {
    let console = console(shop);
    let answer = ask(
        &console,
        "pods/environment",
        json!({"namespace": "shop", "name": "db-0"}),
    )
    .await;
    let text = answer.to_string();
    assert!(!text.contains("s3cr3t") && !text.contains("czNjcjN0"), "{text}");
    let of = |name: &str| {
        let all = answer[0]["variables"].as_array().unwrap();
        all.iter().find(|v| v["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(of("L_password"), "Masked");
    assert_eq!(of("PASSWORD"), "Masked");
    assert_eq!(of("URL"), json!({"Text": "db://$(L_password)@$(HOST)"}));
    assert_eq!(of("GONE"), json!({"Missing": {"optional": false}}));
    assert_eq!(of("MODE"), json!({"Text": "fast"}));
    assert_eq!(of("NAME"), json!({"Text": "db"}));
    assert_eq!(answer[0]["unread"][0]["source"], "ConfigMap closed");
    assert_eq!(answer[0]["unread"][0]["error"][0], "Forbidden");
}

#[tokio::test]
async fn one_key_of_a_secret_is_revealed_to_whoever_may_read_it() {
    let ask_for = async |script: Script, key: &str| {
        let body = json!({"namespace": "shop", "secret": "login", "key": key});
        ask(&console(script), "pods/reveal", body).await
    };
    assert_eq!(ask_for(shop, "password").await, "s3cr3t");
    assert_eq!(ask_for(shop, "nothing").await[0], "NotFound");
    let odd = ask_for(shop, "odd").await;
    assert_eq!(
        (&odd[0], &odd[1]),
        (&json!("Invalid"), &json!("1 bytes that are no text"))
    );
    assert_eq!(ask_for(forbids, "password").await[0], "Forbidden");
}
