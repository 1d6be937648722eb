//! Whatever a URL or a form says, a browser is sent to a page of this address.

use super::scale;
use crate::common::{console, forbids, get, with};
use axum::{
    body::Body,
    http::{StatusCode, header},
};

/// Paths that a browser takes for another host, or that come near one.
const ELSEWHERE: [&str; 12] = [
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "/\\/evil.example/",
    "\\\\evil.example/",
    "/a/..//evil.example/",
    "/.//evil.example/",
    "/;//evil.example",
    "/statefulsets\\..\\..\\\\evil.example",
    "//evil.example/%2e%2e",
    "//127.0.0.1:7777@evil.example/",
];

#[tokio::test]
async fn a_token_redirects_to_this_address_only() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    for path in ELSEWHERE {
        // One whose first character is no slash never is the path of a request.
        if !path.starts_with('/') {
            continue;
        }
        // Signed in already, any token will do; and not signed in, with the right one.
        let known = with(get(&format!("{path}?token=x")), "cookie", &cookie);
        let token = console
            .guard
            .link(&console.access)
            .split_once('?')
            .unwrap()
            .1
            .to_owned();
        for request in [known, get(&format!("{path}?{token}"))] {
            let answer = console.send(request).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert_eq!(answer.headers[header::LOCATION], "/", "{path}");
        }
    }
    // Encoded they are characters of a path of ours, as is everything else.
    for path in [
        "/%2F%2Fevil.example",
        "/%2f/evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "/claims",
    ] {
        let known = with(get(&format!("{path}?token=x")), "cookie", &cookie);
        assert_eq!(console.send(known).await.headers[header::LOCATION], path);
    }
}

#[tokio::test]
async fn a_preference_leads_back_to_an_own_page_only() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let prefer = |back: &str| {
        let mut request = with(
            scale("/preferences", &cookie),
            "content-type",
            "application/x-www-form-urlencoded",
        );
        *request.body_mut() = Body::from(format!("language=zh-CN&back={back}"));
        request
    };
    let answer = console.send(prefer("%2Fstatefulsets%3Fns%3Da")).await;
    assert_eq!(answer.headers[header::LOCATION], "/statefulsets?ns=a");
    assert!(
        answer.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .starts_with("ordinal_language=zh-CN")
    );
    // Tabs and line ends are dropped by browsers, after which these are two slashes.
    let dropped = [
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "https://evil.example",
        "claims",
        "",
    ];
    for elsewhere in ELSEWHERE.into_iter().chain(dropped) {
        assert_eq!(
            console.send(prefer(&app::paths::encode(elsewhere))).await.headers[header::LOCATION],
            "/",
            "{elsewhere:?}"
        );
    }
}
