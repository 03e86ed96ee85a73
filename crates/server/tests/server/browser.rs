//! A browser, as far as the server can tell: it keeps the session's cookie.

use std::sync::Mutex;

use reqwest::{Method, StatusCode};
use serde_json::Value;

/// Sends requests as the pages of Linecard do.
pub(crate) struct Browser {
    http: reqwest::Client,
    base: String,
    cookie: Mutex<Option<String>>,
    /// An API key, shown in the place of a cookie: a program asks, and no page.
    key: Option<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    /// The problem's code; checks that it is a problem.
    pub(crate) fn code(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        problem["code"].as_str().unwrap().to_owned()
    }

    /// The paths of the fields at fault.
    pub(crate) fn fields(&self) -> Vec<String> {
        self.json()["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Fails the test unless the answer is this one.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

impl Browser {
    #[expect(
        clippy::disallowed_methods,
        reason = "the tests speak to their own server, as a browser would"
    )]
    pub(crate) fn new(base: &str) -> Self {
        // Another test of this process may have installed it first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                // Who asks for a compressed answer looks at it as it came.
                .no_gzip()
                // Where connections are encrypted the certificate is the story's to look at.
                .tls_danger_accept_invalid_certs(true)
                .build()
                .unwrap(),
            base: base.to_owned(),
            cookie: Mutex::default(),
            key: None,
        }
    }

    /// A program with an API key.
    pub(crate) fn program(base: &str, key: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..Self::new(base)
        }
    }

    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    pub(crate) fn set_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body))
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await
    }

    /// A request with everything that the pages send.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        match &self.key {
            Some(key) => self.bare(method, path).bearer_auth(key),
            None => self.bare(method, path).header("X-Linecard", "1"),
        }
    }

    /// A request with the cookie alone, as another web site could have it sent.
    pub(crate) fn bare(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match self.cookie() {
            Some(cookie) => request.header("Cookie", cookie),
            None => request,
        }
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let answer = Answer {
            status,
            headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        };
        if let Some(cookie) = answer.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.set_cookie(Some(cookie.to_owned()));
        }
        answer
    }
}
