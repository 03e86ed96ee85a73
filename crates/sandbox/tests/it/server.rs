//! A stand-in and a client that is signed in to it.

use std::sync::Arc;

use jiff::SignedDuration;
use linecard_clock::{SystemEntropy, TestClock};
use linecard_sandbox::salesforce::{Options, Sandbox};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use serde_json::{Value, json};

pub(crate) const API: &str = "/services/data/v66.0";

/// A running stand-in.
pub(crate) struct Server {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) http: Client,
    token: String,
}

/// An answer that was read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    /// The `errorCode` of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body[0]["errorCode"].as_str().unwrap_or_default()
    }

    /// The `message` of the first error.
    pub(crate) fn message(&self) -> &str {
        self.body[0]["message"].as_str().unwrap_or_default()
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let start = "2026-05-01T07:25:37Z".parse().unwrap();
        let clock = Arc::new(TestClock::at(start));
        let sandbox = Sandbox::start(options, clock.clone(), Arc::new(SystemEntropy))
            .await
            .unwrap();
        let tokens = sandbox.sign_in("alice@example.com").unwrap().unwrap();
        Self {
            sandbox,
            clock,
            http: client(),
            token: tokens.access_token,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url())
    }

    pub(crate) fn pass(&self, hours: i64) {
        self.clock.advance(SignedDuration::from_hours(hours));
    }

    /// A request with the token.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        answer(request.send().await.unwrap()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::PATCH, path).json(body);
        answer(request.send().await.unwrap()).await
    }

    /// Creates a record of the object.
    pub(crate) async fn create(&self, object: &str, fields: &Value) -> Answer {
        self.post(&format!("{API}/sobjects/{object}"), fields).await
    }

    /// Creates a record that must be taken, and gives its id.
    pub(crate) async fn created(&self, object: &str, fields: &Value) -> String {
        let answer = self.create(object, fields).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn soql(&self, query: &str) -> Answer {
        self.asked("query", query).await
    }

    pub(crate) async fn sosl(&self, search: &str) -> Answer {
        self.asked("search", search).await
    }

    async fn asked(&self, what: &str, q: &str) -> Answer {
        let request = self
            .request(Method::GET, &format!("{API}/{what}"))
            .query(&[("q", q)]);
        answer(request.send().await.unwrap()).await
    }

    /// The names that a query finds, in its order.
    pub(crate) async fn names(&self, query: &str) -> Vec<String> {
        let answer = self.soql(query).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        texts(&answer.body["records"], "Name")
    }

    /// The names that a search finds, in its order.
    pub(crate) async fn found(&self, search: &str) -> Vec<String> {
        let answer = self.sosl(search).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        texts(&answer.body["searchRecords"], "Name")
    }

    /// The id of the record that has this name.
    pub(crate) fn id(&self, object: &str, name: &str) -> String {
        self.sandbox
            .records(object)
            .into_iter()
            .find(|record| record["Name"] == name)
            .map(|record| record["Id"].as_str().unwrap().to_owned())
            .unwrap()
    }
}

/// A client that shows redirects instead of following them.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests play a browser and foreign programs, which do not use linecard-http"
)]
pub(crate) fn client() -> Client {
    // An error says that another test of this process was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .build()
        .unwrap()
}

pub(crate) async fn answer(response: Response) -> Answer {
    let status = response.status();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(json!(text));
    Answer { status, body }
}

fn texts(records: &Value, field: &str) -> Vec<String> {
    records
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record[field].as_str().unwrap().to_owned())
        .collect()
}
