//! The admin, over the same API as the Console.

use serde_json::{Value, json};
use ureq::Agent;
use ureq::Body;
use ureq::http::Response;
use url::Url;

use super::linecard::Linecard;
use super::salesforce::Salesforce;

pub(crate) struct Admin {
    agent: Agent,
    api: String,
}

impl Admin {
    /// Opens the link of the first start and becomes the admin.
    pub(crate) fn sets_up(linecard: &Linecard) -> Self {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        let admin = Self {
            agent,
            api: format!("{}/api/v1", linecard.address()),
        };
        let link = Url::parse(&linecard.set_up_link).unwrap();
        let (_, token) = link
            .query_pairs()
            .find(|(name, _)| name == "token")
            .unwrap();
        admin.post(
            "/set-up",
            &json!({
                "token": token,
                "email": "admin@example.com",
                "name": "Ada Admin",
                "password": "correct horse battery",
                "country": "US",
                "time_zone": "America/New_York",
                "language": "en",
            }),
        );
        admin
    }

    /// Joins Salesforce, consent included, and binds by e-mail address.
    pub(crate) fn connects(&mut self, salesforce: &Salesforce) {
        let before = self.get("/crm/salesforce");
        self.put(
            "/crm/salesforce",
            &json!({
                "settings": {
                    "login_url": salesforce.address(),
                    "client_id": "stand-in-consumer-key",
                },
                "secrets": { "client_secret": "stand-in-consumer-secret" },
                "home_address": before["home_address"],
                "version": before["version"],
            }),
        );
        let page = self.post("/crm/salesforce/authorize", &json!({}));
        let back = self.consents(salesforce, page["url"].as_str().unwrap());
        let answer = self.agent.get(&back).call().unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(self.get("/crm/salesforce")["status"], "connected");
        let proposed = self.post("/crm/salesforce/bindings/auto", &json!({}));
        let bindings: Vec<Value> = proposed["proposed"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| json!({ "crm_user": it["crm_user"], "extension": it["extension"] }))
            .collect();
        self.put("/crm/salesforce/bindings", &json!({ "bindings": bindings }));
    }

    /// Signs in and allows at the stand-in; where the browser is sent then.
    fn consents(&self, salesforce: &Salesforce, page: &str) -> String {
        let form = text(self.agent.get(page).call().unwrap());
        let (_, rest) = form.split_once("name=\"request\" value=\"").unwrap();
        let (ticket, _) = rest.split_once('"').unwrap();
        let at = |path: &str| format!("{}/services/oauth2/authorize/{path}", salesforce.address());
        self.agent
            .post(at("sign-in"))
            .send_form([
                ("request", ticket),
                ("username", "admin@example.com"),
                ("password", "stand-in"),
            ])
            .unwrap();
        let allowed = self
            .agent
            .post(at("consent"))
            .send_form([("request", ticket), ("decision", "allow")])
            .unwrap();
        allowed.headers()["location"].to_str().unwrap().to_owned()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.api);
        json_of(path, self.agent.get(url).call().unwrap())
    }

    /// An answer that is JSON for those who ask for it.
    pub(crate) fn get_json(&self, path: &str) -> Value {
        let request = self.agent.get(format!("{}{path}", self.api));
        json_of(
            path,
            request.header("Accept", "application/json").call().unwrap(),
        )
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.agent.post(format!("{}{path}", self.api));
        json_of(
            path,
            request.header("X-Linecard", "1").send_json(body).unwrap(),
        )
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Value {
        let request = self.agent.put(format!("{}{path}", self.api));
        json_of(
            path,
            request.header("X-Linecard", "1").send_json(body).unwrap(),
        )
    }

    /// Sends bytes.
    pub(crate) fn put_bytes(&self, path: &str, bytes: &[u8]) -> Value {
        let request = self.agent.put(format!("{}{path}", self.api));
        json_of(path, request.header("X-Linecard", "1").send(bytes).unwrap())
    }
}

fn text(mut answer: Response<Body>) -> String {
    answer.body_mut().read_to_string().unwrap()
}

fn json_of(path: &str, answer: Response<Body>) -> Value {
    let status = answer.status();
    let text = text(answer);
    assert!(status.is_success(), "{path}: {status} {text}");
    if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).unwrap()
    }
}
