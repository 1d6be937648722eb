//! Deleting on a scripted API server: what is asked, by which UID, and what is told.

use crate::common::{Console, Script, console};
use serde_json::{Value, json};

const SETS: &str = "/apis/apps/v1/namespaces/shop/statefulsets";
const CLAIMS: &str = "/api/v1/namespaces/shop/persistentvolumeclaims";
const SERVICES: &str = "/api/v1/namespaces/shop/services";

pub async fn ask(console: &Console, function: &str, body: Value) -> Value {
    console.ask(function, &body).await
}

/// What was deleted: path, UID, propagation.
pub fn deletes(console: &Console) -> Vec<(String, String, String)> {
    let asked = console.asked.lock().unwrap().clone();
    let text = |body: &Value, at: &str| {
        body.pointer(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let deletes = asked.into_iter().filter(|(method, ..)| method == "DELETE");
    let told = deletes.map(|(_, path, body)| {
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body.get("dryRun"), None);
        (
            path,
            text(&body, "/preconditions/uid"),
            text(&body, "/propagationPolicy"),
        )
    });
    told.collect()
}

pub fn target(kind: &str, name: &str, uid: &str) -> Value {
    json!({"kind": kind, "namespace": "shop", "name": name, "uid": uid})
}

fn bundle() -> Value {
    json!([
        target("Service", "db", "v"),
        target("PersistentVolumeClaim", "data-db-0", "c0"),
        target("StatefulSet", "db", "s"),
    ])
}

pub fn refusal(code: u16, reason: &str, message: &str) -> Option<(u16, Value)> {
    let status = json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
        "reason": reason, "message": message});
    Some((code, status))
}

fn takes(_: &str, _: &str) -> Option<(u16, Value)> {
    Some((
        200,
        json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}),
    ))
}

#[tokio::test]
async fn each_object_goes_by_its_uid_and_the_set_first() {
    let console = console(takes);
    let report = ask(
        &console,
        "delete/delete",
        json!({"targets": bundle(), "propagation": "Foreground"}),
    )
    .await;
    let told: Vec<_> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["fate"].clone())
        .collect();
    assert_eq!(told, ["Deleted", "Deleted", "Deleted"]);
    let line = |path: String, uid: &str, way: &str| (path, uid.to_owned(), way.to_owned());
    let mut asked = deletes(&console);
    assert_eq!(asked.remove(0), line(format!("{SETS}/db"), "s", "Foreground"));
    asked.sort();
    assert_eq!(
        asked,
        [
            line(format!("{CLAIMS}/data-db-0"), "c0", "Background"),
            line(format!("{SERVICES}/db"), "v", "Background")
        ]
    );
}

#[tokio::test]
async fn while_the_set_cannot_be_deleted_the_rest_is_left_alone() {
    let script: Script = |_, path| match path {
        p if p.starts_with(SETS) => refusal(403, "Forbidden", "statefulsets.apps \"db\" is forbidden: no"),
        _ => takes("", ""),
    };
    let console = console(script);
    let report = ask(
        &console,
        "delete/delete",
        json!({"targets": bundle(), "propagation": "Foreground"}),
    )
    .await;
    let words = &report[0]["fate"]["Refused"];
    assert_eq!(
        words,
        &json!(["Forbidden", "", "", "statefulsets.apps \"db\" is forbidden: no"])
    );
    assert_eq!(
        (&report[1]["fate"], &report[2]["fate"]),
        (&json!("Untried"), &json!("Untried"))
    );
    assert_eq!(deletes(&console).len(), 1);
}

/// A set that is gone, a claim that was made anew, a Service that somebody else is writing.
fn changed(method: &str, path: &str) -> Option<(u16, Value)> {
    let uid = |uid: &str| Some((200, json!({"metadata": {"uid": uid}})));
    match (method, path) {
        (_, p) if p.starts_with(SETS) => refusal(404, "NotFound", "statefulsets.apps \"db\" not found"),
        ("GET", p) if p.starts_with(CLAIMS) => uid("c9"),
        ("GET", p) if p.starts_with(SERVICES) => uid("v"),
        (_, p) if p.starts_with(CLAIMS) => {
            refusal(409, "Conflict", "the UID in the precondition does not match")
        }
        _ => refusal(409, "Conflict", "the object is being modified"),
    }
}

#[tokio::test]
async fn what_was_made_anew_stays_and_what_is_gone_is_gone() {
    let console = console(changed);
    let report = ask(
        &console,
        "delete/delete",
        json!({"targets": bundle(), "propagation": "Foreground"}),
    )
    .await;
    let fate = |kind: &str| {
        let all = report.as_array().unwrap();
        all.iter().find(|d| d["target"]["kind"] == kind).unwrap()["fate"].clone()
    };
    assert_eq!(fate("StatefulSet"), "Gone");
    assert_eq!(fate("PersistentVolumeClaim"), "Anew");
    assert_eq!(
        fate("Service")["Refused"],
        json!(["Conflict", "the object is being modified"])
    );
}

