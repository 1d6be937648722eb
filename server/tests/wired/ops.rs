//! Everyday operations on a scripted API server: what is sent, on which condition, and what is told.
use crate::{
    common::{Console, Log, access, console, forbids, post},
    delete::refusal,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::{access::Access, read_only};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const SET: &str = "/apis/apps/v1/namespaces/shop/statefulsets/db";
const REVISIONS: &str = "/apis/apps/v1/namespaces/shop/controllerrevisions";

fn template(image: &str) -> Value {
    json!({"metadata": {"labels": {"app": "db"}}, "spec": {"containers": [{"name": "db", "image": image}]}})
}

fn set(version: usize, generation: i64) -> Value {
    let metadata = json!({"namespace": "shop", "name": "db", "uid": "u", "resourceVersion": version.to_string(), "generation": generation});
    let mut template = template("db:2");
    template["spec"]["nodeName"] = json!("added since");
    json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata,
        "spec": {"replicas": 3, "template": template}, "status": {"updateRevision": "db-b", "currentRevision": "db-b"}})
}

fn revision(name: &str, number: i64, owner: &str, image: &str) -> Value {
    let mut template = template(image);
    template["$patch"] = json!("replace");
    json!({"metadata": {"name": name, "uid": name, "creationTimestamp": "2026-01-01T00:00:00Z", "ownerReferences": [{"uid": owner}],
        "annotations": {"kubernetes.io/change-cause": "CHG-1"}}, "revision": number, "data": {"spec": {"template": template}}})
}

fn shown() -> Value {
    json!({"namespace": "shop", "name": "db", "uid": "u", "generation": 1})
}

/// The writes: path and body.
fn writes(console: &Console) -> Vec<(String, Value)> {
    let asked = console.asked.lock().unwrap().clone();
    let writes = asked
        .into_iter()
        .filter(|(method, ..)| matches!(method.as_str(), "PATCH" | "PUT" | "DELETE"));
    writes
        .map(|(_, path, body)| (path, serde_json::from_str(&body).unwrap()))
        .collect()
}

/// The status is written again and again by the controller; the spec is as it was shown.
fn busy(
    conflicts: usize,
    generation: i64,
) -> impl Fn(&str, &str) -> Option<(u16, Value)> + Clone + Send + Sync + 'static {
    let tries = Arc::new(AtomicUsize::new(0));
    move |method: &str, path: &str| {
        if path == format!("{REVISIONS}/db-a") {
            return Some((200, revision("db-a", 1, "u", "db:1")));
        }
        if path == format!("{REVISIONS}/other-a") {
            return Some((200, revision("other-a", 1, "v", "db:1")));
        }
        if path == REVISIONS {
            let all = [
                revision("db-b", 2, "u", "db:2"),
                revision("other", 9, "v", "x"),
                revision("db-a", 1, "u", "db:1"),
            ];
            return Some((200, json!({"items": all})));
        }
        match method {
            "GET" => Some((200, set(tries.load(Ordering::Relaxed), generation))),
            // Reviews of rights are no writes.
            "POST" => forbids(method, path),
            _ if tries.fetch_add(1, Ordering::Relaxed) < conflicts => refusal(
                409,
                "Conflict",
                "the object has been modified; please apply your changes to the latest version",
            ),
            _ => Some((200, set(9, generation + 1))),
        }
    }
}

#[tokio::test]
async fn a_write_names_the_version_that_was_read_and_begins_anew_while_only_the_status_changes() {
    let console = console(busy(2, 1));
    let ended = console
        .ask(
            "ops/operate",
            &json!({"shown": shown(), "op": {"Stop": {"deleting": ""}}}),
        )
        .await;
    assert_eq!(ended, json!({"changed": true, "unremembered": false}));
    let sent = writes(&console);
    let versions: Vec<_> = sent
        .iter()
        .map(|(_, body)| body["metadata"]["resourceVersion"].clone())
        .collect();
    assert_eq!(versions, ["0", "1", "2"]);
    let (path, body) = sent.last().unwrap();
    assert_eq!(path, &format!("{SET}?fieldManager=ordinal"));
    assert_eq!(body["metadata"]["uid"], "u");
    assert_eq!(
        body["metadata"]["annotations"],
        json!({"ordinal.dev/replicas": "3", "ordinal.dev/delete": null})
    );
    assert_eq!(body["spec"], json!({"replicas": 0}));
}

