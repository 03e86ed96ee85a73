//! Requests to the API of one account: token, budget and refusals in one place.

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderValue, Method, header};
use jiff::Timestamp;
use linecard_clock::Clock;
use linecard_crm::{Advice, AdviceCode, Failure, Grant, GrantStore, PersonNeeded, Usage};
use linecard_http::{Answer, Budget, Effect, HttpClient, Purpose, Request, TokenKeeper};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::account;
use crate::auth::{Access, bearer, uri};
use crate::kind::Kind;
use crate::links::Pages;
use crate::quota;
use crate::refusal::{self, Refusal};

/// The version of every path. Numbered ones (v3, v4) end in 2027.
pub(crate) const VERSION: &str = "2026-09";

/// Speaks the API with the token of one connection.
pub(crate) struct Api {
    http: HttpClient,
    keeper: TokenKeeper,
    clock: Arc<dyn Clock>,
    access: Access,
    budget: Budget,
    searches: Budget,
    pages: Arc<Mutex<Pages>>,
}

/// What is sent, and whether it changes anything.
#[derive(Clone)]
struct Sending<'a> {
    method: Method,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    body: Vec<u8>,
    effect: Effect,
}

impl Api {
    pub(crate) fn new(
        http: HttpClient,
        grants: Arc<dyn GrantStore>,
        clock: Arc<dyn Clock>,
        access: Access,
    ) -> Self {
        let keeper = TokenKeeper::new(grants, access.oauth(&http));
        let pages = Arc::new(Mutex::new(Pages::unknown(access.app_url.clone())));
        know_pages(&keeper, &pages, access.app_url.clone());
        Self {
            keeper,
            budget: Budget::new(quota::least(), Arc::clone(&clock)),
            searches: Budget::new(quota::SEARCHES, Arc::clone(&clock)),
            pages,
            http,
            clock,
            access,
        }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The addresses of pages, as far as the account is known.
    pub(crate) fn pages(&self) -> Pages {
        self.pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn usage(&self) -> Usage {
        self.budget.usage()
    }

    pub(crate) async fn grant(&self) -> Result<Grant, Failure> {
        self.keeper.grant().await
    }

    pub(crate) async fn revoke(&self) -> Result<(), Failure> {
        let grant = self.keeper.grant().await?;
        self.access.revoke(&self.http, &grant).await
    }

    /// Reads what stands at `path`.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Refusal> {
        let sending = Sending {
            method: Method::GET,
            path,
            query,
            body: Vec::new(),
            effect: Effect::Read,
        };
        understand(&self.send(purpose, sending).await?)
    }

    /// Searches records of a type; waits for its turn among the searches of this connection.
    pub(crate) async fn search<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        kind: Kind,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        self.searches.admit(purpose).await?;
        self.post_read(purpose, &objects(kind, "/search"), body)
            .await
    }

