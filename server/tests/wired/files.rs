//! Files of containers on a scripted API server: who may ask, and what is never asked of the cluster.
use crate::common::{Console, console, console_of, forbids, get, with};
use axum::http::StatusCode;
use clap::Parser;
use serde_json::{Value, json};
use server::{config::Config, site::Site, terminal::Terminals};

/// A cluster in which `pods/exec` is allowed or not; nothing runs in it.
fn script(allowed: bool) -> impl crate::common::Scripted {
    move |method: &str, path: &str| match path {
        path if path.ends_with("/selfsubjectaccessreviews") => {
            Some((201, json!({"spec": {}, "status": {"allowed": allowed}})))
        }
        _ => forbids(method, path),
    }
}

fn ran(console: &Console) -> bool {
    let asked = console.asked.lock().unwrap().clone();
    asked.iter().any(|(_, path, _)| path.contains("/exec"))
}

fn at(pod: &str, container: &str, path: &str) -> Value {
    json!({"at": {"namespace": "shop", "pod": pod, "container": container, "path": path}})
}

async fn take(console: &Console, query: &str) -> (StatusCode, String) {
    let cookie = console.sign_in().await;
    let request = get(&format!("/files/file?ns=shop&{query}"));
    let answer = console.send(with(request, "cookie", &cookie)).await;
    assert!(!answer.headers.contains_key("content-disposition"), "no file");
    (answer.status, answer.body)
}

#[tokio::test]
async fn without_the_right_nothing_is_started_and_the_right_is_named() {
    let console = console(script(false));
    let told = console.ask("pods/files", &at("db-0", "db", "/")).await;
    assert!(told.to_string().contains("pods/exec"), "{told}");
    let (status, words) = take(&console, "pod=db-0&container=db&path=/etc/passwd").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(words.contains("pods/exec"), "{words}");
    assert!(!ran(&console));
}

#[tokio::test]
async fn the_clusters_own_refusal_is_told_and_is_no_file() {
    let console = console(script(true));
    let told = console.ask("pods/files", &at("db-0", "db", "/")).await;
    assert!(told.to_string().contains("is forbidden"), "{told}");
    for folder in ["", "&folder=1"] {
        let (status, words) = take(&console, &format!("pod=db-0&container=db&path=/etc{folder}")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{words}");
    }
    assert!(ran(&console));
}

#[tokio::test]
async fn no_request_is_built_from_what_is_no_name_or_no_path() {
    let console = console(script(true));
    for (pod, container, path) in [
        ("", "db", "/"),
        ("db-0", "", "/"),
        ("../secrets/a", "db", "/"),
        ("db-0", "db?stdin=true", "/"),
        ("db-0", "db", ""),
        ("db-0", "db", "etc"),
        ("db-0", "db", "/etc//x"),
    ] {
        let told = console.ask("pods/files", &at(pod, container, path)).await;
        assert_eq!(told[0], "Invalid", "{pod:?} {container:?} {path:?}");
        let encode = app::paths::encode;
        let query = format!(
            "pod={}&container={}&path={}",
            encode(pod),
            encode(container),
            encode(path)
        );
        let (status, _) = take(&console, &query).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert!(!ran(&console));
}

#[tokio::test]
async fn a_console_without_terminals_has_no_files() {
    for flag in ["--no-exec", "--read-only"] {
        let config = Config::parse_from(["ordinal", flag]);
        let console = console_of(script(true), Site::empty(), Terminals::of(&config));
        let told = console.ask("pods/files", &at("db-0", "db", "/")).await;
        assert_eq!(told[0], "Forbidden", "{flag}: {told}");
        let (status, _) = take(&console, "pod=db-0&container=db&path=/etc/passwd").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{flag}");
        assert!(!ran(&console), "{flag}");
    }
}

#[tokio::test]
async fn only_who_is_signed_in_takes_one() {
    let console = console(script(true));
    let answer = console
        .send(get("/files/file?ns=shop&pod=db-0&container=db&path=/a"))
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(!ran(&console));
}
