//! The operations of one organisation's REST API (REST API Developer Guide, version 66).

mod exchange;

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderName, HeaderValue, Method, header};
use jiff::fmt::rfc2822::DateTimePrinter;
use linecard_clock::Clock;
use linecard_crm::{Advice, AdviceCode, Failure, Grant, PersonNeeded, Usage};
use linecard_http::{Budget, Daily, Effect, HttpClient, Purpose, TokenKeeper};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::limits::Limits;
use crate::refusal::{self, Refusal};

use exchange::{Place, Task};

/// Parts of one batch; each counts as a request of the day.
const MOST_IN_A_BATCH: usize = 25;

/// Speaks the REST API with the token of one connection.
pub(crate) struct Api {
    http: HttpClient,
    keeper: TokenKeeper,
    clock: Arc<dyn Clock>,
    budget: Budget,
    version: Daily<String>,
    limits: Limits,
    /// Where the last request went; before the first one, the sign-in address.
    base: Mutex<Url>,
}

/// One page of a query's answer. One without records is odd, not empty: a lost call must not
/// pass for one that was never written.
#[derive(Deserialize)]
pub(crate) struct Page<T> {
    pub(crate) records: Vec<T>,
    #[serde(default, rename = "nextRecordsUrl")]
    pub(crate) next: Option<String>,
    /// How many records the whole query finds.
    #[serde(default, rename = "totalSize")]
    pub(crate) total: u64,
}

#[derive(Serialize)]
struct Batch<'a> {
    #[serde(rename = "batchRequests")]
    requests: Vec<BatchRequest<'a>>,
}

#[derive(Serialize)]
struct BatchRequest<'a> {
    method: &'a str,
    url: String,
}

#[derive(Deserialize)]
struct BatchAnswer {
    results: Vec<BatchResult>,
}

#[derive(Deserialize)]
struct BatchResult {
    #[serde(rename = "statusCode")]
    status: u16,
    #[serde(default)]
    result: Value,
}

impl Api {
    pub(crate) fn new(
        http: HttpClient,
        keeper: TokenKeeper,
        clock: Arc<dyn Clock>,
        budget: Budget,
        login_url: Url,
    ) -> Self {
        Self {
            http,
            keeper,
            clock,
            budget,
            version: Daily::default(),
            limits: Limits::default(),
            base: Mutex::new(login_url),
        }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// The organisation's own address, as far as it is known.
    pub(crate) fn base(&self) -> Url {
        self.base
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What consent gave: who the connection acts as.
    pub(crate) async fn grant(&self) -> Result<Grant, Failure> {
        self.keeper.grant().await
    }

    /// What is known of the day's requests.
    pub(crate) fn usage(&self) -> Usage {
        self.budget.usage()
    }

    pub(crate) async fn revoke(&self) -> Result<(), Failure> {
        self.keeper.revoke().await
    }

    /// Reads `resource`, such as `search/`.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        resource: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Refusal> {
        let task = Task::read(purpose, Place::Resource(resource, query));
        Ok(exchange::understand(&self.send(&task).await?)?)
    }

    /// The first page of what a SOQL query finds.
    pub(crate) async fn query<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        soql: &str,
    ) -> Result<Page<T>, Refusal> {
        self.get(purpose, "query/", &[("q", soql)]).await
    }

