//! Debug containers on a scripted API server: what is asked before, what is written, and what never is.
use crate::{
    common::{Console, Log, Scripted, access, console, console_of, forbids},
    delete::{ask, refusal},
};
use axum::http::StatusCode;
use clap::Parser;
use serde_json::{Value, json};
use server::{config::Config, site::Site, terminal::Terminals};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const POD: &str = "/api/v1/namespaces/shop/pods/db-0";

fn pod() -> Value {
    json!({"kind": "Pod", "apiVersion": "v1",
        "metadata": {"namespace": "shop", "name": "db-0", "uid": "u1", "resourceVersion": "7"},
        "spec": {"containers": [{"name": "db", "image": "db:1"}, {"name": "exporter", "image": "e:1"}]}})
}

fn shop(method: &str, path: &str) -> Option<(u16, Value)> {
    match path {
        _ if path.ends_with("/selfsubjectaccessreviews") => {
            Some((201, json!({"spec": {}, "status": {"allowed": true}})))
        }
        _ if path.starts_with(POD) => Some((200, pod())),
        _ => forbids(method, path),
    }
}

fn wanted(pod: &str, target: &str, image: &str) -> Value {
    json!({"namespace": "shop", "pod": pod, "target": target, "image": image, "profile": "General"})
}

async fn add(console: &Console, uid: &str) -> Value {
    let body = json!({"wanted": wanted("db-0", "db", "busybox:1.37"), "uid": uid});
    ask(console, "pods/debug", body).await
}

/// The patches that were sent: path with query, body.
fn patches(asked: &Log) -> Vec<(String, Value)> {
    let asked = asked.lock().unwrap().clone();
    let patches = asked.into_iter().filter(|(method, ..)| method == "PATCH");
    patches
        .map(|(_, path, body)| (path, serde_json::from_str(&body).unwrap()))
        .collect()
}

