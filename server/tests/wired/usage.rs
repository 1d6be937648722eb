//! What pods use: by the words of `metrics.k8s.io`, of this life of each pod alone, and why there is nothing.
use crate::{
    common::{console, forbids},
    delete::refusal,
};
use serde_json::{Value, json};

const METRICS: &str = "/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods";

fn list(kind: &str, version: &str, items: Value) -> Option<(u16, Value)> {
    let list = json!({"kind": format!("{kind}List"), "apiVersion": version, "metadata": {}, "items": items});
    Some((200, list))
}

/// Two pods of a set; the second was made anew a moment before it was measured.
fn shop(path: &str) -> Option<(u16, Value)> {
    let set = json!({"metadata": {"namespace": "shop", "name": "db", "uid": "s"},
        "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "db", "tier": "a"}}, "template": {}}});
    let pod = |ordinal: u8, started: &str| {
        json!({"metadata": {"namespace": "shop", "name": format!("db-{ordinal}"), "uid": format!("u{ordinal}"),
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "s", "controller": true}]},
            "spec": {"containers": [{"name": "db", "resources": {"requests": {"cpu": "500m"}, "limits": {"memory": "1Gi"}}}]},
            "status": {"phase": "Running", "startTime": started}})
    };
    match path {
        "/apis/apps/v1/namespaces/shop/statefulsets" => list("StatefulSet", "apps/v1", json!([set])),
        "/api/v1/namespaces/shop/pods" => {
            let pods = json!([pod(0, "2026-11-27T09:00:00Z"), pod(1, "2026-11-27T10:00:05Z")]);
            list("Pod", "v1", pods)
        }
        METRICS => {
            let one = |name: &str| {
                json!({"metadata": {"name": name}, "timestamp": "2026-11-27T10:00:10Z", "window": "15s",
                    "containers": [{"name": "db", "usage": {"cpu": "250m", "memory": "512Mi"}}]})
            };
            list(
                "PodMetrics",
                "metrics.k8s.io/v1beta1",
                json!([one("db-0"), one("db-1")]),
            )
        }
        _ => list("Any", "v1", json!([])),
    }
}

fn asked(name: &str) -> Value {
    json!({"query": {"namespace": "shop", "name": name, "pod": "", "from": 0, "by": null}})
}

#[tokio::test]
async fn each_pod_has_its_own_life() {
    let console = console(|_: &str, path: &str| shop(path));
    let told = console.ask("pods/usage", &asked("db")).await;
    let picture = &told["picture"];
    assert_eq!(picture["source"], "Answers", "{told}");
    let readings = |n: usize| picture["tracks"][n]["readings"].as_array().map(Vec::len);
    assert_eq!((readings(0), readings(1)), (Some(1), Some(0)), "{told}");
    assert_eq!(
        picture["tracks"][0]["readings"][0],
        json!([1_795_773_610_i64, 250_000, 512 << 20])
    );
    assert_eq!(
        picture["tracks"][0]["asked"]["cpu"],
        json!({"request": 500_000, "limit": 0})
    );
    assert_eq!(picture["missing"]["first"], json!(["db-1"]));
    assert_eq!(
        picture["total"]["readings"],
        json!([]),
        "the sum of some is not what all use"
    );
    let log = console.asked.lock().unwrap().clone();
    let measured: Vec<_> = log
        .iter()
        .filter(|(_, path, _)| path.starts_with(METRICS))
        .collect();
    assert_eq!(measured.len(), 1);
    assert!(
        measured[0].1.contains("labelSelector=app%3Ddb%2Ctier%3Da"),
        "{}",
        measured[0].1
    );
}

#[tokio::test]
async fn without_a_metrics_server_or_the_right_it_says_so() {
    let nobody = console(|_: &str, path: &str| match path {
        METRICS => refusal(
            404,
            "NotFound",
            "the server could not find the requested resource",
        ),
        _ => shop(path),
    });
    let told = nobody.ask("pods/usage", &asked("db")).await;
    assert_eq!(told["picture"]["source"], "Nobody");
    let closed = console(|method: &str, path: &str| match path {
        METRICS => forbids(method, path),
        _ => shop(path),
    });
    let told = closed.ask("pods/usage", &asked("db")).await;
    assert!(
        told["picture"]["source"]["Refused"]
            .to_string()
            .contains("forbidden"),
        "{told}"
    );
}

#[tokio::test]
async fn no_request_is_built_from_a_name_that_is_none() {
    let console = console(|_: &str, path: &str| shop(path));
    for name in ["", "../x", "a/b"] {
        let answer = console.call("pods/usage", asked(name).to_string()).await;
        assert!(answer.status.is_client_error(), "{name:?}: {}", answer.body);
    }
    let log = console.asked.lock().unwrap().clone();
    assert!(log.iter().all(|(_, path, _)| !path.starts_with("/apis/metrics")));
}
