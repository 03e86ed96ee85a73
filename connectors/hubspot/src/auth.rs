//! How the connection is let in: a service key, or a consent to an app.
//!
//! Both end in a bearer token for the same API. A key does not expire and cannot be renewed; a
//! consent's access token lasts half an hour, and its refresh token never changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::{HeaderValue, Method, header};
use linecard_clock::Clock;
use linecard_crm::{
    Advice, AdviceCode, AuthorizationRequest, Failure, Grant, PersonNeeded, Settings,
};
use linecard_http::{Answer, Effect, Endpoints, HttpClient, OAuth, Request, Tokens};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::account::{self, Account};
use crate::api::VERSION;
use crate::refusal;

/// The ways in, as the setting `way` names them.
pub(crate) const WAYS: [&str; 2] = ["service_key", "oauth"];

/// What finding and logging needs. Calls and tasks need only the scopes of contacts.
pub(crate) const SCOPES: [&str; 5] = [
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.owners.read",
];

/// What an account may not have: asked for without insisting.
pub(crate) const OPTIONAL_SCOPES: [&str; 1] = ["crm.objects.leads.read"];

/// What stands for the user where a key is the way in: it belongs to nobody.
const KEY_USER: &str = "service key";

/// The app of an OAuth consent.
#[derive(Clone)]
pub(crate) struct App {
    client_id: String,
    client_secret: String,
}

/// What the admin entered.
#[derive(Clone)]
pub(crate) struct Access {
    /// Where requests go.
    pub(crate) api_url: Url,
    /// Where the consent page is.
    pub(crate) app_url: Url,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Key(String),
    App(App),
}

impl Access {
    pub(crate) fn new(settings: &Settings) -> Result<Self, Failure> {
        let wanted = |name: &str| settings.get(name).ok_or_else(|| missing(name));
        let address = |name: &str, usual: &str| {
            let text = settings.get(name).unwrap_or(usual);
            Url::parse(text)
                .ok()
                .filter(|url| url.has_host() && matches!(url.scheme(), "https" | "http"))
                .ok_or_else(|| {
                    Failure::misconfigured(Advice::about(AdviceCode::AddressHttps, text))
                })
        };
        let way = if settings.get("way") == Some("oauth") {
            Way::App(App {
                client_id: wanted("client_id")?.to_owned(),
                client_secret: wanted("client_secret")?.to_owned(),
            })
        } else {
            Way::Key(wanted("service_key")?.trim().to_owned())
        };
        Ok(Self {
            api_url: address("api_url", "https://api.hubapi.com")?,
            app_url: address("app_url", "https://app.hubspot.com")?,
            way,
        })
    }

    /// The app's tokens are had here. With a key there is no app, and nothing to renew.
    pub(crate) fn oauth(&self, http: &HttpClient) -> OAuth {
        let (id, secret) = match &self.way {
            Way::App(app) => (app.client_id.as_str(), Some(app.client_secret.as_str())),
            Way::Key(_) => ("", None),
        };
        let mut authorize = self.app_url.clone();
        authorize.set_path("/oauth/authorize");
        let endpoints = Endpoints {
            authorize,
            token: self.at(&format!("/oauth/{VERSION}/token")),
            revoke: self.at(&format!("/oauth/{VERSION}/token/revoke")),
        };
        OAuth::new(http.clone(), endpoints, id, secret)
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.api_url.clone();
        url.set_path(path);
        url
    }

