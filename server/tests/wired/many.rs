//! Whatever number somebody wrote, and however much there is: every answer is short, and comes at once.

use crate::{
    common::{Answer, Console, Scripted, console, get, post, with},
    create::order,
    delete::refusal,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The longest answer in bytes, before it is compressed.
const MOST: usize = 300_000;

/// What a namespace has: a set that asks for these ordinals, and so many pods and claims of it.
struct Shop {
    start: i32,
    replicas: i32,
    pods: i32,
    claims: i32,
}

impl Shop {
    fn set(&self) -> Value {
        let labels = json!({"app": "db"});
        json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": {"namespace": "shop", "name": "db", "uid": "s", "resourceVersion": "7"},
            "spec": {"replicas": self.replicas, "ordinals": {"start": self.start}, "serviceName": "db",
                "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "db", "image": "db:1"}]}},
                "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]},
            "status": {"replicas": 0, "currentRevision": "db-6b8f9c7d", "updateRevision": "db-6b8f9c7d"}})
    }

    fn pod(ordinal: i32) -> Value {
        let owner = json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "s", "controller": true});
        let claim = json!({"claimName": format!("data-db-{ordinal}")});
        json!({"metadata": {"namespace": "shop", "name": format!("db-{ordinal}"), "ownerReferences": [owner],
                "labels": {"controller-revision-hash": "db-6b8f9c7d"}, "creationTimestamp": "2026-11-01T00:00:00Z"},
            "spec": {"containers": [{"name": "db"}], "nodeName": "zone-a-01",
                "volumes": [{"name": "data", "persistentVolumeClaim": claim}]},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
                "containerStatuses": [{"name": "db", "image": "db:1", "imageID": "", "ready": true, "restartCount": 0}]}})
    }

    fn claim(ordinal: i32) -> Value {
        let uid = format!("0b0c9a52-6b1e-4b6f-9a51-{ordinal:012}");
        json!({"metadata": {"namespace": "shop", "name": format!("data-db-{ordinal}"), "uid": uid, "labels": {"app": "db"}},
            "spec": {"storageClassName": "standard", "resources": {"requests": {"storage": "10Gi"}}},
            "status": {"phase": "Bound", "capacity": {"storage": "10Gi"}}})
    }

    /// What its API server answers.
    fn script(self) -> impl Scripted {
        let list = |kind: &str, version: &str, items: Vec<Value>| json!({"kind": format!("{kind}List"), "apiVersion": version, "metadata": {"resourceVersion": "9"}, "items": items});
        let set = Arc::new(self.set());
        let sets = Arc::new(list("StatefulSet", "apps/v1", vec![self.set()]));
        let pods = Arc::new(list("Pod", "v1", (0..self.pods).map(Self::pod).collect()));
        let claims = Arc::new(list(
            "PersistentVolumeClaim",
            "v1",
            (0..self.claims).map(Self::claim).collect(),
        ));
        let none = Arc::new(list("Thing", "v1", vec![]));
        // One that sends lists as lists.
        let version = json!({"major": "1", "minor": "30", "gitVersion": "", "gitCommit": "", "gitTreeState": "",
            "buildDate": "", "goVersion": "", "compiler": "", "platform": ""});
        move |method: &str, path: &str| {
            let kind = path.rsplit('/').next().unwrap_or_default();
            let found = |value: &Arc<Value>| Some((200, Value::clone(value)));
            match (method, kind) {
                ("GET", "version") => Some((200, version.clone())),
                ("GET", "v1") => Some((
                    200,
                    json!({"resources": [{"name": "statefulsets", "singularName": "", "kind": "StatefulSet",
                    "namespaced": true, "verbs": ["create"]}]}),
                )),
                ("POST", "statefulsets") | ("PUT" | "GET", "db") => found(&set),
                ("DELETE", _) => Some((
                    200,
                    json!({"kind": "Status", "apiVersion": "v1", "status": "Success"}),
                )),
                ("GET", "statefulsets") => found(&sets),
                ("GET", "pods") => found(&pods),
                ("GET", "persistentvolumeclaims") => found(&claims),
                ("GET", "services" | "events" | "nodes" | "persistentvolumes" | "storageclasses") => {
                    found(&none)
                }
                _ => refusal(404, "NotFound", "nothing there"),
            }
        }
    }
}

/// A signed-in browser.
struct Browser {
    console: Console,
    cookie: String,
    /// How long an answer may take.
    patience: Duration,
}

impl Browser {
    async fn of(shop: Shop, patience: Duration) -> Self {
        let console = console(shop.script());
        let cookie = console.sign_in().await;
        let browser = Self {
            console,
            cookie,
            patience,
        };
        // The feeds are filled when both pages are there: each waits for a second, and says so where that was too short.
        for path in ["/statefulsets/shop/db", "/claims?ns=shop"] {
            let ready = async || {
                let answer = browser
                    .console
                    .send(with(get(path), "cookie", &browser.cookie))
                    .await;
                answer.body.contains("data-db-0")
            };
            let mut tries = 0;
            while !ready().await && tries < 30 {
                tries += 1;
            }
        }
        browser
    }

    async fn send(&self, what: &str, request: Request<Body>) -> String {
        let begun = Instant::now();
        let Answer { status, body, .. } = self.console.send(with(request, "cookie", &self.cookie)).await;
        let took = begun.elapsed();
        assert_eq!(status, StatusCode::OK, "{what}: {body}");
        assert!(body.len() <= MOST, "{what}: {} bytes", body.len());
        assert!(took < self.patience, "{what}: {took:?}");
        body
    }

