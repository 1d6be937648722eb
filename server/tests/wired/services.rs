//! The Services of a set: opened as texts, saved as any edit, never over what somebody else wrote.
use crate::{
    common::{Console, console, forbids},
    create::{order, writes},
};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const SERVICES: &str = "/api/v1/namespaces/shop/services";

fn set() -> Value {
    json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
        "metadata": {"name": "db", "namespace": "shop", "uid": "s", "resourceVersion": "3"},
        "spec": {"serviceName": "db", "selector": {"matchLabels": {"app": "db"}},
            "template": {"metadata": {"labels": {"app": "db", "tier": "data"}}, "spec": {"containers": [
                {"name": "db", "image": "postgres:17", "ports": [{"name": "sql", "containerPort": 5432}]}]}}}})
}

/// A Service with these ports, by name and number, and these labels.
fn service(ports: &[(&str, i32)], labels: &Value) -> Value {
    let ports: Vec<Value> = ports
        .iter()
        .map(|(name, port)| json!({"name": name, "port": port, "protocol": "TCP", "targetPort": port}))
        .collect();
    json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "front", "namespace": "shop", "uid": "u", "resourceVersion": "7", "labels": labels,
            "managedFields": [{"manager": "bob"}]},
        "spec": {"type": "ClusterIP", "clusterIP": "10.0.0.7", "selector": {"app": "db"}, "ports": ports},
        "status": {"loadBalancer": {}}})
}

/// As it was opened.
fn opened() -> Value {
    service(&[("sql", 5432)], &json!({}))
}

fn refusal(code: u16, reason: &str, message: &str, field: &str) -> (u16, Value) {
    let cause = json!({"reason": "FieldValueInvalid", "message": message, "field": field});
    let status = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "reason": reason,
        "message": message, "details": {"kind": "Service", "causes": [cause]}});
    (code, status)
}

/// A cluster in which the Service is `live` now, and which answers the n-th PUT so.
fn shop(live: Value, put: impl Fn(usize) -> (u16, Value) + Clone + Send + Sync + 'static) -> Console {
    let puts = Arc::new(AtomicUsize::new(0));
    console(
        move |method: &str, path: &str| match (method, path.rsplit('/').next()) {
            ("GET", Some("db")) => Some((200, set())),
            ("GET", Some("front" | "db-access")) => Some((200, live.clone())),
            ("GET", _) => Some(refusal(404, "NotFound", "nothing there", "")),
            ("PUT", Some("front")) => Some(put(puts.fetch_add(1, Ordering::Relaxed))),
            _ => forbids(method, path),
        },
    )
}

/// Saves an edit of it: the text that was opened, and what was made of it.
async fn save(console: &Console, from: &Value, to: &Value) -> Value {
    let text = |object: &Value| {
        let mut shown = object.clone();
        for key in ["managedFields", "uid", "resourceVersion"] {
            shown["metadata"].as_object_mut().unwrap().remove(key);
        }
        shown.as_object_mut().unwrap().remove("status");
        shown.to_string()
    };
    let edited = json!({"subject": "Service", "namespace": "shop", "name": "front", "uid": "u",
        "base": text(from), "text": text(to), "choices": []});
    console.ask("edit/save", &json!({ "edited": edited })).await
}

/// Where something was written that is stored.
fn stored(console: &Console) -> Vec<Value> {
    let real = writes(console)
        .into_iter()
        .filter(|(_, path, _)| !path.contains("dryRun"));
    real.map(|(_, _, body)| serde_json::from_str(&body).unwrap())
        .collect()
}

