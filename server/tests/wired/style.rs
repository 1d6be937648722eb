//! The two style sheets: the list has what it needs in the page, other pages link to the rest.
use crate::common::{console, forbids, get, with};
use app::state::late;
use axum::http::header;

#[tokio::test]
async fn the_second_sheet_is_linked_where_it_is_needed() {
    let console = console(forbids);
    let cookie = console.sign_in().await;
    let link = format!("<link rel=\"stylesheet\" id=\"late\" href=\"{}\">", late::LATE);
    for (path, linked) in [
        ("/statefulsets?ns=a", false),
        ("/statefulsets/a/statefulsets", true),
        ("/create", true),
        ("/claims", true),
    ] {
        let page = console.send(with(get(path), "cookie", &cookie)).await;
        assert_eq!(page.body.contains(&link), linked, "{path}");
    }
    // Not only for those who are signed in: it says nothing.
    let sheet = console.send(get(late::LATE)).await;
    assert_eq!(sheet.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(
        sheet.headers[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert!(sheet.body.contains(".wiz{") && !sheet.body.contains(":root"));
}
