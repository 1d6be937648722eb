//! The files of the site, served from the binary.
use crate::common::{Answer, Console, console_with, forbids, get, with};
use axum::http::{StatusCode, header};
use server::site::{Inside, Site};

fn console() -> Console {
    let mut files = Inside::default();
    files.add(
        "hash.txt",
        b"js: aaa\nwasm: bbb\ncss: ccc\nmanifest: ddd\nsplit: eee\n",
    );
    files.add("pkg/ordinal.aaa.js", b"plain");
    files.add("pkg/ordinal.aaa.js.br", b"brotli");
    files.add("pkg/ordinal.aaa.js.gz", b"gzip");
    files.add("pkg/ordinal.bbb.wasm", b"wasm");
    files.add(
        "pkg/__wasm_split_manifest.ddd.json",
        br#"{"__page":["chunk_1.fff"]}"#,
    );
    files.add("pkg/editor-1/editor.js.br", b"brotli");
    files.add("pkg/editor-1/yaml.worker.js.br", b"brotli");
    console_with(forbids, Site::inside(files))
}

async fn fetched(console: &Console, path: &str, accepted: &str) -> Answer {
    console.send(with(get(path), "accept-encoding", accepted)).await
}

#[tokio::test]
async fn a_file_comes_in_the_smallest_form_that_the_browser_takes_and_is_kept_for_ever() {
    let console = console();
    let script = "/pkg/ordinal.aaa.js";
    for (accepted, body) in [
        ("gzip, deflate, br", "brotli"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", "plain"),
    ] {
        let answer = fetched(&console, script, accepted).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, body));
        let coding = answer.headers.get(header::CONTENT_ENCODING);
        let said = coding.map_or("plain", |c| if c == "br" { "brotli" } else { "gzip" });
        assert_eq!(said, body, "what it says that it is");
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
        assert_eq!(answer.headers[header::VARY], "accept-encoding");
        assert_eq!(
            answer.headers[header::CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
    let wasm = fetched(&console, "/pkg/ordinal.bbb.wasm", "br").await;
    assert_eq!(wasm.headers[header::CONTENT_TYPE], "application/wasm");
    let worker = fetched(&console, "/pkg/editor-1/yaml.worker.js", "br").await;
    let policy = worker.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'self'"), "{policy}");
}

#[tokio::test]
async fn only_a_file_of_exactly_this_name_is_served() {
    let console = console();
    for path in [
        "/pkg/../hash.txt",
        "/pkg/%2e%2e/hash.txt",
        "/pkg/..%2fhash.txt",
        "/pkg/editor-1",
        "/pkg/editor-1/",
        "/pkg/",
        "/pkg/none.js",
        // Without a coding that the browser takes there is none of it.
        "/pkg/editor-1/editor.js",
    ] {
        let answer = fetched(&console, path, "identity").await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("js: aaa"), "{path}");
        if path.starts_with("/pkg/e") {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.headers.contains_key(header::LOCATION), "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_begins_with_the_files_that_the_site_has() {
    let page = console().page("/statefulsets").await;
    for said in [
        r#"href="/pkg/ordinal.aaa.js""#,
        r#"href="/pkg/ordinal.bbb.wasm""#,
        r#"import("/pkg/ordinal.aaa.js")"#,
        r#"module_or_path: "/pkg/ordinal.bbb.wasm""#,
    ] {
        assert!(page.body.contains(said), "{said} is missing");
    }
}