#[tokio::test]
async fn a_new_one_has_a_free_name_the_labels_of_the_pods_and_their_ports() {
    let console = shop(opened(), |_| (200, json!({})));
    let named = |name: &str| json!({"namespace": "shop", "set": "db", "name": name});
    let new = console.ask("edit/service", &named("")).await;
    let text = new["text"].as_str().unwrap();
    for line in [
        "name: db-access-2",
        "tier: data",
        "port: 5432",
        "type: ClusterIP",
        "namespace: shop",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(new["uid"], "");
    assert!(
        new["beside"].as_str().unwrap().contains("kind: StatefulSet"),
        "{new}"
    );
    let there = console.ask("edit/service", &named("front")).await;
    assert_eq!(there["uid"], "u");
    let text = there["text"].as_str().unwrap();
    assert!(
        text.contains("clusterIP: 10.0.0.7") && !text.contains("managedFields"),
        "{text}"
    );
    assert!(
        !text.contains("status") && !text.contains("resourceVersion"),
        "{text}"
    );
    for wrong in [
        named("../pods/x"),
        json!({"namespace": "shop", "set": "", "name": "front"}),
    ] {
        assert!(
            console.ask("edit/service", &wrong).await[0].is_string(),
            "{wrong}"
        );
    }
    assert!(stored(&console).is_empty());
}

#[tokio::test]
async fn what_was_changed_is_put_onto_what_is_there_now() {
    let live = service(&[("sql", 5432)], &json!({"team": "orders"}));
    let mine = service(&[("sql", 5433)], &json!({}));
    let answer = mine.clone();
    let console = shop(live, move |_| (200, answer.clone()));
    let saving = save(&console, &opened(), &mine).await;
    assert_eq!(
        (&saving["saved"], &saving["clashes"]),
        (&json!(true), &json!([])),
        "{saving}"
    );
    assert_eq!(saving["changes"][0]["impact"], "InPlace");
    let [body] = &stored(&console)[..] else {
        panic!("one write")
    };
    // On the condition that it is the version that was read, and the object that was opened.
    assert_eq!(
        (&body["metadata"]["resourceVersion"], &body["metadata"]["uid"]),
        (&json!("7"), &json!("u"))
    );
    assert_eq!(body["metadata"]["labels"]["team"], "orders");
    assert_eq!(body["spec"]["ports"][0]["port"], 5433);
    let first = writes(&console).remove(0).1;
    assert_eq!(
        first,
        format!("{SERVICES}/front?fieldValidation=Strict&fieldManager=ordinal&dryRun=All")
    );
}

#[tokio::test]
async fn a_port_that_two_changed_is_told_from_both_sides() {
    let mine = service(&[("sql", 5433)], &json!({}));
    let answer = mine.clone();
    let console = shop(service(&[("sql", 5555)], &json!({})), move |_| {
        (200, answer.clone())
    });
    let saving = save(&console, &opened(), &mine).await;
    let clash = &saving["clashes"][0];
    assert_eq!(
        (&saving["saved"], &clash["mine"], &clash["theirs"], &clash["base"]),
        (&json!(false), &json!("5433"), &json!("5555"), &json!("5432")),
        "{saving}"
    );
    assert!(stored(&console).is_empty());
}

#[tokio::test]
async fn who_is_faster_is_not_overwritten() {
    let mine = service(&[("sql", 5433)], &json!({}));
    let answer = mine.clone();
    let late = move |n| match n {
        1 => refusal(409, "Conflict", "the object has been modified", ""),
        _ => (200, answer.clone()),
    };
    let console = shop(opened(), late);
    let saving = save(&console, &opened(), &mine).await;
    assert_eq!(saving["saved"], true, "{saving}");
    assert_eq!(
        stored(&console).len(),
        2,
        "refused as too late, read anew, and sent"
    );
    let anew = shop(json!({"metadata": {"uid": "other"}}), move |_| {
        (200, mine.clone())
    });
    let told = save(&anew, &opened(), &service(&[("sql", 1)], &json!({}))).await;
    assert_eq!(told[0], "Conflict", "{told}");
    assert!(stored(&anew).is_empty());
}

#[tokio::test]
async fn what_the_cluster_refuses_is_told_in_its_words_and_nothing_is_stored() {
    let words = "spec.ports[0].nodePort: Invalid value: 31000: provided port is already allocated";
    let console = shop(opened(), move |_| {
        refusal(422, "Invalid", words, "spec.ports[0].nodePort")
    });
    let saving = save(&console, &opened(), &service(&[("sql", 5433)], &json!({}))).await;
    let refused = saving["refused"].to_string();
    assert!(
        refused.contains("already allocated") && refused.contains("spec.ports[0].nodePort"),
        "{saving}"
    );
    assert_eq!(saving["saved"], false);
    let forbidden = shop(opened(), |_| {
        refusal(403, "Forbidden", "services \"front\" is forbidden", "")
    });
    let saving = save(&forbidden, &opened(), &service(&[("sql", 5433)], &json!({}))).await;
    assert_eq!(saving["refused"][0], "Forbidden", "{saving}");
    assert!(stored(&console).is_empty() && stored(&forbidden).is_empty());
}

#[tokio::test]
async fn what_is_fixed_is_named() {
    let mut headless = opened();
    headless["spec"]["clusterIP"] = json!("None");
    let console = shop(opened(), |_| {
        refusal(
            422,
            "Invalid",
            "spec.clusterIP: field is immutable",
            "spec.clusterIP",
        )
    });
    let saving = save(&console, &opened(), &headless).await;
    assert_eq!(saving["changes"][0]["impact"], "Immutable", "{saving}");
    // Another object is not even asked about.
    let mut other = opened();
    other["metadata"]["name"] = json!("back");
    let before = writes(&console).len();
    let told = save(&console, &opened(), &other).await;
    assert_eq!(told[0], "Invalid", "{told}");
    assert_eq!(writes(&console).len(), before);
}

#[tokio::test]
async fn who_may_not_create_one_is_told_so() {
    let console = console(|method: &str, path: &str| match path {
        "/api/v1" => {
            let kinds = [json!({"name": "services", "kind": "Service", "namespaced": true})];
            Some((200, json!({ "resources": kinds })))
        }
        _ => forbids(method, path),
    });
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: db-access\n  namespace: shop\n\
        spec:\n  ports:\n    - port: 80\n";
    let outcome = console.ask("create/create", &order(text)).await;
    assert_eq!(outcome["refused"][0][1][0], "Forbidden", "{outcome}");
    assert!(stored(&console).is_empty());
}

/// A namespace with the set, a NodePort Service and a node; nobody may write.
fn looked_at(method: &str, path: &str) -> Option<(u16, Value)> {
    let list = |kind: &str, version: &str, items: Value| {
        let list = json!({"kind": format!("{kind}List"), "apiVersion": version,
            "metadata": {"resourceVersion": "9"}, "items": items});
        Some((200, list))
    };
    let mut front = opened();
    front["spec"]["type"] = json!("NodePort");
    front["spec"]["ports"][0]["nodePort"] = json!(30432);
    let node = json!({"metadata": {"name": "node-1"}, "status": {"conditions": [{"type": "Ready", "status": "True"}],
        "addresses": [{"type": "Hostname", "address": "node-1"}, {"type": "InternalIP", "address": "192.0.2.9"}]}});
    match (method, path.rsplit('/').next().unwrap_or_default()) {
        ("GET", "version") => Some((
            200,
            json!({"major": "1", "minor": "30", "gitVersion": "", "gitCommit": "", "gitTreeState": "",
            "buildDate": "", "goVersion": "", "compiler": "", "platform": ""}),
        )),
        ("GET", "statefulsets") => list("StatefulSet", "apps/v1", json!([set()])),
        ("GET", "services") => list("Service", "v1", json!([front])),
        ("GET", "nodes") => list("Node", "v1", json!([node])),
        ("GET", "pods" | "events" | "persistentvolumeclaims" | "endpointslices") => {
            list("Thing", "v1", json!([]))
        }
        ("POST", "selfsubjectaccessreviews") => {
            Some((201, json!({"status": {"allowed": false}, "spec": {}})))
        }
        _ => forbids(method, path),
    }
}

#[tokio::test]
async fn the_page_tells_where_each_is_reached_and_what_may_be_done() {
    let console = console(looked_at);
    let cookie = console.sign_in().await;
    let mut picture = Value::Null;
    for _ in 0..30 {
        let body = json!({"namespace": "shop", "name": "db", "from": 0}).to_string();
        let answer = console
            .send(crate::common::post("/api/sets/get", &cookie, body))
            .await;
        picture = serde_json::from_str::<Value>(&answer.body).unwrap()["picture"].clone();
        if picture["services"][0]["node"].is_string() {
            break;
        }
    }
    let service = &picture["services"][0];
    assert_eq!(
        (&service["facts"]["ports"][0]["node_port"], &service["node"]),
        (&json!(30432), &json!("192.0.2.9")),
        "{picture}"
    );
    let head = &picture["head"];
    assert_eq!(
        (&head["may_add_service"], &head["may_edit_service"]),
        (&json!(false), &json!(false))
    );
}

#[tokio::test]
async fn the_form_is_readable_before_a_script_runs() {
    let console = shop(opened(), |_| (200, json!({})));
    for (query, words) in [
        (
            "service=front&step=service",
            ["Edit Service front", "By these labels it finds"],
        ),
        (
            "service=front&step=service",
            ["Its cluster IP 10.0.0.7", "keeps name, namespace"],
        ),
        (
            "service=front&step=review",
            ["Edit Service front", "Nothing would change"],
        ),
        ("service=front", ["Edit Service front", "clusterIP: 10.0.0.7"]),
        ("new=service&step=service", ["New Service for db", "db-access-2"]),
        (
            "new=service&step=review",
            ["New Service for db", "Create db-access-2"],
        ),
        ("new=service", ["New Service for db", "db-access-2"]),
    ] {
        let answer = console.page(&format!("/statefulsets/shop/db/edit?{query}")).await;
        for word in words {
            assert!(answer.body.contains(word), "{query}: {word}: {}", answer.body);
        }
    }
    // The headless one has the wizard's form of it.
    let mut headless = opened();
    headless["spec"]["clusterIP"] = json!("None");
    headless["metadata"]["name"] = json!("db");
    let named = crate::common::console(move |method: &str, path: &str| match (method, path) {
        ("GET", "/api/v1/namespaces/shop/services/db") => Some((200, headless.clone())),
        ("GET", "/apis/apps/v1/namespaces/shop/statefulsets/db") => Some((200, set())),
        _ => forbids(method, path),
    });
    let answer = named
        .page("/statefulsets/shop/db/edit?service=db&step=service")
        .await;
    assert!(
        answer.body.contains("DNS names from this Service: db-0.db."),
        "{}",
        answer.body
    );
}
