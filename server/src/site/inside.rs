//! The files inside the binary. Nothing is unpacked: the root of a container is read-only, and what lies in the binary
//! is in memory once, for as long as somebody asks for it.
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{collections::BTreeMap, sync::Arc};

/// The compressed forms, the smallest first: the name of the coding, and how the file's name ends.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Files by their name, as in `pkg/ordinal.js.br`.
#[derive(Clone, Debug, Default)]
pub struct Inside(BTreeMap<&'static str, &'static [u8]>);

impl Inside {
    /// One more file.
    pub fn add(&mut self, name: &'static str, contents: &'static [u8]) {
        self.0.insert(name, contents);
    }

    /// A file that is a text, by its plain name.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let contents = self.0.get(name)?;
        Some(String::from_utf8_lossy(contents).into_owned())
    }

    /// What lies in `pkg/`: its files, and its folders once.
    pub(super) fn names(&self) -> Vec<String> {
        let below = self.0.keys().filter_map(|name| name.strip_prefix("pkg/"));
        let mut names: Vec<String> = below
            .filter_map(|name| name.split('/').next())
            .map(str::to_owned)
            .collect();
        names.dedup();
        names
    }

    /// Answers for the files in `pkg/`.
    pub(super) fn service(&self) -> Router {
        Router::new()
            .fallback(get(answer))
            .with_state(Arc::new(self.clone()))
    }
}

/// The file of exactly this name, in the smallest form that the browser takes: there is nothing to escape from.
async fn answer(State(files): State<Arc<Inside>>, uri: Uri, headers: HeaderMap) -> Response {
    let name = format!("pkg{}", uri.path());
    let accepted = headers.get_all(header::ACCEPT_ENCODING);
    let accepted: Vec<&str> = accepted.iter().filter_map(|h| h.to_str().ok()).collect();
    let compressed = CODINGS.iter().find_map(|(coding, end)| {
        let contents = files.0.get(format!("{name}{end}").as_str())?;
        takes(&accepted, coding).then_some((Some(*coding), *contents))
    });
    let plain = || files.0.get(name.as_str()).map(|contents| (None, *contents));
    let Some((coding, contents)) = compressed.or_else(plain) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = [
        (header::CONTENT_TYPE, kind(&name)),
        (header::VARY, "accept-encoding"),
    ];
    let mut response = (kind, Bytes::from_static(contents)).into_response();
    if let Some(coding) = coding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether a coding is accepted; one of quality 0 is refused.
fn takes(accepted: &[&str], coding: &str) -> bool {
    let codings = accepted.iter().flat_map(|line| line.split(','));
    codings.into_iter().any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        let quality = quality.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case(coding) && quality.parse::<f32>().is_ok_and(|q| q > 0.0)
    })
}

/// What a file is, by the end of its name: of all that the site has.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_taken_by_its_whole_name_and_unless_its_quality_is_0() {
        assert!(takes(&["gzip, deflate, br"], "br"));
        assert!(takes(&["gzip;q=0.5", "BR"], "br"));
        assert!(!takes(&["gzip, brx"], "br"));
        assert!(!takes(&["br;q=0"], "br"));
        assert!(!takes(&[], "gzip"));
    }

    #[test]
    fn a_folder_is_named_once() {
        let mut files = Inside::default();
        files.add("hash.txt", b"");
        files.add("pkg/editor-1/editor.js.br", b"");
        files.add("pkg/editor-1/editor.css.br", b"");
        files.add("pkg/ordinal.js", b"");
        assert_eq!(files.names(), ["editor-1", "ordinal.js"]);
    }
}
