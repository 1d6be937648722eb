//! Signing in at an issuer, as a browser does it.
use super::{Cluster, HOST, ORIGIN, Replica, issuer::Issuer, jar};
use crate::common::{get, with};
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use clap::Parser;
use serde_json::json;
use server::{config::Config, signin::Oidc};
use url::Url;

fn oidc(issuer: &Issuer) -> Oidc {
    let ca = issuer.ca();
    let flags = [
        "ordinal",
        "--auth",
        "oidc",
        "--oidc-client-id",
        "ordinal",
        "--oidc-issuer",
        &issuer.url,
        "--oidc-ca",
    ];
    let config = Config::parse_from(flags.iter().copied().chain([ca.to_str().unwrap()]));
    Oidc::of(&config.people, format!("{ORIGIN}/sign-in/back")).unwrap()
}

fn replica(cluster: &Cluster, issuer: &Issuer) -> Replica {
    cluster.replica_with("k", Some(oidc(issuer)))
}

/// Begins at this replica; the cookie of the way, and what the issuer is asked.
async fn leave(replica: &Replica, issuer: &Issuer) -> (String, Url) {
    let request = Request::post("/sign-in/issuer")
        .header(header::ORIGIN, ORIGIN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, headers, body) = replica
        .send(request.body(Body::from("to=%2Fclaims")).unwrap())
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let line = headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        line.contains("SameSite=Lax") && line.contains("Secure") && line.contains("Max-Age=600"),
        "{line}"
    );
    let url = Url::parse(headers[header::LOCATION].to_str().unwrap()).unwrap();
    *issuer.way.lock().unwrap() = (of(&url, "code_challenge"), of(&url, "nonce"));
    (jar(&headers), url)
}

fn of(url: &Url, name: &str) -> String {
    let found = url.query_pairs().find(|(key, _)| key == name);
    found
        .unwrap_or_else(|| panic!("{name} is not in {url}"))
        .1
        .into_owned()
}

/// Comes back at this replica as a browser does: from another site.
async fn back(replica: &Replica, cookie: &str, query: &str) -> (StatusCode, HeaderMap, String) {
    let request = with(
        get(&format!("/sign-in/back?{query}")),
        "sec-fetch-site",
        "cross-site",
    );
    replica.send(with(request, "cookie", cookie)).await
}

async fn enter(there: &Replica, here: &Replica, issuer: &Issuer) -> (StatusCode, HeaderMap, String) {
    let (cookie, url) = leave(there, issuer).await;
    back(here, &cookie, &format!("code=good&state={}", of(&url, "state"))).await
}

/// The session's cookie alone.
fn session(headers: &HeaderMap) -> String {
    let all = jar(headers);
    let own = all.split("; ").find(|pair| pair.starts_with("__Host-ordinal=1."));
    own.unwrap_or_else(|| panic!("no session in {all}")).to_owned()
}

#[tokio::test]
async fn one_signs_in_at_the_issuer_whichever_replica_one_comes_back_to() {
    let (cluster, issuer) = (Cluster::of(&[("*", "alice")]), Issuer::start().await);
    let (first, second) = (replica(&cluster, &issuer), replica(&cluster, &issuer));
    let (status, _, body) = first.send(get("/sign-in?to=%2Fclaims")).await;
    assert!(
        status == StatusCode::OK && body.contains("Sign in with localhost"),
        "{body}"
    );
    let (_, url) = leave(&first, &issuer).await;
    assert_eq!(of(&url, "code_challenge_method"), "S256");
    assert!(of(&url, "scope").starts_with("openid email"), "{url}");

    let (status, headers, body) = enter(&first, &second, &issuer).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    // The session's cookie is Strict: it comes along only when our own page goes on.
    assert!(body.contains("content=\"0;url=/claims\""), "{body}");
    let cookie = session(&headers);
    let ended = headers.get_all(header::SET_COOKIE).iter().any(|line| {
        let line = line.to_str().unwrap();
        line.starts_with("__Host-ordinal-begun=;") && line.contains("Max-Age=0")
    });
    assert!(ended, "it is good for one way back");
    for replica in [&first, &second] {
        let (status, _, body) = replica.page(&cookie).await;
        assert!(
            status == StatusCode::FORBIDDEN && body.contains("alice may not"),
            "{body}"
        );
    }
    let asked = cluster.asked.lock().unwrap();
    assert!(
        asked.iter().all(|(token, _)| token.split('.').count() == 3),
        "the API server sees the ID token"
    );
}

