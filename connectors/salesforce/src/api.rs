//! Requests to the REST API of one organisation.

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderValue, Method, header};
use linecard_clock::Clock;
use linecard_crm::{Failure, Grant, PersonNeeded};
use linecard_http::{Answer, Effect, HttpClient, Request, TokenKeeper};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::daily::Daily;
use crate::limits::Limits;
use crate::refusal::{self, Refusal};
use crate::versions;

/// Speaks the REST API with the token of one connection.
pub(crate) struct Api {
    http: HttpClient,
    keeper: TokenKeeper,
    clock: Arc<dyn Clock>,
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
}

/// What a request asks for.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// A resource of the version in use, with its query.
    Resource(&'a str, &'a [(&'a str, &'a str)]),
    /// A path that an earlier answer named.
    Path(&'a str),
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
            Refusal::Expired { words } => Self::NeedsPerson {
                what: PersonNeeded::SignIn,
                words,
            },
            Refusal::UnknownField { words } => Self::Refused { words },
            Refusal::Failed(failure) => failure,
        }
    }
}

impl Api {
    pub(crate) fn new(
        http: HttpClient,
        keeper: TokenKeeper,
        clock: Arc<dyn Clock>,
        login_url: Url,
    ) -> Self {
        Self {
            http,
            keeper,
            clock,
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

    /// The user who gave consent.
    pub(crate) async fn user(&self) -> Result<String, Failure> {
        Ok(self.keeper.grant().await?.user)
    }

    pub(crate) async fn revoke(&self) -> Result<(), Failure> {
        self.keeper.revoke().await
    }

    /// Reads `resource`, such as `search/`.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        resource: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Refusal> {
        self.read(Place::Resource(resource, query)).await
    }

    /// The first page of what a SOQL query finds.
    pub(crate) async fn query<T: DeserializeOwned>(&self, soql: &str) -> Result<Page<T>, Failure> {
        Ok(self.get("query/", &[("q", soql)]).await?)
    }

    /// The page that an earlier one named as the next.
    pub(crate) async fn next<T: DeserializeOwned>(&self, path: &str) -> Result<Page<T>, Failure> {
        Ok(self.read(Place::Path(path)).await?)
    }

    /// Writes `body` to `resource`. An answer that cannot be read is a lost one: it was written.
    pub(crate) async fn post<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        resource: &str,
        body: &B,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| Failure::Refused {
            words: format!("the record cannot be written as JSON: {error}"),
        })?;
        let place = Place::Resource(resource, &[]);
        let answer = self.send(Method::POST, place, body, Effect::Write).await?;
        serde_json::from_slice(answer.body()).map_err(|error| Failure::Unknown {
            words: format!("Salesforce's answer was not understood: {error}"),
        })
    }

    async fn read<T: DeserializeOwned>(&self, place: Place<'_>) -> Result<T, Refusal> {
        let answer = self
            .send(Method::GET, place, Vec::new(), Effect::Read)
            .await?;
        Ok(understand(&answer)?)
    }

    /// Sends with the newest token; once more when that has expired, which Salesforce says
    /// before it does anything.
    async fn send(
        &self,
        method: Method,
        place: Place<'_>,
        body: Vec<u8>,
        effect: Effect,
    ) -> Result<Answer, Refusal> {
        let grant = self.keeper.grant().await?;
        let first = self
            .attempt(&grant, method.clone(), place, body.clone(), effect)
            .await;
        if !matches!(first, Err(Refusal::Expired { .. })) {
            return first;
        }
        let grant = self.keeper.renew(&grant).await?;
        self.attempt(&grant, method, place, body, effect).await
    }

    async fn attempt(
        &self,
        grant: &Grant,
        method: Method,
        place: Place<'_>,
        body: Vec<u8>,
        effect: Effect,
    ) -> Result<Answer, Refusal> {
        *self.base.lock().unwrap_or_else(PoisonError::into_inner) = grant.api_base.clone();
        let url = self.locate(&grant.api_base, place).await?;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri(&url)?;
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", grant.access_token))
            .map_err(|_| sign_in("the stored token holds characters that no token has"))?;
        bearer.set_sensitive(true);
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, bearer);
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        if effect == Effect::Write {
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json; charset=UTF-8"),
            );
        }
        self.exchange(request, effect).await
    }

    async fn exchange(&self, request: Request, effect: Effect) -> Result<Answer, Refusal> {
        let answer = self
            .http
            .send(request)
            .await
            .map_err(|error| error.failure(effect))?;
        self.limits.note(&answer);
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(refusal::read(&answer, effect, self.now()))
        }
    }

    async fn locate(&self, base: &Url, place: Place<'_>) -> Result<Url, Failure> {
        let joined = |path: &str| {
            base.join(path).map_err(|_| Failure::Refused {
                words: format!("{path:?} is not a path of Salesforce's API"),
            })
        };
        match place {
            Place::Resource(resource, query) => {
                let version = self.version.get(self.now(), self.newest(base)).await?;
                let mut url = joined(&format!("/services/data/v{version}/{resource}"))?;
                if !query.is_empty() {
                    url.query_pairs_mut().extend_pairs(query);
                }
                Ok(url)
            }
            // Anything else could lead to another host, and the token with it.
            Place::Path(path) if path.starts_with("/services/data/") => joined(path),
            Place::Path(path) => Err(Failure::Refused {
                words: format!("Salesforce named {path:?} as the next page, which is none"),
            }),
        }
    }

    async fn newest(&self, base: &Url) -> Result<String, Failure> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = uri(&base.join("/services/data").unwrap_or_else(|_| base.clone()))?;
        let answer = self.exchange(request, Effect::Read).await?;
        let offered: Vec<versions::Offered> = understand(&answer)?;
        versions::newest(&offered).ok_or_else(|| Failure::NeedsPerson {
            what: PersonNeeded::Configuration,
            words: versions::none_in_common(),
        })
    }
}

fn understand<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    serde_json::from_slice(answer.body()).map_err(|error| Failure::Retry {
        after: None,
        words: format!("Salesforce's answer was not understood: {error}"),
    })
}

fn uri(url: &Url) -> Result<http::Uri, Failure> {
    url.as_str().parse().map_err(|_| Failure::Refused {
        words: format!("{} is too long or no address", url.path()),
    })
}

fn sign_in(words: &str) -> Failure {
    Failure::NeedsPerson {
        what: PersonNeeded::SignIn,
        words: words.to_owned(),
    }
}