#[tokio::test]
async fn nothing_is_deleted_without_a_name_and_a_uid() {
    let console = console(takes);
    for bad in [
        target("StatefulSet", "", "s"),
        target("StatefulSet", "db", ""),
        target("Service", "../x", "s"),
        json!({"kind": "StatefulSet", "namespace": "", "name": "db", "uid": "s"}),
    ] {
        let good = target("PersistentVolumeClaim", "data-db-0", "c0");
        let answer = ask(
            &console,
            "delete/delete",
            json!({"targets": [good, bad], "propagation": "Foreground"}),
        )
        .await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    let secret = json!({"kind": "Secret", "namespace": "shop", "name": "x", "uid": "s"});
    let answer = ask(
        &console,
        "delete/delete",
        json!({"targets": [secret], "propagation": "Foreground"}),
    )
    .await;
    assert_eq!(answer[0], "Unreadable", "{answer}");
    assert_eq!(deletes(&console), []);
}

fn claim(name: &str, owner: Option<&str>) -> Value {
    let owners: Vec<_> = owner
        .iter()
        .map(|uid| json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": uid}))
        .collect();
    json!({"metadata": {"namespace": "shop", "name": name, "uid": format!("uid-{name}"), "ownerReferences": owners},
        "spec": {"storageClassName": "fast", "volumeName": format!("pv-{name}"), "resources": {"requests": {"storage": "1Gi"}}},
        "status": {"phase": "Bound", "capacity": {"storage": "2Gi"}}})
}

fn stateful_set(name: &str, uid: &str) -> Value {
    let labels = json!({"app": name});
    json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
        "metadata": {"namespace": "shop", "name": name, "uid": uid},
        "spec": {"replicas": 2, "serviceName": "db", "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"terminationGracePeriodSeconds": 90, "containers": []}},
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]}})
}

fn shop(method: &str, path: &str) -> Option<(u16, Value)> {
    let list = |kind: &str, items: Value| {
        let version = if kind == "StatefulSet" { "apps/v1" } else { "v1" };
        Some((
            200,
            json!({"kind": format!("{kind}List"), "apiVersion": version, "metadata": {}, "items": items}),
        ))
    };
    let service = |name: &str, ip: &str| {
        json!({"metadata": {"namespace": "shop", "name": name, "uid": format!("uid-{name}")},
            "spec": {"clusterIP": ip, "selector": {"app": "db"}}})
    };
    match path {
        _ if method == "DELETE" && path.starts_with(CLAIMS) => refusal(403, "Forbidden", "no claims for you"),
        _ if method == "DELETE" => takes("", ""),
        "/apis/apps/v1/namespaces/shop/statefulsets/db" => Some((200, stateful_set("db", "s"))),
        SETS => list(
            "StatefulSet",
            json!([stateful_set("db", "s"), stateful_set("replica", "r")]),
        ),
        CLAIMS => list(
            "PersistentVolumeClaim",
            json!([
                claim("data-db-1", None),
                claim("data-db-0", Some("s")),
                claim("data-other-0", None),
                claim("cache-0", None)
            ]),
        ),
        SERVICES => list(
            "Service",
            json!([service("db", "None"), service("db-read", "10.0.0.1")]),
        ),
        "/api/v1/namespaces/shop/pods" => {
            let owned = json!([{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "s", "controller": true}]);
            list(
                "PartialObjectMetadata",
                json!([{"metadata": {"name": "db-0", "ownerReferences": owned}}, {"metadata": {"name": "backup-x"}}]),
            )
        }
        "/api/v1/persistentvolumes/pv-data-db-1" => Some((
            200,
            json!({"metadata": {"name": "pv-data-db-1"}, "spec": {"persistentVolumeReclaimPolicy": "Retain"}}),
        )),
        "/apis/storage.k8s.io/v1/storageclasses" => Some((
            200,
            json!({"kind": "StorageClassList", "apiVersion": "storage.k8s.io/v1", "metadata": {},
                "items": [{"metadata": {"name": "fast"}, "provisioner": "x", "reclaimPolicy": "Delete"}]}),
        )),
        _ => refusal(404, "NotFound", "nothing there"),
    }
}

#[tokio::test]
async fn the_plan_tells_what_the_cluster_would_do_and_stores_nothing() {
    let console = console(shop);
    let plan = ask(
        &console,
        "delete/plan",
        json!({"namespace": "shop", "name": "db"}),
    )
    .await;
    assert_eq!((&plan["uid"], &plan["grace"]), (&json!("s"), &json!(90)));
    let service = &plan["service"];
    assert_eq!(
        (&service["headless"], &service["selects"]),
        (&json!(true), &json!(true))
    );
    let only = |name: &str| json!({"first": [name], "more": 0});
    let (sets, pods) = (&service["sets"], &service["pods"]);
    assert_eq!((sets, pods), (&only("replica"), &only("backup-x")));
    let beside = &plan["beside"];
    assert_eq!(
        (&beside[0]["kind"], &beside[0]["name"]),
        (&json!("Service"), &json!("db-read"))
    );
    assert_eq!(
        (beside.as_array().unwrap().len(), &plan["others"]["more"]),
        (1, &json!(0))
    );
    let claims = plan["claims"].as_array().unwrap();
    let told: Vec<_> = claims
        .iter()
        .map(|c| (&c["name"], &c["policy"], &c["owned"], &c["size"]))
        .collect();
    let (first, second) = (json!("data-db-0"), json!("data-db-1"));
    let size = json!("2Gi");
    assert_eq!(
        told,
        [
            (&first, &json!("Delete"), &json!(true), &size),
            (&second, &json!("Retain"), &json!(false), &size)
        ]
    );
    assert_eq!(plan["refused"][0][0], "PersistentVolumeClaim");
    assert_eq!(
        plan["refused"][0][1],
        json!(["Forbidden", "", "", "no claims for you"])
    );
    let asked = console.asked.lock().unwrap().clone();
    let writes = asked
        .iter()
        .filter(|(m, p, _)| m != "GET" && p.contains("/namespaces/"));
    for (method, path, body) in writes {
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            (method.as_str(), &body["dryRun"]),
            ("DELETE", &json!(["All"])),
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_a_name_nothing_is_asked_for() {
    let console = console(shop);
    let answer = ask(&console, "delete/plan", json!({"namespace": "shop", "name": ""})).await;
    assert_eq!(answer[0], "Invalid", "{answer}");
}