    /// Asks with a body, which changes nothing.
    pub(crate) async fn post_read<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        let sending = Sending {
            method: Method::POST,
            path,
            query: &[],
            body: written(body)?,
            effect: Effect::Read,
        };
        understand(&self.send(purpose, sending).await?)
    }

    /// Writes. An answer that cannot be read is a lost one: it was written.
    pub(crate) async fn write<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        let sending = Sending {
            method,
            path,
            query: &[],
            body: written(body)?,
            effect: Effect::Write,
        };
        let answer = self.send(purpose, sending).await?;
        serde_json::from_slice(answer.body()).map_err(|error| {
            Refusal::Failed(Failure::unknown(Advice::about(
                AdviceCode::AnswerUnclear,
                error.to_string(),
            )))
        })
    }

    /// Makes what `path` says so; it may be repeated.
    pub(crate) async fn put(&self, purpose: Purpose, path: &str) -> Result<(), Refusal> {
        let sending = Sending {
            method: Method::PUT,
            path,
            query: &[],
            body: Vec::new(),
            effect: Effect::Read,
        };
        self.send(purpose, sending).await.map(|_| ())
    }

    /// Archives what stands at `path`; it may be repeated.
    pub(crate) async fn delete(&self, purpose: Purpose, path: &str) -> Result<(), Refusal> {
        let sending = Sending {
            method: Method::DELETE,
            path,
            query: &[],
            body: Vec::new(),
            effect: Effect::Read,
        };
        self.send(purpose, sending).await.map(|_| ())
    }

    /// Sends with the newest token; once more when it is turned down, which HubSpot says before
    /// it does anything.
    async fn send(&self, purpose: Purpose, sending: Sending<'_>) -> Result<Answer, Refusal> {
        self.budget.admit(purpose).await?;
        let grant = self.keeper.grant().await?;
        let first = self.attempt(&grant, sending.clone()).await;
        let Err(Refusal::NotAuthenticated { words }) = first else {
            return first;
        };
        let renewed = match self.keeper.renew(&grant).await {
            Ok(renewed) => renewed,
            // A key has nothing to be renewed with: HubSpot's own words say why.
            Err(Failure::NeedsPerson { .. }) if grant.refresh_token.is_none() => {
                return Err(Refusal::Failed(
                    Failure::needs_person(PersonNeeded::SignIn, words)
                        .advising(AdviceCode::ServiceKey),
                ));
            }
            Err(failure) => return Err(failure.into()),
        };
        self.budget.admit(purpose).await?;
        self.attempt(&renewed, sending).await
    }

    async fn attempt(&self, grant: &Grant, sending: Sending<'_>) -> Result<Answer, Refusal> {
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner) =
            Pages::of(grant, &self.access.app_url);
        let mut url: Url = grant.api_base.clone();
        url.set_path(sending.path);
        if !sending.query.is_empty() {
            url.query_pairs_mut().extend_pairs(sending.query);
        }
        let mut request = Request::new(sending.body);
        *request.method_mut() = sending.method;
        *request.uri_mut() = uri(&url)?;
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, bearer(&grant.access_token)?);
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        let answer = self
            .http
            .send(request)
            .await
            .map_err(|error| error.failure(sending.effect))?;
        let resets = || quota::resets(self.now(), &account::zone(grant));
        if let Some((used, limit)) = quota::of_day(&answer) {
            self.budget.note(used, limit, Some(resets()));
        }
        if let Some(rate) = quota::of_seconds(&answer) {
            self.budget.set_rate(rate);
        }
        if answer.status().is_success() {
            return Ok(answer);
        }
        match refusal::read(&answer, sending.effect, self.now()) {
            Refusal::DailyQuota { words } => {
                let until = resets();
                self.budget.hold(until, &words);
                Err(Refusal::Failed(Failure::Throttled {
                    until: Some(until),
                    words: words.into(),
                }))
            }
            refusal => Err(refusal),
        }
    }
}

/// Reads out of the grant where pages are, so that links are right before the first request.
fn know_pages(keeper: &TokenKeeper, pages: &Arc<Mutex<Pages>>, app_url: Url) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return;
    };
    let (keeper, pages) = (keeper.clone(), Arc::clone(pages));
    runtime.spawn(async move {
        if let Ok(grant) = keeper.grant().await {
            *pages.lock().unwrap_or_else(PoisonError::into_inner) = Pages::of(&grant, &app_url);
        }
    });
}

/// The path of records of a type; `tail` begins with a slash or is empty.
pub(crate) fn objects(kind: Kind, tail: &str) -> String {
    format!("/crm/objects/{VERSION}/{}{tail}", kind.path())
}

fn written(body: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(body).map_err(|error| {
        Failure::refused(Advice::about(AdviceCode::NotSendable, error.to_string()))
    })
}

fn understand<T: DeserializeOwned>(answer: &Answer) -> Result<T, Refusal> {
    serde_json::from_slice(answer.body()).map_err(|error| {
        Refusal::Failed(Failure::retry(Advice::about(
            AdviceCode::AnswerUnclear,
            error.to_string(),
        )))
    })
}
