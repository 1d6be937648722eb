//! Pages, compressed in one go. The general layer streams and cannot know that a page is short: its brotli takes a
//! window of 4 MB for each, of which the allocator kept 20 MB after a few pages.
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use brotli::enc::BrotliEncoderParams;

/// Three times as fast as the next better one, and 1 % larger.
const QUALITY: i32 = 5;
/// As two's exponent: a page is about 2^17 bytes.
const WINDOW: i32 = 18;

/// The answer with a brotli body, where the browser takes one; browsers do on loopback and by TLS.
pub async fn page(response: Response, asked: &HeaderMap) -> Response {
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|h| h.to_str().ok());
    let brotli = accepted.is_some_and(|a| a.split(',').any(|e| e.trim() == "br"));
    if !brotli || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, usize::MAX).await else {
        // The page ended in the middle; nothing has been sent of it yet.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let params = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: plain.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::with_capacity(plain.len() / 6);
    if brotli::BrotliCompress(&mut plain.as_ref(), &mut small, &params).is_err() {
        return Response::from_parts(head, Body::from(plain));
    }
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    head.headers
        .append(header::VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(head, Body::from(small))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(accepted: &'static str) -> Response {
        let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        page("<p>a page</p>".repeat(100).into_response(), &asked).await
    }

    #[tokio::test]
    async fn a_page_is_the_same_after_brotli() {
        let response = answer("gzip, br").await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        let small = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut small.as_ref(), &mut plain).unwrap();
        assert_eq!(plain, "<p>a page</p>".repeat(100).into_bytes());
    }

    #[tokio::test]
    async fn other_browsers_get_it_plain() {
        let response = answer("gzip, deflate").await;
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
    }
}
