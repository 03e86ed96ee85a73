//! An answer that the client never gets: the TCP connection closes instead.
//!
//! A handler marks its response as lost; the service that the HTTP server drives turns the mark
//! into an error, upon which the server closes the connection without writing a byte.

use axum::response::Response;

/// Put into a response's extensions, makes the server drop the connection.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the answer was dropped on demand")]
pub(crate) struct LostAnswer;

/// Marks a response as lost.
pub(crate) fn lose(mut response: Response) -> Response {
    response.extensions_mut().insert(LostAnswer);
    response
}

/// The response, or the error that closes the connection.
pub(crate) fn deliver(response: Response) -> Result<Response, LostAnswer> {
    match response.extensions().get::<LostAnswer>() {
        Some(lost) => Err(*lost),
        None => Ok(response),
    }
}
