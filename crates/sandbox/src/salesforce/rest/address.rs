//! Addresses: one slash more or less at the end means the same, and there is a longest.

use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// URI and headers together, in bytes.
const LONGEST: usize = 16_384;

/// Takes the slash off the end of the path.
pub(crate) fn without_trailing_slash<B>(mut request: hyper::Request<B>) -> hyper::Request<B> {
    let uri = request.uri();
    let path = uri.path().trim_end_matches('/');
    if path.is_empty() || path.len() == uri.path().len() {
        return request;
    }
    let shorter = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if let Ok(shorter) = shorter.parse::<Uri>() {
        *request.uri_mut() = shorter;
    }
    request
}

/// Refuses what the real one's edge refuses.
pub(crate) async fn limit_address(request: Request, next: Next) -> Response {
    let uri = request
        .uri()
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    let headers: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if uri > LONGEST {
        return (StatusCode::URI_TOO_LONG, "URI Too Long").into_response();
    }
    if uri + headers > LONGEST {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return (status, "Request Header Fields Too Large").into_response();
    }
    next.run(request).await
}
