//! A portal of a test's own, asked with a plain HTTP client.

use std::sync::Arc;

use linecard_clock::TestClock;
use linecard_sandbox::bitrix24::{Options, Sandbox, Switches};
use serde_json::Value;

/// A portal, and the time in it.
pub(crate) struct Portal {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    http: reqwest::Client,
}

impl Portal {
    pub(crate) async fn with(options: Options) -> Self {
        let clock = Arc::new(TestClock::at("2026-05-14T09:25:37Z".parse().unwrap()));
        let sandbox = Sandbox::start(options, clock.clone()).await.unwrap();
        let _installed = rustls::crypto::ring::default_provider().install_default();
        #[expect(clippy::disallowed_methods, reason = "a client nobody here wrote")]
        let http = reqwest::Client::new();
        Self {
            sandbox,
            clock,
            http,
        }
    }

    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn switched(change: impl FnOnce(&mut Switches)) -> Self {
        let mut options = Options::default();
        change(&mut options.switches);
        Self::with(options).await
    }

    /// Asks for a method with JSON; tells status and body.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> (u16, Value) {
        let url = format!("{}{method}", self.sandbox.webhook_url());
        answer(self.http.post(url).json(&params)).await
    }

    /// What a method gives when all goes well.
    pub(crate) async fn result(&self, method: &str, params: Value) -> Value {
        let (status, body) = self.ask(method, params).await;
        assert_eq!(status, 200, "{method}: {body}");
        body["result"].clone()
    }

    /// Posts a body of another kind.
    pub(crate) async fn post(&self, method: &str, kind: &str, body: &str) -> (u16, Value) {
        let url = format!("{}{method}", self.sandbox.webhook_url());
        let request = self.http.post(url).header("content-type", kind);
        answer(request.body(body.to_owned())).await
    }

    /// Gets an address below the webhook's.
    pub(crate) async fn get(&self, rest: &str) -> (u16, Value) {
        answer(
            self.http
                .get(format!("{}{rest}", self.sandbox.webhook_url())),
        )
        .await
    }

    /// Gets a page.
    pub(crate) async fn page(&self, path: &str, language: &str) -> (u16, String) {
        let url = format!("{}{path}", self.sandbox.base_url());
        let request = self.http.get(url).header("accept-language", language);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}