#[tokio::test]
async fn what_was_changed_since_it_was_shown_is_not_written() {
    for (function, body) in [
        ("ops/operate", json!({"shown": shown(), "op": "Restart"})),
        (
            "ops/operate",
            json!({"shown": shown(), "op": {"Start": {"replicas": 2}}}),
        ),
        (
            "ops/rollback",
            json!({"shown": shown(), "revision": "db-a", "dry_run": false}),
        ),
    ] {
        let console = console(busy(0, 2));
        let answer = console.call(function, body.to_string()).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        assert!(answer.body.contains("generation 1, now 2"), "{}", answer.body);
        assert_eq!(writes(&console), []);
    }
    let console = console(busy(0, 1));
    let change =
        json!({"container": "db", "init": false, "field": "Image", "before": "db:1", "after": "db:3"});
    let answer = console
        .call(
            "ops/containers",
            json!({"shown": shown(), "changes": [change]}).to_string(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(
        answer.body.contains("db image is \\\"db:2\\\" now"),
        "{}",
        answer.body
    );
    assert_eq!(writes(&console), []);
}

#[tokio::test]
async fn a_roll_back_puts_the_whole_template_and_tries_it_first() {
    for dry_run in [true, false] {
        let console = console(busy(1, 1));
        let rolled = console
            .ask(
                "ops/rollback",
                &json!({"shown": shown(), "revision": "db-a", "dry_run": dry_run}),
            )
            .await;
        let paths: Vec<_> = rolled["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["after"].clone())
            .collect();
        assert_eq!(paths.len(), 2, "{rolled}");
        let (path, body) = writes(&console).pop().unwrap();
        assert_eq!(path.contains("dryRun=All"), dry_run);
        assert_eq!(
            body["spec"]["template"],
            template("db:1"),
            "what was added since is gone"
        );
        assert_eq!(
            (&body["spec"]["replicas"], &body["metadata"]["resourceVersion"]),
            (&json!(3), &json!("1"))
        );
    }
    let console = console(busy(0, 1));
    let answer = console
        .call(
            "ops/rollback",
            json!({"shown": shown(), "revision": "other-a", "dry_run": false}).to_string(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "a revision of another set");
    assert_eq!(writes(&console), []);
}

#[tokio::test]
async fn revisions_are_told_newest_first_with_what_changed() {
    let console = console(busy(0, 1));
    let all = console
        .ask("ops/revisions", &json!({"namespace": "shop", "name": "db"}))
        .await;
    let told: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            (
                r["name"].clone(),
                r["newest"].clone(),
                r["changes"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(json!("db-b"), json!(true), 1), (json!("db-a"), json!(false), 0)]
    );
    assert_eq!(all[0]["by"]["cause"], "CHG-1");
}

#[tokio::test]
async fn who_may_only_scale_stops_without_a_memory() {
    let script = |method: &str, path: &str| match (method, path.ends_with("/scale")) {
        ("PATCH", false) => refusal(
            403,
            "Forbidden",
            "statefulsets.apps \"db\" is forbidden: cannot patch",
        ),
        (_, true) => Some((
            200,
            json!({"metadata": {"uid": "u", "resourceVersion": "4"}, "spec": {"replicas": if method == "PATCH" { 0 } else { 3 }}}),
        )),
        _ => Some((200, set(1, 1))),
    };
    let console = console(script);
    let ended = console
        .ask(
            "ops/operate",
            &json!({"shown": shown(), "op": {"Stop": {"deleting": ""}}}),
        )
        .await;
    assert_eq!(ended, json!({"changed": true, "unremembered": true}));
    let (path, body) = writes(&console).pop().unwrap();
    assert_eq!(path, format!("{SET}/scale?fieldManager=ordinal"));
    assert_eq!(
        body,
        json!({"metadata": {"uid": "u", "resourceVersion": "4"}, "spec": {"replicas": 0}})
    );
    let answer = console
        .call(
            "ops/operate",
            json!({"shown": shown(), "op": "Restart"}).to_string(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
}

#[tokio::test]
async fn a_second_restart_within_a_second_is_the_first_one() {
    let console = console(|method: &str, path: &str| {
        let (code, mut set) = busy(0, 1)(method, path)?;
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        set["spec"]["template"]["metadata"]["annotations"] =
            json!({"kubectl.kubernetes.io/restartedAt": now});
        Some((code, set))
    });
    let body = json!({"shown": shown(), "op": "Restart"}).to_string();
    // A second may end between the two readings of the clock, hardly three times.
    for _ in 0..3 {
        let answer = console.call("ops/operate", body.clone()).await;
        if answer.body.contains("\"changed\":false") {
            return assert_eq!(answer.status, StatusCode::OK);
        }
    }
    panic!("each time it was written: {:?}", writes(&console));
}

#[tokio::test]
async fn a_scale_holds_the_number_that_was_seen() {
    let script = |_: &str, _: &str| {
        Some((
            200,
            json!({"metadata": {"uid": "u", "resourceVersion": "4"}, "spec": {"replicas": 2}}),
        ))
    };
    let console = console(script);
    let body = json!({"namespace": "shop", "name": "db", "uid": "u", "from": 3, "replicas": 5});
    let answer = console.call("sets/scale", body.to_string()).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(
        answer.body.contains("asks for 2 replicas now, not 3"),
        "{}",
        answer.body
    );
    assert_eq!(writes(&console), []);
}

#[tokio::test]
async fn each_of_many_has_its_own_answer() {
    let console = console(|method: &str, path: &str| match method {
        "GET" if path.ends_with("/new") => Some((
            200,
            json!({"metadata": {"uid": "w", "generation": 1}, "spec": {"replicas": 1}}),
        )),
        "GET" if path.ends_with("/off") => Some((
            200,
            json!({"metadata": {"uid": "u", "generation": 1}, "spec": {"replicas": 0}}),
        )),
        "GET" if path.ends_with("/hand") => Some((
            200,
            json!({"metadata": {"uid": "u", "generation": 1}, "spec": {"replicas": 1, "updateStrategy": {"type": "OnDelete"}}}),
        )),
        _ => Some((200, set(1, 1))),
    });
    let each = async |verb: &str, name: &str| {
        let picked = json!({"namespace": "shop", "name": name, "uid": "u"});
        let answer = console
            .call("ops/each", json!({"verb": verb, "picked": picked}).to_string())
            .await;
        (answer.status.as_u16(), answer.body)
    };
    assert_eq!(each("Stop", "db").await.0, 200);
    assert!(each("Stop", "off").await.1.contains("\"changed\":false"));
    assert_eq!(each("Restart", "new").await.0, 409, "made anew");
    assert_eq!(each("Start", "off").await.0, 422, "no number is noted");
    assert_eq!(each("Restart", "hand").await.0, 422, "OnDelete");
    assert_eq!(each("Stop", "").await.0, 422, "no name");
    assert_eq!(each("Delete", "db").await.0, 200);
    let (path, body) = writes(&console).pop().unwrap();
    assert_eq!(
        (
            path.as_str(),
            &body["preconditions"]["uid"],
            &body["propagationPolicy"]
        ),
        (SET, &json!("u"), &json!("Foreground"))
    );
}

#[tokio::test]
async fn a_read_only_console_writes_nothing() {
    let asked = Log::default();
    let own = access("alice", busy(0, 1), &asked);
    let kube = server::cluster::Kube::scripted(own.kube.client()).reading_only(true);
    let read = Access::new(server::access::Identity::named("reader"), kube);
    let console = console(busy(0, 1));
    let cookie = console.sign_in_as(&read).await;
    let functions: Vec<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    let writing: Vec<_> = functions.iter().filter(|path| !read_only::reads(path)).collect();
    assert_eq!(writing.len(), 18, "{writing:?}");
    for path in writing {
        let answer = console.send(post(path, &cookie, "{}")).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (StatusCode::FORBIDDEN, "[\"ReadOnly\"]"),
            "{path}"
        );
    }
    // The door itself is shut, whoever knocks.
    let shown = serde_json::from_value(shown()).unwrap();
    let stop = app::model::ops::Op::Restart;
    assert_eq!(
        read.kube.operate(&shown, &stop).await,
        Err(app::api::ApiError::ReadOnly)
    );
    assert!(asked.lock().unwrap().iter().all(|(method, ..)| method == "GET"));
    let answer = console
        .send(post(
            "/api/ops/plan",
            &cookie,
            json!({"namespace": "shop", "name": "db"}).to_string(),
        ))
        .await;
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "what it would do is told: {}",
        answer.body
    );
}
