//! Requests to the REST API of one organisation: token, budget and errors in one place.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderValue, Method, StatusCode, header};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use linecard_clock::Clock;
use linecard_crm::{Advice, AdviceCode, Failure, Grant, PersonNeeded, Usage};
use linecard_http::{Answer, Budget, Effect, HttpClient, Purpose, Rate, Request, TokenKeeper};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use crate::ask::Ask;
use crate::auth::extra;
use crate::refusal::{self, Refusal};

/// Zoho bounds credits of a day and requests at once, not requests of a second.
const RATE: Rate = Rate {
    burst: NonZeroU32::new(50).unwrap(),
    every: Duration::from_millis(20),
};

/// How many requests Zoho answers at once in its smallest edition.
const AT_ONCE: usize = 5;
/// How many of these may be for anything but calls in progress.
const AT_ONCE_LATER: usize = 3;

/// Speaks the REST API with the token of one connection.
pub(crate) struct Api {
    http: HttpClient,
    keeper: TokenKeeper,
    clock: Arc<dyn Clock>,
    budget: Budget,
    at_once: Semaphore,
    at_once_later: Semaphore,
    /// Where people work, as the last grant said.
    home: Mutex<Home>,
}

/// Where the pages of an organisation are.
#[derive(Clone)]
pub(crate) struct Home {
    pub(crate) crm: Url,
    pub(crate) zgid: Option<String>,
}

