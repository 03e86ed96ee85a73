//! One request and its answer: budget, token, address, and one more try after a refresh.

use std::sync::PoisonError;

use http::{HeaderName, HeaderValue, Method, header};
use linecard_crm::{Advice, AdviceCode, Failure, Grant, PersonNeeded};
use linecard_http::{Answer, Effect, Purpose, Request};
use serde::de::DeserializeOwned;
use url::Url;

use super::Api;
use crate::refusal::{self, Refusal};
use crate::{help, versions};

/// What a request asks for.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// A resource of the version in use, with its query.
    Resource(&'a str, &'a [(&'a str, &'a str)]),
    /// A path that an earlier answer named.
    Path(&'a str),
}

/// A request, before it has a token.
pub(super) struct Task<'a> {
    pub(super) purpose: Purpose,
    pub(super) method: Method,
    pub(super) place: Place<'a>,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) effect: Effect,
}

impl<'a> Task<'a> {
    pub(super) fn read(purpose: Purpose, place: Place<'a>) -> Self {
        Self {
            purpose,
            method: Method::GET,
            place,
            body: Vec::new(),
            headers: Vec::new(),
            effect: Effect::Read,
        }
    }
}

impl Api {
    /// Sends with the newest token; once more when that has expired, which Salesforce says
    /// before it does anything.
    pub(super) async fn send(&self, task: &Task<'_>) -> Result<Answer, Refusal> {
        let grant = self.keeper.grant().await?;
        let first = self.attempt(&grant, task).await;
        if !matches!(first, Err(Refusal::Expired { .. })) {
            return first;
        }
        let grant = self.keeper.renew(&grant).await.map_err(help::explained)?;
        self.attempt(&grant, task).await
    }

    async fn attempt(&self, grant: &Grant, task: &Task<'_>) -> Result<Answer, Refusal> {
        *self.base.lock().unwrap_or_else(PoisonError::into_inner) = grant.api_base.clone();
        let url = self
            .locate(task.purpose, &grant.api_base, task.place)
            .await?;
        let mut request = Request::new(task.body.clone());
        *request.method_mut() = task.method.clone();
        *request.uri_mut() = uri(&url)?;
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", grant.access_token))
            .map_err(|_| Failure::advised(PersonNeeded::SignIn, AdviceCode::NotSignedIn))?;
        bearer.set_sensitive(true);
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, bearer);
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.extend(task.headers.iter().cloned());
        if !task.body.is_empty() {
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json; charset=UTF-8"),
            );
        }
        self.exchange(task.purpose, request, task.effect).await
    }

    async fn exchange(
        &self,
        purpose: Purpose,
        request: Request,
        effect: Effect,
    ) -> Result<Answer, Refusal> {
        self.budget.admit(purpose).await?;
        let answer = self
            .http
            .send(request)
            .await
            .map_err(|error| error.failure(effect))?;
        self.limits.note(&answer, &self.budget);
        if answer.status().is_success() {
            return Ok(answer);
        }
        let refusal = refusal::read(&answer, effect, self.now());
        if let Refusal::Failed(Failure::Throttled {
            until: Some(until),
            words,
        }) = &refusal
        {
            self.budget.hold(*until, words);
        }
        Err(refusal)
    }

    async fn locate(&self, purpose: Purpose, base: &Url, place: Place<'_>) -> Result<Url, Refusal> {
        let joined = |path: &str| {
            base.join(path)
                .map_err(|_| Failure::refused(Advice::about(AdviceCode::NotSendable, path)))
        };
        match place {
            Place::Resource(resource, query) => {
                let version = self.version(purpose, base).await?;
                let mut url = joined(&format!("/services/data/v{version}/{resource}"))?;
                if !query.is_empty() {
                    url.query_pairs_mut().extend_pairs(query);
                }
                Ok(url)
            }
            // Anything else could lead to another host, and the token with it.
            Place::Path(path) if path.starts_with("/services/data/") => Ok(joined(path)?),
            Place::Path(path) => Err(Refusal::Failed(Failure::refused(Advice::about(
                AdviceCode::AnswerUnclear,
                path,
            )))),
        }
    }

    /// The version in use, `66.0`; asked for once a day.
    pub(super) async fn version(&self, purpose: Purpose, base: &Url) -> Result<String, Refusal> {
        self.version
            .get(self.now(), self.newest(purpose, base))
            .await
    }

    async fn newest(&self, purpose: Purpose, base: &Url) -> Result<String, Refusal> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = uri(&base.join("/services/data").unwrap_or_else(|_| base.clone()))?;
        let answer = self.exchange(purpose, request, Effect::Read).await?;
        let offered: Vec<versions::Offered> = understand(&answer)?;
        versions::newest(&offered).ok_or_else(|| {
            Refusal::Failed(Failure::misconfigured(Advice::about(
                AdviceCode::ApiVersions,
                versions::spoken(),
            )))
        })
    }
}

/// Reads an answer that only told something.
pub(super) fn understand<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    serde_json::from_slice(answer.body()).map_err(|error| {
        Failure::retry(Advice::about(AdviceCode::AnswerUnclear, error.to_string()))
    })
}

fn uri(url: &Url) -> Result<http::Uri, Failure> {
    url.as_str()
        .parse()
        .map_err(|_| Failure::refused(Advice::about(AdviceCode::NotSendable, url.path())))
}
