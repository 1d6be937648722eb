//! A set's page: its template, the Service that it lacks, and what people write about it.
use crate::common::{Console, console};
use axum::http::StatusCode;
use serde_json::{Value, json};

fn set() -> Value {
    json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
        "metadata": {"name": "db", "namespace": "shop", "uid": "u", "resourceVersion": "7",
            "labels": {"app": "db"}, "annotations": {"kubernetes.io/description": "orders"}},
        "spec": {"serviceName": "db", "selector": {"matchLabels": {"app": "db"}},
            "template": {"metadata": {"labels": {"app": "db"}}, "spec": {"containers": [{"name": "db", "image": "postgres:17",
                "ports": [{"name": "sql", "containerPort": 5432}],
                "env": [
                    {"name": "SELF", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                    {"name": "PASS", "valueFrom": {"secretKeyRef": {"name": "login", "key": "password"}}},
                    {"name": "MODE", "value": "primary"}]}]}}}})
}

/// A cluster with this one set, which refuses the first write as too late.
fn shop() -> Console {
    let late = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    console(move |method: &str, path: &str| {
        let conflict = json!({"kind": "Status", "status": "Failure", "code": 409, "reason": "Conflict", "message": "modified"});
        match (method, path.rsplit('/').next()) {
            ("GET", Some("login")) => Some((
                200,
                json!({"metadata": {"name": "login"}, "data": {"password": "c2VjcmV0"}}),
            )),
            ("GET", Some("db")) => Some((200, set())),
            ("PATCH", Some("db")) if late.swap(false, std::sync::atomic::Ordering::Relaxed) => {
                Some((409, conflict))
            }
            ("PATCH", Some("db")) => Some((200, set())),
            _ => crate::common::forbids(method, path),
        }
    })
}

fn named() -> String {
    json!({"namespace": "shop", "name": "db"}).to_string()
}

#[tokio::test]
async fn the_template_is_resolved_without_the_value_of_a_secret() {
    let answer = shop().call("sets/template", named()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    for word in ["postgres:17", "sql 5432/TCP", "primary", "password", "Masked"] {
        assert!(answer.body.contains(word), "{word}: {}", answer.body);
    }
    assert!(!answer.body.contains("secret\""), "{}", answer.body);
    // The name of a pod is no part of a template.
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let own = &told["environment"][0]["variables"][0];
    assert_eq!(own["value"], "Unknown", "{own}");
}

#[tokio::test]
async fn the_service_that_the_set_names_has_its_selector_and_ports() {
    let answer = shop().call("sets/service", named()).await;
    let text: String = serde_json::from_str(&answer.body).unwrap();
    for line in [
        "  clusterIP: None",
        "    app: db",
        "    port: 5432",
        "  name: db",
        "  namespace: shop",
    ] {
        assert!(
            text.lines()
                .any(|l| l.trim_start_matches("- ") == line.trim_start_matches("- ") || l == line),
            "{line}: {text}"
        );
    }
}

fn information(before: &str, uid: &str) -> String {
    let change = json!({"key": "kubernetes.io/description", "before": before, "after": "all orders"});
    json!({"namespace": "shop", "name": "db", "uid": uid, "information": {"labels": [], "annotations": [change]}}).to_string()
}

#[tokio::test]
async fn information_is_written_over_what_was_shown_and_nothing_else() {
    let console = shop();
    let answer = console.call("sets/information", information("orders", "u")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let asked = console.asked.lock().unwrap().clone();
    let writes: Vec<_> = asked.iter().filter(|(method, ..)| method == "PATCH").collect();
    assert_eq!(
        writes.len(),
        2,
        "a status that changed meanwhile keeps nobody from writing"
    );
    for (_, _, body) in writes {
        assert!(
            body.contains("\"resourceVersion\":\"7\"") && !body.contains("spec"),
            "{body}"
        );
    }
    for (before, uid) in [("bills", "u"), ("orders", "another")] {
        let console = shop();
        let answer = console.call("sets/information", information(before, uid)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        let asked = console.asked.lock().unwrap().clone();
        assert!(asked.iter().all(|(method, ..)| method != "PATCH"), "{asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_cannot_be_shown_says_so_in_its_status() {
    let missing = |_: &str, path: &str| {
        let list = json!({"kind": "List", "metadata": {"resourceVersion": "1"}, "items": []});
        let review = json!({"status": {"allowed": true}});
        Some((
            200,
            if path.contains("selfsubject") {
                review
            } else {
                list
            },
        ))
    };
    for (path, status) in [
        ("/statefulsets/shop/db", 404),
        ("/pods/shop/db-0", 404),
        ("/statefulsets", 200),
    ] {
        let answer = console(missing).page(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
    }
    for path in [
        "/statefulsets",
        "/statefulsets/shop/db",
        "/pods/shop/db-0",
        "/claims",
        "/statefulsets/shop/db/edit",
    ] {
        let answer = console(crate::common::forbids).page(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(
            answer.body.contains("is forbidden") || answer.body.contains("statefulsets"),
            "{path}"
        );
    }
}