#[tokio::test]
async fn what_was_not_made_for_this_browser_and_this_console_signs_nobody_in() {
    let (cluster, issuer) = (Cluster::of(&[("*", "alice")]), Issuer::start().await);
    let replica = replica(&cluster, &issuer);
    let (cookie, url) = leave(&replica, &issuer).await;
    let state = of(&url, "state");
    for (cookie, query, said) in [
        ("", format!("code=good&state={state}"), "another browser"),
        (&cookie, "code=good&state=x".to_owned(), "another way in"),
        (&cookie, format!("code=bad&state={state}"), "did not work"),
        (
            &cookie,
            format!("error=access_denied&state={state}"),
            "broken off",
        ),
        (&cookie, String::new(), "broken off"),
    ] {
        let (_, headers, body) = back(&replica, cookie, &query).await;
        assert!(body.contains(said), "{query}: {body}");
        assert!(!jar(&headers).contains("__Host-ordinal=1."), "{query}");
    }
    for says in [
        json!({"aud": "other"}),
        json!({"aud": ["ordinal", "other"]}),
        json!({"aud": ["ordinal", "other"], "azp": "other"}),
        json!({"iss": "https://evil.example"}),
        json!({"nonce": "other"}),
        json!({"exp": super::issuer::now() - 60}),
    ] {
        *issuer.says.lock().unwrap() = says.clone();
        let (status, headers, _) = enter(&replica, &replica, &issuer).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{says}");
        assert!(!jar(&headers).contains("__Host-ordinal=1."), "{says}");
    }
    assert!(cluster.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_token_is_renewed_once_whoever_asks_at_the_same_time() {
    let (cluster, issuer) = (Cluster::of(&[("*", "alice")]), Issuer::start().await);
    let (first, second) = (replica(&cluster, &issuer), replica(&cluster, &issuer));
    // Two thirds of nothing are over at once: every request is due.
    *issuer.lasts.lock().unwrap() = 1;
    let (_, headers, _) = enter(&first, &first, &issuer).await;
    let old = session(&headers);
    *issuer.lasts.lock().unwrap() = 300;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let renew = || {
        let request = Request::post("/sign-in/renew").header(header::ORIGIN, ORIGIN);
        request.header(header::COOKIE, &old).body(Body::empty()).unwrap()
    };
    let answers = tokio::join!(first.send(renew()), first.send(renew()), first.send(renew()));
    for (status, headers, _) in [&answers.0, &answers.1, &answers.2] {
        assert_eq!(*status, StatusCode::NO_CONTENT);
        assert_ne!(session(headers), old);
    }
    assert_eq!(issuer.renewed(), 1, "a refresh token is good for one use");
    // The other replica comes too late with the old cookie: it lets nobody in, and takes no cookie away.
    let (status, headers, _) = second.page(&old).await;
    assert_eq!(
        (status, headers.get(header::SET_COOKIE)),
        (StatusCode::SEE_OTHER, None)
    );
    let fresh = session(&answers.0.1);
    assert_eq!(second.page(&fresh).await.0, StatusCode::FORBIDDEN);
    let (_, headers, _) = second.page(&fresh).await;
    assert!(headers.get(header::SET_COOKIE).is_none(), "it is not due");
}

#[tokio::test]
async fn an_issuer_that_is_down_is_told_and_where_one_goes_on_to_stays() {
    let (cluster, issuer) = (Cluster::of(&[("*", "alice")]), Issuer::start().await);
    let oidc = oidc(&issuer.down());
    let replica = cluster.replica_with("k", Some(oidc));
    let request = Request::post("/sign-in/issuer")
        .header(header::ORIGIN, ORIGIN)
        .header(header::HOST, HOST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _, body) = replica
        .send(request.body(Body::from("to=%2Fclaims")).unwrap())
        .await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        body.contains("Signing in did not work") && body.contains("value=\"/claims\""),
        "{body}"
    );
}
