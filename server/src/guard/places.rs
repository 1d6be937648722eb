//! Places of this address that a browser is led to, and none of another.
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// The place of this address that a browser is sent to. Browsers read `//elsewhere` and `/\elsewhere` as another host,
/// and drop tabs and line ends before they look: what is no plain path of ours leads to the start.
pub fn here(place: &str) -> HeaderValue {
    let path = place.split(['?', '#']).next().unwrap_or_default();
    let plain = path.starts_with('/') && !path.contains("//");
    let clean = place.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let found = Some(place).filter(|_| plain && clean);
    found
        .and_then(|place| HeaderValue::from_str(place).ok())
        .unwrap_or(HeaderValue::from_static("/"))
}

/// Sends a browser to another place of this address.
pub fn see_other(place: &str) -> Response {
    let headers = [
        (header::LOCATION, here(place)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// A page that goes on to a place of this address by itself: the cookies come along then, also for who came from another site.
pub fn go_on(place: &str) -> Response {
    let place = here(place);
    // A URI has no `<`; these two are what could end an attribute, or mean another character in it.
    let place = place.to_str().unwrap_or("/").replace('&', "&amp;");
    let place = place.replace('"', "&quot;");
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ordinal</title>\
         <meta http-equiv=\"refresh\" content=\"0;url={place}\"><p><a href=\"{place}\">Ordinal</a></p></html>"
    );
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}
