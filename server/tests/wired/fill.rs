//! How full volumes are: of a played Prometheus, and only to who may read the claims.
use crate::common::{Console, console_by};
use axum::{Json, Router, extract::RawQuery, routing::get};
use serde_json::{Value, json};
use server::{cluster::Kube, prometheus::Prometheus};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Queries = Arc<Mutex<Vec<String>>>;

/// A Prometheus that knows one claim; it notes what it was asked.
async fn played() -> (Prometheus, Queries) {
    let queries = Queries::default();
    let noted = Arc::clone(&queries);
    let answer = async move |RawQuery(query): RawQuery| {
        let query = query.unwrap_or_default();
        let value = if query.contains("capacity") { "1000" } else { "250" };
        noted.lock().unwrap().push(query);
        let series =
            json!({"metric": {"persistentvolumeclaim": "data-db-0"}, "values": [[1_795_770_000, value]]});
        Json(json!({"status": "success", "data": {"resultType": "matrix", "result": [series]}}))
    };
    let routes = Router::new().route("/api/v1/query_range", get(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, routes).into_future());
    (Prometheus::of(&address, None, None).unwrap(), queries)
}

/// A console that was told of this Prometheus; alice may read claims, or not.
fn console(prometheus: Option<Prometheus>, may: bool) -> Console {
    let script = move |_: &str, path: &str| {
        let review = json!({"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "metadata": {},
            "spec": {}, "status": {"allowed": may}});
        (path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews").then_some((201, review))
    };
    let prometheus = prometheus.map(Arc::new);
    console_by(script, |client| Kube::scripted(client).measured_by(prometheus))
}

fn asked(claims: &[&str]) -> Value {
    json!({"namespace": "shop", "claims": claims})
}

#[tokio::test]
async fn full_is_told_to_who_may_read_the_claims() {
    let (prometheus, queries) = played().await;
    let told = console(Some(prometheus), true)
        .ask("claims/fill", &asked(&["data-db-0", "data.db-1"]))
        .await;
    let fill = &told["Kept"][0];
    assert_eq!(
        (&fill["capacity"], &fill["used"]),
        (&json!(1_000), &json!(750)),
        "{told}"
    );
    assert_eq!(told["Kept"].as_array().map(Vec::len), Some(1), "{told}");
    let queries = queries.lock().unwrap().clone();
    assert_eq!(queries.len(), 2);
    for query in queries {
        let url = url::Url::parse(&format!("http://x/?{query}")).unwrap();
        let promql = url
            .query_pairs()
            .find(|(key, _)| key == "query")
            .unwrap()
            .1
            .into_owned();
        assert!(promql.contains(r#"namespace="shop""#), "{promql}");
        assert!(
            promql.contains(r#"persistentvolumeclaim=~"data-db-0|data\\.db-1""#),
            "{promql}"
        );
    }
}

#[tokio::test]
async fn a_prometheus_is_not_asked_for_who_may_not() {
    let (prometheus, queries) = played().await;
    let told = console(Some(prometheus), false)
        .ask("claims/fill", &asked(&["data-db-0"]))
        .await;
    assert!(
        told["Refused"].to_string().contains("persistentvolumeclaims"),
        "{told}"
    );
    let (prometheus, others) = played().await;
    let open = console(Some(prometheus), true);
    for name in ["", "a\"} or on() vector(1) #", "../x", "A"] {
        let answer = open.call("claims/fill", asked(&[name]).to_string()).await;
        assert!(answer.status.is_client_error(), "{name:?}: {}", answer.body);
    }
    assert!(queries.lock().unwrap().is_empty() && others.lock().unwrap().is_empty());
}

#[tokio::test]
async fn without_a_prometheus_it_says_so_and_a_silent_one_too() {
    assert_eq!(
        console(None, true)
            .ask("claims/fill", &asked(&["data-db-0"]))
            .await,
        "Nobody"
    );
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let silent = Prometheus::of(&address, None, None).unwrap();
    let told = console(Some(silent), true)
        .ask("claims/fill", &asked(&["data-db-0"]))
        .await;
    assert!(told["Refused"].to_string().contains("Unavailable"), "{told}");
}
