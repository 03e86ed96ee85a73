//! `linecard-http` against servers on loopback: good, broken and hostile ones.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod bounds;
mod guard;
mod keeper;
mod oauth;
mod raw_server;

use linecard_http::{HttpClient, HttpSettings, Request};

/// A client that may use loopback.
fn client() -> HttpClient {
    HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap()
}

fn get(url: &str) -> Request {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = url.parse().unwrap();
    request
}