    async fn page(&self, path: &str) -> String {
        self.send(path, get(path)).await
    }

    async fn ask(&self, function: &str, body: Value) -> Value {
        let request = post(&format!("/api/{function}"), &self.cookie, body.to_string());
        serde_json::from_str(&self.send(function, request).await).unwrap()
    }
}

/// The most memory that this process ever had, in kilobytes; none where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn no_number_of_replicas_makes_an_answer_long_or_late() {
    for (start, replicas) in [
        (0, 1),
        (0, 1_000),
        (0, 100_000),
        (0, i32::MAX),
        (i32::MAX, i32::MAX),
    ] {
        let shop = Shop {
            start,
            replicas,
            pods: 0,
            claims: 3,
        };
        // A second in a release build (the bench); this one is not optimised, and shares its processors with other tests.
        let browser = Browser::of(shop, Duration::from_secs(4)).await;
        let set = json!({"namespace": "shop", "name": "db"});
        for path in [
            "/statefulsets?ns=shop",
            "/statefulsets/shop/db",
            "/statefulsets/shop/db?from=99900",
            "/statefulsets/shop/db?from=9223372036854775807",
            "/statefulsets/shop/db?delete=1",
            "/statefulsets/shop/db?tab=yaml",
            "/statefulsets/shop/db/edit",
            "/statefulsets/shop/db/edit?step=basics",
            "/claims?ns=shop",
        ] {
            browser.page(path).await;
        }
        let picture = browser
            .ask("sets/get", json!({"namespace": "shop", "name": "db", "from": 0}))
            .await["picture"]
            .clone();
        let rows = picture["ordinals"].as_array().unwrap().len();
        assert!((1..=103).contains(&rows), "{rows}");
        let asked = |c: &Value| c["s"] != "v";
        let cells = picture["head"]["row"]["c"].as_array().unwrap();
        let counted: i64 = cells
            .iter()
            .filter(|c| asked(c))
            .map(|c| c["n"].as_i64().unwrap_or(1))
            .sum();
        assert_eq!(counted, i64::from(replicas));
        let plan = browser.ask("delete/plan", set.clone()).await;
        assert_eq!(plan["replicas"], replicas);
        let opened = browser.ask("edit/open", set.clone()).await;
        let text = opened["text"].as_str().unwrap();
        assert!(text.contains(&format!("replicas: {replicas}")));
        let edited = json!({"edited": {"namespace": "shop", "name": "db", "uid": "s", "base": text,
            "text": text.replace("image: db:1", "image: db:2"), "choices": []}});
        browser.ask("edit/check", edited).await;
        let checked = browser.ask("create/check", order(text)).await;
        assert_eq!(checked["refused"], json!([]));
        let query = |offset| json!({"query": {"namespaces": ["shop"], "left": false, "offset": offset}});
        let claims = browser.ask("claims/list", query(0)).await;
        assert_eq!(claims["picture"]["all"], 3);
    }
    if let Some(peak) = peak() {
        assert!(
            peak < 1024 * 1024,
            "{peak} KiB: something was made for each of 2,147,483,647"
        );
    }
}

#[tokio::test]
async fn of_ten_thousand_claims_and_pods_a_part_is_sent_and_the_rest_is_counted() {
    let shop = Shop {
        start: 0,
        replicas: 8_000,
        pods: 8_000,
        claims: 10_000,
    };
    // The scripted API server and the code under test are not optimised here.
    let browser = Browser::of(shop, Duration::from_secs(10)).await;
    let window = json!({"namespace": "shop", "name": "db", "from": 7_950});
    let picture = browser.ask("sets/get", window).await["picture"].clone();
    let rows = picture["ordinals"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["pod"]), (100, &json!("db-7950")));
    let whole = &picture["whole"];
    assert_eq!(
        (&whole["rows"], &whole["left"]["more"]),
        (&json!(10_000), &json!(1_996))
    );
    assert_eq!(whole["present"]["runs"], json!([[0, 7_999]]));
    assert_eq!(picture["head"]["row"]["c"].as_array().unwrap().len(), 2);
    let plan = browser
        .ask("delete/plan", json!({"namespace": "shop", "name": "db"}))
        .await;
    assert_eq!(plan["claims"].as_array().unwrap().len(), 500);
    let unlisted = plan["unlisted"].as_array().unwrap();
    let counts: Vec<_> = unlisted
        .iter()
        .map(|u| (&u["asked_for"], &u["count"], &u["size"]))
        .collect();
    assert_eq!(
        counts,
        [
            (&json!(false), &json!(2_000), &json!("20000Gi")),
            (&json!(true), &json!(7_500), &json!("75000Gi")),
        ]
    );
    let query = json!({"query": {"namespaces": ["shop"], "left": true, "offset": 100}});
    let mut claims = browser.ask("claims/list", query.clone()).await["picture"].clone();
    // A page is drawn before slow pods are here, and counts nothing as unused until then.
    for _ in 0..20 {
        if claims["left"] != 0 {
            break;
        }
        claims = browser.ask("claims/list", query.clone()).await["picture"].clone();
    }
    assert_eq!((&claims["all"], &claims["left"]), (&json!(10_000), &json!(2_000)));
    assert_eq!(claims["rows"].as_array().unwrap().len(), 100);
    for path in [
        "/statefulsets?ns=shop",
        "/statefulsets/shop/db",
        "/statefulsets/shop/db?from=5000",
        "/statefulsets/shop/db?delete=1",
        "/claims?ns=shop",
    ] {
        browser.page(path).await;
    }
}