    pub(crate) fn authorize(
        &self,
        http: &HttpClient,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure> {
        let mut url = self
            .oauth(http)
            .authorize_url(
                &request.redirect_uri,
                &request.state,
                &request.verifier,
                &SCOPES,
            )
            .map_err(|error| error.failure())?;
        url.query_pairs_mut()
            .append_pair("optional_scope", &OPTIONAL_SCOPES.join(" "));
        // The vendor shows a space as %20; a plus of a value is escaped and not meant here.
        let query = url.query().map(|query| query.replace('+', "%20"));
        url.set_query(query.as_deref());
        Ok(url)
    }

    /// Tries the service key.
    pub(crate) async fn connect(
        &self,
        http: &HttpClient,
        clock: &Arc<dyn Clock>,
    ) -> Result<Grant, Failure> {
        let Way::Key(key) = &self.way else {
            let words = "an app is signed in to on HubSpot's consent page".to_owned();
            return Err(Failure::refused(words));
        };
        let account = self.account(http, clock, key).await.map_err(unknown_key)?;
        Ok(self.grant(&account, key.clone(), None, KEY_USER.to_owned()))
    }

    pub(crate) async fn exchange(
        &self,
        http: &HttpClient,
        clock: &Arc<dyn Clock>,
        request: &AuthorizationRequest,
        code: &str,
    ) -> Result<Grant, Failure> {
        let Tokens {
            access_token,
            refresh_token,
            extra,
        } = self
            .oauth(http)
            .exchange(&request.redirect_uri, &request.verifier, code)
            .await
            .map_err(|error| error.failure())?;
        let account = self.account(http, clock, &access_token).await?;
        account.is(extra.get("hub_id").and_then(Value::as_u64))?;
        let user = extra
            .get("user_id")
            .map(Value::to_string)
            .unwrap_or_default();
        Ok(self.grant(&account, access_token, refresh_token, user))
    }

    fn grant(
        &self,
        account: &Account,
        access_token: String,
        refresh_token: Option<String>,
        user: String,
    ) -> Grant {
        let extra: BTreeMap<String, String> = account.kept();
        Grant {
            access_token,
            refresh_token,
            api_base: self.api_url.clone(),
            organisation: account.portal_id.to_string(),
            user,
            extra,
        }
    }

    /// Whose the token is, asked before there is a connection.
    async fn account(
        &self,
        http: &HttpClient,
        clock: &Arc<dyn Clock>,
        token: &str,
    ) -> Result<Account, Failure> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = uri(&self.at(&account::path()))?;
        request
            .headers_mut()
            .insert(header::AUTHORIZATION, bearer(token)?);
        let answer = http
            .send(request)
            .await
            .map_err(|error| error.failure(Effect::Read))?;
        if !answer.status().is_success() {
            return Err(refusal::read(&answer, Effect::Read, clock.now()).into());
        }
        serde_json::from_slice(answer.body())
            .map_err(|_| Failure::misconfigured(AdviceCode::NotTheCrm))
    }

    /// Takes the consent back. A service key belongs to the account: only its admin ends it.
    pub(crate) async fn revoke(&self, http: &HttpClient, grant: &Grant) -> Result<(), Failure> {
        let (Way::App(app), Some(token)) = (&self.way, &grant.refresh_token) else {
            return Ok(());
        };
        let body = Serializer::new(String::new())
            .append_pair("token", token)
            .append_pair("token_type_hint", "refresh_token")
            .append_pair("client_id", &app.client_id)
            .append_pair("client_secret", &app.client_secret)
            .finish();
        let mut request = Request::new(body.into_bytes());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri(&self.at(&format!("/oauth/{VERSION}/token/revoke")))?;
        request.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let answer: Answer = http
            .send(request)
            .await
            .map_err(|error| error.failure(Effect::Read))?;
        // A token that HubSpot does not know any more is taken back already.
        if answer.status().is_success() || answer.status().is_client_error() {
            Ok(())
        } else {
            Err(Failure::retry(Advice::about(
                AdviceCode::AnswerUnclear,
                answer.status().to_string(),
            )))
        }
    }
}

/// A key has nothing to be renewed with: where it is turned down, only another helps.
fn unknown_key(failure: Failure) -> Failure {
    match failure {
        Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            ..
        } => failure.advising(AdviceCode::ServiceKey),
        other => other,
    }
}

pub(crate) fn bearer(token: &str) -> Result<HeaderValue, Failure> {
    let mut bearer = HeaderValue::from_str(&format!("Bearer {token}"))
        .map_err(|_| Failure::advised(PersonNeeded::SignIn, AdviceCode::ServiceKey))?;
    bearer.set_sensitive(true);
    Ok(bearer)
}

pub(crate) fn uri(url: &Url) -> Result<http::Uri, Failure> {
    url.as_str()
        .parse()
        .map_err(|_| Failure::refused(Advice::about(AdviceCode::NotSendable, url.path())))
}

/// This setting is needed.
fn missing(name: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SettingMissing, name))
}
