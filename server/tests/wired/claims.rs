//! Deleting what is left behind: looked at once more, and only what nothing uses is asked for.

use crate::{
    common::{Script, console},
    delete::{ask, deletes, refusal, target},
};
use serde_json::{Value, json};

const CLAIM: &str = "PersistentVolumeClaim";

fn claim(name: &str) -> Value {
    json!({"metadata": {"namespace": "shop", "name": name, "uid": format!("uid-{name}"), "labels": {"app": "old"}},
        "spec": {}, "status": {"phase": "Bound"}})
}

/// A set with two replicas, a pod of nobody that mounts a claim, and claims.
fn shop(method: &str, path: &str) -> Option<(u16, Value)> {
    let list = |kind: &str, version: &str, items: Value| {
        let list =
            json!({"kind": format!("{kind}List"), "apiVersion": version, "metadata": {}, "items": items});
        Some((200, list))
    };
    let set = json!({"metadata": {"namespace": "shop", "name": "db", "uid": "s"},
        "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "db"}}, "template": {},
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]}});
    let pod = json!({"metadata": {"namespace": "shop", "name": "rescue"}, "spec": {"containers": [],
        "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data-db-8"}}]}});
    match path {
        _ if method == "DELETE" => Some((
            200,
            json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}),
        )),
        "/apis/apps/v1/namespaces/shop/statefulsets" => list("StatefulSet", "apps/v1", json!([set])),
        "/api/v1/namespaces/shop/pods" => list("Pod", "v1", json!([pod])),
        "/api/v1/namespaces/shop/persistentvolumeclaims" => {
            let names = ["data-db-1", "data-db-7", "data-db-8", "data-old-0", "cache-0"];
            list(CLAIM, "v1", names.into_iter().map(claim).collect())
        }
        _ => refusal(404, "NotFound", "nothing there"),
    }
}

#[tokio::test]
async fn only_what_nothing_uses_is_deleted() {
    let console = console(shop);
    let names = [
        "data-db-1",
        "data-db-7",
        "data-db-8",
        "data-old-0",
        "cache-0",
        "data-db-9",
    ];
    let mut targets: Vec<Value> = names
        .iter()
        .map(|n| target(CLAIM, n, &format!("uid-{n}")))
        .collect();
    targets.push(target(CLAIM, "data-old-0", "another"));
    let report = ask(&console, "claims/delete", json!({"targets": targets})).await;
    let fate = |name: &str, uid: &str| {
        let done = report.as_array().unwrap().iter();
        let mut of = done.filter(|d| d["target"]["name"] == name && d["target"]["uid"] == uid);
        of.next().unwrap()["fate"].clone()
    };
    assert_eq!(fate("data-db-1", "uid-data-db-1"), "Used", "a pod is asked for");
    assert_eq!(
        fate("data-db-7", "uid-data-db-7"),
        "Deleted",
        "beyond the replicas"
    );
    assert_eq!(
        fate("data-db-8", "uid-data-db-8"),
        "Used",
        "another pod mounts it"
    );
    assert_eq!(fate("data-old-0", "uid-data-old-0"), "Deleted", "its set is gone");
    assert_eq!(fate("data-old-0", "another"), "Anew");
    assert_eq!(
        fate("cache-0", "uid-cache-0"),
        "Used",
        "a claim of no set is none of ours"
    );
    assert_eq!(fate("data-db-9", "uid-data-db-9"), "Gone");
    let mut uids: Vec<_> = deletes(&console).into_iter().map(|(_, uid, _)| uid).collect();
    uids.sort();
    assert_eq!(uids, ["uid-data-db-7", "uid-data-old-0"]);
}

#[tokio::test]
async fn without_the_pods_nothing_is_known_to_be_unused() {
    let script: Script = |method, path| match path {
        "/api/v1/namespaces/shop/pods" => refusal(403, "Forbidden", "no pods for you"),
        _ => shop(method, path),
    };
    let console = console(script);
    let targets = json!({"targets": [target(CLAIM, "data-db-7", "uid-data-db-7")]});
    let report = ask(&console, "claims/delete", targets).await;
    assert_eq!(
        report[0]["fate"]["Refused"],
        json!(["Forbidden", "", "", "no pods for you"])
    );
    assert_eq!(deletes(&console), []);
}

#[tokio::test]
async fn only_claims_are_deleted_here() {
    let console = console(shop);
    for bad in [
        target("StatefulSet", "db", "s"),
        target(CLAIM, "", "u"),
        target(CLAIM, "data-db-7", ""),
    ] {
        let answer = ask(&console, "claims/delete", json!({"targets": [bad]})).await;
        assert_eq!(answer[0], "Invalid", "{answer}");
    }
    assert_eq!(deletes(&console), []);
}
