//! A stand-in and a client that is signed in to it.

use std::sync::Arc;

use linecard_clock::{SystemEntropy, TestClock};
use linecard_sandbox::zoho::{Options, Sandbox, Switches};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::server::client;

/// A running stand-in.
pub(crate) struct Server {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) http: Client,
    pub(crate) token: String,
    pub(crate) refresh_token: String,
}

/// An answer that was read to its end; without a body it is null.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    /// What became of the first record of a write.
    pub(crate) fn fate(&self) -> (&str, &str) {
        let item = &self.body["data"][0];
        let text = |value: &'static str| item[value].as_str().unwrap_or_default();
        let field = item["details"]["api_name"].as_str().unwrap_or_default();
        (text("code"), field)
    }

    /// The id of the first record that was written.
    pub(crate) fn id(&self) -> String {
        let id = self.body["data"][0]["details"]["id"].as_str();
        id.unwrap_or_else(|| panic!("{:?}", self.body)).to_owned()
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Switches::default()).await
    }

    pub(crate) async fn with(switches: Switches) -> Self {
        let start = "2026-05-14T09:00:00Z".parse().unwrap();
        let clock = Arc::new(TestClock::at(start));
        let options = Options {
            switches,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options, clock.clone(), Arc::new(SystemEntropy))
            .await
            .unwrap();
        let tokens = sandbox.sign_in("alice@example.com").unwrap();
        Self {
            sandbox,
            clock,
            http: client(),
            token: tokens.access_token,
            refresh_token: tokens.refresh_token,
        }
    }

    /// A request with the token.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.sandbox.base_url());
        let token = format!("Zoho-oauthtoken {}", self.token);
        self.http
            .request(method, url)
            .header("Authorization", token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// Writes records without saying that they are JSON, as Zoho's own clients do.
    pub(crate) async fn write(&self, method: Method, path: &str, records: &[Value]) -> Answer {
        let body = json!({"data": records, "trigger": []}).to_string();
        let request = self.request(method, path).body(body);
        answer(request.send().await.unwrap()).await
    }

    /// Asks in COQL.
    pub(crate) async fn ask(&self, query: &str) -> Answer {
        let body = json!({"select_query": query}).to_string();
        let request = self.request(Method::POST, "/crm/v8/coql").body(body);
        answer(request.send().await.unwrap()).await
    }

    /// The first contact's id: Maya Torres.
    pub(crate) fn maya(&self) -> String {
        let contacts = self.sandbox.records("Contacts");
        contacts[0]["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) async fn answer(response: Response) -> Answer {
    let status = response.status();
    let text = response.text().await.unwrap();
    Answer {
        status,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}