impl Api {
    /// `crm` is where people work until a grant says better.
    pub(crate) fn new(
        http: HttpClient,
        keeper: TokenKeeper,
        clock: Arc<dyn Clock>,
        crm: Url,
    ) -> Self {
        Self {
            http,
            keeper,
            budget: Budget::new(RATE, Arc::clone(&clock)),
            clock,
            at_once: Semaphore::new(AT_ONCE),
            at_once_later: Semaphore::new(AT_ONCE_LATER),
            home: Mutex::new(Home { crm, zgid: None }),
        }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where the organisation's pages are, as far as it is known.
    pub(crate) fn home(&self) -> Home {
        self.home
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn usage(&self) -> Usage {
        self.budget.usage()
    }

    pub(crate) async fn revoke(&self) -> Result<(), Failure> {
        self.keeper.revoke().await
    }

    /// Asks, and reads the answer. `None`: there is nothing (204), or nothing new (304); those
    /// answers have no body.
    pub(crate) async fn read<T: DeserializeOwned>(&self, ask: &Ask) -> Result<Option<T>, Refusal> {
        let answer = self.send(ask).await?;
        if matches!(
            answer.status(),
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        ) {
            return Ok(None);
        }
        understand(&answer, ask.effect).map(Some)
    }

    /// Sends with the newest token; once more when that has expired, which Zoho says before it
    /// does anything.
    async fn send(&self, ask: &Ask) -> Result<Answer, Refusal> {
        let _place = self.place(ask.purpose).await?;
        self.budget.admit(ask.purpose).await?;
        let grant = self.keeper.grant().await?;
        let first = self.attempt(&grant, ask).await;
        if !matches!(first, Err(Refusal::Expired { .. })) {
            return first;
        }
        let renewed = self.keeper.renew(&grant).await;
        let grant = renewed.map_err(|failure| self.closed(failure))?;
        self.attempt(&grant, ask).await
    }

    /// Calls in progress find a place even when the journal is busy.
    async fn place(
        &self,
        purpose: Purpose,
    ) -> Result<(Option<SemaphorePermit<'_>>, SemaphorePermit<'_>), Failure> {
        let closed = |_| Failure::retry(AdviceCode::NotConnected);
        let later = match purpose {
            Purpose::Call => None,
            Purpose::Journal | Purpose::Sync => {
                Some(self.at_once_later.acquire().await.map_err(closed)?)
            }
        };
        Ok((later, self.at_once.acquire().await.map_err(closed)?))
    }

    /// The token endpoint may say how long it wants to be left alone. Until then nothing can be
    /// asked, and every request that tried would make it longer.
    fn closed(&self, failure: Failure) -> Failure {
        let Failure::Retry {
            after: Some(after),
            words,
        } = failure
        else {
            return failure;
        };
        let pause = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_mins(10));
        let until = self.now().saturating_add(pause).unwrap_or(Timestamp::MAX);
        self.budget.hold(until, &words);
        Failure::Throttled {
            until: Some(until),
            words,
        }
    }

    async fn attempt(&self, grant: &Grant, ask: &Ask) -> Result<Answer, Refusal> {
        self.remember(grant);
        let request = request(grant, ask)?;
        let answer = self
            .http
            .send(request)
            .await
            .map_err(|error| error.failure(ask.effect))?;
        if is_answer(&answer) {
            return Ok(answer);
        }
        let refusal = refusal::read(&answer, ask.effect, self.now());
        if let Refusal::Spent { until, words } = &refusal {
            self.budget.hold(*until, words);
        }
        Err(refusal)
    }

    fn remember(&self, grant: &Grant) {
        let mut home = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(crm) = grant
            .extra
            .get(extra::CRM)
            .and_then(|text| text.parse().ok())
        {
            home.crm = crm;
        }
        home.zgid = grant.extra.get(extra::ZGID).cloned();
    }
}

/// Reads `path` with a grant that nobody keeps yet.
pub(crate) async fn read_once<T: DeserializeOwned>(
    http: &HttpClient,
    grant: &Grant,
    path: &str,
) -> Result<T, Failure> {
    let ask = Ask::get(Purpose::Call, path);
    let answer = http
        .send(request(grant, &ask)?)
        .await
        .map_err(|error| error.failure(Effect::Read))?;
    if is_answer(&answer) {
        Ok(understand(&answer, Effect::Read)?)
    } else {
        // Nothing was asked before, so no quota of this connection's can be used up.
        Err(refusal::read(&answer, Effect::Read, Timestamp::UNIX_EPOCH).into())
    }
}

fn request(grant: &Grant, ask: &Ask) -> Result<Request, Failure> {
    let url = ask.url(&grant.api_base)?;
    let mut request = Request::new(ask.body.clone());
    *request.method_mut() = ask.method.clone();
    *request.uri_mut() = url
        .as_str()
        .parse()
        .map_err(|_| Failure::refused(Advice::about(AdviceCode::NotSendable, url.path())))?;
    // "Bearer" in the token answer is only a label.
    let mut token = HeaderValue::from_str(&format!("Zoho-oauthtoken {}", grant.access_token))
        .map_err(|_| Failure::advised(PersonNeeded::SignIn, AdviceCode::NotSignedIn))?;
    token.set_sensitive(true);
    let headers = request.headers_mut();
    headers.insert(header::AUTHORIZATION, token);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if matches!(ask.method, Method::POST | Method::PUT) {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=UTF-8"),
        );
    }
    if let Some(since) = ask.since.and_then(|since| moment(since).parse().ok()) {
        headers.insert(header::IF_MODIFIED_SINCE, since);
    }
    Ok(request)
}

/// A point in time as Zoho reads it: with an offset, also in `If-Modified-Since`.
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// Whether the answer is to be read as one. A write of which some or all records were turned
/// down tells of each, whatever its status (400, 202 or 207).
fn is_answer(answer: &Answer) -> bool {
    let status = answer.status();
    status.is_success()
        || status == StatusCode::NOT_MODIFIED
        || status.is_client_error()
            && serde_json::from_slice::<Value>(answer.body())
                .is_ok_and(|body| body.get("data").is_some_and(Value::is_array))
}

/// Reads a body. Of a write that was carried out an odd answer is a lost one.
fn understand<T: DeserializeOwned>(answer: &Answer, effect: Effect) -> Result<T, Refusal> {
    serde_json::from_slice(answer.body()).map_err(|error| {
        let words = format!("Zoho's answer was not understood: {error}");
        Refusal::Failed(match effect {
            Effect::Read => Failure::retry(words),
            Effect::Write => Failure::unknown(words),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_colon_in_its_offset() {
        let at = "2026-05-14T11:00:00.7+02:00".parse().unwrap();
        assert_eq!(moment(at), "2026-05-14T09:00:00+00:00");
    }
}