#[tokio::test]
async fn the_plan_tries_each_profile_and_stores_nothing() {
    let console = console(shop);
    let plan = ask(
        &console,
        "pods/debug-plan",
        json!({"wanted": wanted("db-0", "db", "")}),
    )
    .await;
    assert_eq!((&plan["uid"], &plan["exec"]), (&json!("u1"), &Value::Null));
    assert_eq!(plan["image"], "busybox:1.37", "the console's own");
    assert_eq!(plan["targets"], json!(["db", "exporter"]));
    let patches = patches(&console.asked);
    assert_eq!(patches.len(), 5);
    for (path, _) in &patches {
        assert!(path.starts_with(&format!("{POD}/ephemeralcontainers?")), "{path}");
        assert!(path.ends_with("&dryRun=All"), "{path}");
    }
    let of = |n: usize| &patches[n].1["spec"]["ephemeralContainers"][0];
    assert_eq!(of(0)["targetContainerName"], "db");
    let privileged = |n| of(n)["securityContext"]["privileged"] == true;
    assert_eq!((0..5).filter(|n| privileged(*n)).count(), 1);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_clusters_words() {
    let console = console(|method: &str, path: &str| match method {
        "PATCH" => refusal(
            403,
            "Forbidden",
            "pods \"db-0\" is forbidden: violates PodSecurity",
        ),
        _ if path.ends_with("/selfsubjectaccessreviews") => {
            Some((201, json!({"spec": {}, "status": {"allowed": false}})))
        }
        _ => shop(method, path),
    });
    let body = json!({"wanted": wanted("db-0", "db", "busybox:1.37")});
    let plan = ask(&console, "pods/debug-plan", body).await;
    let profiles = plan["profiles"].as_array().unwrap();
    assert_eq!(profiles.len(), 5);
    for profile in profiles {
        assert!(
            profile[1][3].as_str().unwrap().contains("violates PodSecurity"),
            "{profile}"
        );
    }
    assert!(plan["exec"].to_string().contains("pods/exec"), "{plan}");
}

#[tokio::test]
async fn it_is_added_to_the_pod_that_was_shown() {
    let console = console(shop);
    let name = add(&console, "u1").await;
    let patches = patches(&console.asked);
    let [(path, patch)] = patches.as_slice() else {
        panic!("{patches:?}")
    };
    assert_eq!(path, &format!("{POD}/ephemeralcontainers?fieldManager=ordinal"));
    assert_eq!(patch["metadata"], json!({"uid": "u1", "resourceVersion": "7"}));
    let added = &patch["spec"]["ephemeralContainers"];
    assert_eq!(added.as_array().unwrap().len(), 1);
    assert_eq!(added[0]["name"], name);
    assert!(name.as_str().unwrap().starts_with("debugger-"), "{name}");
    assert_eq!(added[0]["image"], "busybox:1.37");
    assert_eq!(
        added[0]["securityContext"]["capabilities"]["add"],
        json!(["SYS_PTRACE"])
    );
}

#[tokio::test]
async fn it_begins_anew_where_the_kubelet_was_faster() {
    let writes = Arc::new(AtomicUsize::new(0));
    let console = console(move |method: &str, path: &str| match method {
        "PATCH" if writes.fetch_add(1, Ordering::Relaxed) < 2 => refusal(409, "Conflict", "modified"),
        _ => shop(method, path),
    });
    let name = add(&console, "u1").await;
    assert!(name.as_str().unwrap().starts_with("debugger-"), "{name}");
    assert_eq!(patches(&console.asked).len(), 3);
}

#[tokio::test]
async fn a_pod_that_was_made_anew_gets_none() {
    let console = console(shop);
    assert_eq!(add(&console, "u0").await[0], "Conflict");
    assert_eq!(add(&console, "").await[0], "Invalid");
    assert_eq!(patches(&console.asked), []);
}

#[tokio::test]
async fn nothing_is_sent_without_a_name_an_image_and_a_target_that_is_there() {
    let console = console(shop);
    for (pod, target, image) in [
        ("", "db", "busybox"),
        ("../nodes/n1", "db", "busybox"),
        ("db-0/exec", "db", "busybox"),
        ("db-0", "db", "  "),
        ("db-0", "db", "busybox 1"),
        ("db-0", "nothing", "busybox"),
    ] {
        let body = json!({"wanted": wanted(pod, target, image), "uid": "u1"});
        let answer = ask(&console, "pods/debug", body).await;
        assert_eq!(answer[0], "Invalid", "{pod:?} {target:?} {image:?}");
    }
    assert_eq!(patches(&console.asked), []);
}

/// What a console that was started with this flag says.
async fn told(flag: &str, script: impl Scripted) -> (Vec<(StatusCode, String)>, Log) {
    let config = Config::parse_from(["ordinal", flag]);
    let asked = Log::default();
    let own = access("alice", script.clone(), &asked);
    let console = console_of(script, Site::empty(), Terminals::of(&config));
    let cookie = console.sign_in_as(&own).await;
    let mut answers = Vec::new();
    for function in ["pods/debug", "pods/debug-plan"] {
        let body = json!({"wanted": wanted("db-0", "db", "busybox"), "uid": "u1"}).to_string();
        let request = crate::common::post(&format!("/api/{function}"), &cookie, body);
        let answer = console.send(request).await;
        answers.push((answer.status, answer.body));
    }
    (answers, asked)
}

#[tokio::test]
async fn a_console_without_terminals_adds_none() {
    for flag in ["--no-exec", "--read-only"] {
        let (answers, asked) = told(flag, shop).await;
        for (status, body) in answers {
            assert_eq!(status, StatusCode::FORBIDDEN, "{flag}: {body}");
        }
        assert_eq!(patches(&asked), [], "{flag}");
    }
}

#[tokio::test]
async fn another_image_is_the_consoles_own_where_it_is_told() {
    let config = Config::parse_from(["ordinal", "--debug-image", "tools.example/net:3"]);
    let console = console_of(shop, Site::empty(), Terminals::of(&config));
    let body = json!({"wanted": wanted("db-0", "", "")});
    let plan = ask(&console, "pods/debug-plan", body).await;
    assert_eq!(plan["image"], "tools.example/net:3");
    assert!(Config::try_parse_from(["ordinal", "--debug-image", " "]).is_err());
}