    /// The same with what was deleted and not yet purged.
    pub(crate) async fn query_all<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        soql: &str,
    ) -> Result<Page<T>, Refusal> {
        self.get(purpose, "queryAll/", &[("q", soql)]).await
    }

    /// The page that an earlier one named as the next.
    pub(crate) async fn next<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        path: &str,
    ) -> Result<Page<T>, Refusal> {
        let task = Task::read(purpose, Place::Path(path));
        Ok(exchange::understand(&self.send(&task).await?)?)
    }

    /// The first pages of several queries, with one request.
    pub(crate) async fn queries<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        soql: &[String],
    ) -> Result<Vec<Page<T>>, Refusal> {
        let version = self.version(purpose, &self.grant().await?.api_base).await?;
        let requests = soql
            .iter()
            .take(MOST_IN_A_BATCH)
            .map(|soql| BatchRequest {
                method: "GET",
                url: format!("v{version}/query/?q={}", encoded(soql)),
            })
            .collect();
        let place = Place::Resource("composite/batch", &[]);
        // It only reads, although it is a POST.
        let task = Task {
            method: Method::POST,
            effect: Effect::Read,
            body: json(&Batch { requests })?,
            ..Task::read(purpose, place)
        };
        let answer: BatchAnswer = exchange::understand(&self.send(&task).await?)?;
        answer
            .results
            .into_iter()
            .map(|part| self.part(&part))
            .collect()
    }

    fn part<T: DeserializeOwned>(&self, part: &BatchResult) -> Result<Page<T>, Refusal> {
        let body = part.result.to_string().into_bytes();
        let answer = http::Response::builder()
            .status(part.status)
            .body(body)
            .map_err(|error| {
                Failure::retry(Advice::about(AdviceCode::AnswerUnclear, error.to_string()))
            })?;
        if answer.status().is_success() {
            Ok(exchange::understand(&answer)?)
        } else {
            Err(refusal::read(&answer, Effect::Read, self.now()))
        }
    }

    /// Writes `body` to `resource`. An answer that cannot be read is a lost one: it was written.
    pub(crate) async fn post<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        resource: &str,
        body: &B,
        headers: &[(&'static str, &'static str)],
    ) -> Result<T, Refusal> {
        let place = Place::Resource(resource, &[]);
        let task = Task {
            method: Method::POST,
            effect: Effect::Write,
            body: json(body)?,
            headers: headers
                .iter()
                .map(|(name, value)| {
                    (
                        HeaderName::from_static(name),
                        HeaderValue::from_static(value),
                    )
                })
                .collect(),
            ..Task::read(purpose, place)
        };
        let answer = self.send(&task).await?;
        serde_json::from_slice(answer.body()).map_err(|error| {
            Refusal::Failed(Failure::unknown(Advice::about(
                AdviceCode::AnswerUnclear,
                error.to_string(),
            )))
        })
    }

    /// Changes the record at `resource`. Repeating it changes nothing, so a lost answer is no
    /// more than a reason to try again.
    pub(crate) async fn patch<B: Serialize + Sync>(
        &self,
        purpose: Purpose,
        resource: &str,
        body: &B,
    ) -> Result<(), Refusal> {
        let task = Task {
            method: Method::PATCH,
            body: json(body)?,
            ..Task::read(purpose, Place::Resource(resource, &[]))
        };
        self.send(&task).await.map(|_| ())
    }

    /// The same, unless somebody has changed the record after `since` ([`Refusal::Modified`]).
    pub(crate) async fn patch_unmodified<B: Serialize + Sync>(
        &self,
        purpose: Purpose,
        resource: &str,
        body: &B,
        since: Option<jiff::Timestamp>,
    ) -> Result<(), Refusal> {
        let condition = since.and_then(|since| {
            let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&since);
            let date = HeaderValue::from_str(&date.ok()?).ok()?;
            Some((header::IF_UNMODIFIED_SINCE, date))
        });
        let task = Task {
            method: Method::PATCH,
            body: json(body)?,
            headers: condition.into_iter().collect(),
            ..Task::read(purpose, Place::Resource(resource, &[]))
        };
        self.send(&task).await.map(|_| ())
    }

    /// Deletes the record at `resource`; may be repeated like [`Api::patch`].
    pub(crate) async fn delete(&self, purpose: Purpose, resource: &str) -> Result<(), Refusal> {
        let task = Task {
            method: Method::DELETE,
            ..Task::read(purpose, Place::Resource(resource, &[]))
        };
        self.send(&task).await.map(|_| ())
    }
}

fn json<B: Serialize>(body: &B) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(body).map_err(|error| {
        Failure::refused(Advice::about(AdviceCode::NotSendable, error.to_string()))
    })
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            // A refreshed token is turned down too: somebody has to sign in again.
            Refusal::Expired { words } => Self::needs_person(PersonNeeded::SignIn, words),
            Refusal::Modified { words } => Self::retry(words),
            Refusal::UnknownField { words } => Self::refused(words),
            Refusal::Rejected(rejection) => Self::Refused {
                words: rejection.words.into(),
            },
            Refusal::Failed(failure) => failure,
        }
    }
}
