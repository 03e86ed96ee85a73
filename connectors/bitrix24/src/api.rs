//! Requests to the REST interface of one portal.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Method, header};
use jiff::Timestamp;
use linecard_clock::Clock;
use linecard_crm::{AdviceCode, Failure, Grant, GrantStore, GrantStoreError, PersonNeeded, Usage};
use linecard_http::{Budget, Effect, HttpClient, Purpose, Rate, Request};
use serde_json::{Value, json};

use crate::command::Command;
use crate::operating::Operating;
use crate::php;
use crate::refusal::{self, Refusal};
use crate::webhook::Webhook;

/// What every plan but the largest allows a portal and one source address: fifty at once, two
/// more each second. Other programs behind the same address share it, so ten are left to them.
const RATE: Rate = Rate {
    burst: NonZeroU32::MIN.saturating_add(39),
    every: Duration::from_millis(500),
};

/// Speaks the interface with one webhook.
pub(crate) struct Api {
    http: HttpClient,
    grants: Arc<dyn GrantStore>,
    clock: Arc<dyn Clock>,
    budget: Budget,
    operating: Operating,
}

/// What a method gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) result: Value,
    /// How many records there are in all, of a list that counts.
    pub(crate) total: Option<u64>,
    /// Where the next page starts.
    pub(crate) next: Option<u64>,
    /// The portal's clock when the method began.
    pub(crate) at: Option<Timestamp>,
}

impl Api {
    pub(crate) fn new(
        http: HttpClient,
        grants: Arc<dyn GrantStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            http,
            grants,
            budget: Budget::new(RATE, Arc::clone(&clock)),
            clock,
            operating: Operating::default(),
        }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn usage(&self) -> Usage {
        self.budget.usage()
    }

    /// The webhook in use.
    pub(crate) async fn webhook(&self) -> Result<Webhook, Failure> {
        let grant = self
            .grants
            .load()
            .await
            .map_err(|error| Failure::retry(error.to_string()))?
            .ok_or_else(|| Failure::advised(PersonNeeded::SignIn, AdviceCode::NotSignedIn))?;
        Ok(Webhook::kept(&grant))
    }

    /// Asks for one method.
    pub(crate) async fn call(&self, purpose: Purpose, command: &Command) -> Result<Given, Refusal> {
        let method = command.method;
        self.operating.allowed(method, purpose, self.now())?;
        let effect = effect(command.writes());
        let webhook = self.webhook().await?;
        let sent = self.send(&webhook, purpose, method, &command.params, effect);
        match sent.await {
            Ok(body) => {
                let time = body.get("time").unwrap_or(&Value::Null);
                self.operating.note(method, time);
                Ok(Given {
                    total: body.get("total").and_then(Value::as_u64),
                    next: body.get("next").and_then(Value::as_u64),
                    at: started(time),
                    result: body.get("result").cloned().unwrap_or_default(),
                })
            }
            Err(refusal) => Err(self.blocked(method, refusal)),
        }
    }

    /// Asks for up to fifty methods with one request; tells of each what became of it, in their
    /// order. The outer failure is of them all.
    pub(crate) async fn batch(
        &self,
        purpose: Purpose,
        commands: &[Command],
    ) -> Result<Vec<Result<Given, Refusal>>, Failure> {
        let now = self.now();
        for command in commands {
            self.operating.allowed(command.method, purpose, now)?;
        }
        let effect = effect(commands.iter().any(Command::writes));
        let lines: Vec<String> = commands.iter().map(Command::line).collect();
        // A list: a map's entries would be sorted by their names, and references point back.
        let params = json!({"halt": 0, "cmd": lines});
        let webhook = self.webhook().await?;
        let body = self
            .send(&webhook, purpose, "batch", &params, effect)
            .await?;
        let told = body.get("result").unwrap_or(&Value::Null);
        let part = |name: &str, place: usize| php::element(told.get(name)?, place);
        let mut fates = Vec::with_capacity(commands.len());
        for (place, command) in commands.iter().enumerate() {
            let effect = self::effect(command.writes());
            // A success as a whole says nothing of its commands.
            let fate = if let Some(error) = part("result_error", place) {
                let refusal = refusal::of(error, None, effect, &webhook.secret);
                Err(self.blocked(command.method, refusal))
            } else if let Some(result) = part("result", place) {
                let time = part("result_time", place).unwrap_or(&Value::Null);
                self.operating.note(command.method, time);
                Ok(Given {
                    result: result.clone(),
                    total: part("result_total", place).and_then(Value::as_u64),
                    next: part("result_next", place).and_then(Value::as_u64),
                    at: started(time),
                })
            } else {
                let words = format!("Bitrix24 did not say what became of {}", command.method);
                Err(Refusal::Failed(refusal::unsure(effect, words)))
            };
            fates.push(fate);
        }
        Ok(fates)
    }

    /// A method that is blocked is left alone from now on.
    fn blocked(&self, method: &str, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::Blocked { words } => {
                let until = self.operating.block(method, self.now(), &words);
                Refusal::Failed(Failure::Throttled {
                    until: Some(until),
                    words: words.into(),
                })
            }
            other => other,
        }
    }

    /// Sends one request and reads its answer as JSON.
    async fn send(
        &self,
        webhook: &Webhook,
        purpose: Purpose,
        method: &str,
        params: &Value,
        effect: Effect,
    ) -> Result<Value, Refusal> {
        self.budget.admit(purpose).await?;
        let mut request = Request::new(params.to_string().into_bytes());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = webhook
            .method(method)
            .as_str()
            .parse()
            .map_err(|_| Failure::misconfigured(AdviceCode::WebhookAddress))?;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json.clone());
        request.headers_mut().insert(header::CONTENT_TYPE, json);
        let answer = self
            .http
            .send(request)
            .await
            .map_err(|error| error.failure(effect))?;
        if !answer.status().is_success() {
            return Err(refusal::read(&answer, effect, &webhook.secret));
        }
        let body: Value = serde_json::from_slice(answer.body()).map_err(|_| {
            let words = "Bitrix24 answered with a page instead of data".to_owned();
            refusal::unsure(effect, words)
        })?;
        if body.get("error").is_some() {
            return Err(refusal::of(&body, None, effect, &webhook.secret));
        }
        if body.get("result").is_none() {
            let words = "Bitrix24's answer holds no result".to_owned();
            return Err(refusal::unsure(effect, words).into());
        }
        Ok(body)
    }
}

fn effect(writes: bool) -> Effect {
    if writes { Effect::Write } else { Effect::Read }
}

fn started(time: &Value) -> Option<Timestamp> {
    time.get("date_start").and_then(php::moment)
}

/// A grant that is tried before it is kept.
pub(crate) struct Tried(pub(crate) Grant);

#[async_trait::async_trait]
impl GrantStore for Tried {
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError> {
        Ok(Some(self.0.clone()))
    }

    async fn save(&self, _: &Grant) -> Result<(), GrantStoreError> {
        // A webhook has nothing that is renewed.
        Ok(())
    }
}
