//! Exchanges with the provider, over the house's guarded HTTP client.

use std::pin::Pin;

use linecard_http::{Answer, HttpClient, Request, TransportError};
use openidconnect::AsyncHttpClient;

/// Follows no redirect, and bounds every exchange in time and size.
pub(crate) struct Wire(pub(crate) HttpClient);

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: Request) -> Self::Future {
        Box::pin(self.0.send(request))
    }
}
