//! Makes problems of what axum itself refuses: a query or a path that cannot be read.
//!
//! Its extractors answer in plain text. Every error of the API is a problem (RFC 9457).

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::problem::Problem;

/// The most of such a text that is passed on, in bytes. It repeats what was sent.
const LONGEST: usize = 4 * 1024;

/// Passes every answer on; a refusal in plain text as a problem.
pub(crate) async fn as_problem(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_text = response
        .headers()
        .get(header::CONTENT_TYPE)
        .map(HeaderValue::as_bytes)
        .is_some_and(|media| media.starts_with(b"text/plain"));
    if !(status.is_client_error() && is_text) {
        return response;
    }
    let text = to_bytes(response.into_body(), LONGEST)
        .await
        .unwrap_or_default();
    Problem::new(
        status,
        "address_unreadable",
        format_args!(
            "The address of the request cannot be taken: {}.",
            String::from_utf8_lossy(&text)
        ),
    )
    .into_response()
}
