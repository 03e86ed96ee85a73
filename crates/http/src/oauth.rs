//! Getting tokens and giving them back: OAuth 2.0 (RFC 6749, 7636, 7009).
//!
//! The client authenticates in the request's body. Tokens, secrets and codes never appear in
//! an error or a log line.

mod error;

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;

use http::{HeaderValue, Method, StatusCode, header};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse as _, TokenUrl,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;
use url::form_urlencoded::Serializer;

pub use error::OAuthError;

use crate::{Answer, HttpClient, Request};

/// Where a server's OAuth services are.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// The consent page, for the browser.
    pub authorize: Url,
    /// Codes and refresh tokens in, tokens out.
    pub token: Url,
    /// Takes tokens back.
    pub revoke: Url,
}

/// What the token endpoint gave. No `Debug`: it is all secret.
#[derive(Clone)]
pub struct Tokens {
    /// Sent with every request.
    pub access_token: String,
    /// The next refresh token, where the server gave one.
    pub refresh_token: Option<String>,
    /// Everything else in the answer, by name.
    pub extra: Map<String, Value>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Extra {
    #[serde(flatten)]
    fields: Map<String, Value>,
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra(..)")
    }
}

impl ExtraTokenFields for Extra {}

type TokenAnswer = StandardTokenResponse<Extra, BasicTokenType>;
type CodeClient = Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// One client of one server.
#[derive(Clone)]
pub struct OAuth {
    http: HttpClient,
    client: CodeClient,
    revoke: Url,
    revokes_by_query: bool,
}

impl OAuth {
    /// The client `client_id` at `endpoints`.
    #[must_use]
    pub fn new(
        http: HttpClient,
        endpoints: Endpoints,
        client_id: &str,
        client_secret: Option<&str>,
    ) -> Self {
        let mut client = Client::new(ClientId::new(client_id.to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(AuthUrl::from_url(endpoints.authorize))
            .set_token_uri(TokenUrl::from_url(endpoints.token));
        if let Some(secret) = client_secret {
            client = client.set_client_secret(ClientSecret::new(secret.to_owned()));
        }
        Self {
            http,
            client,
            revoke: endpoints.revoke,
            revokes_by_query: false,
        }
    }

    /// For a server that reads the token to be taken back in the address only (Zoho), and not
    /// in the body as RFC 7009 has it.
    #[must_use]
    pub fn revoking_by_query(self) -> Self {
        Self {
            revokes_by_query: true,
            ..self
        }
    }

    /// The address of the consent page, with a PKCE challenge of method S256.
    pub fn authorize_url(
        &self,
        redirect_uri: &Url,
        state: &str,
        verifier: &str,
        scopes: &[&str],
    ) -> Result<Url, OAuthError> {
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&checked(verifier)?);
        let (url, _state) = self
            .client
            .authorize_url(|| CsrfToken::new(state.to_owned()))
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(redirect_uri.clone())))
            .set_pkce_challenge(challenge)
            .add_scopes(scopes.iter().map(|&scope| Scope::new(scope.to_owned())))
            .url();
        Ok(url)
    }

    /// Turns a code into tokens. `redirect_uri` and `verifier` are those it was asked with.
    pub async fn exchange(
        &self,
        redirect_uri: &Url,
        verifier: &str,
        code: &str,
    ) -> Result<Tokens, OAuthError> {
        let verifier = checked(verifier)?;
        self.client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(redirect_uri.clone())))
            .set_pkce_verifier(verifier)
            .request_async(self)
            .await
            .map(|answer| tokens(&answer))
            .map_err(OAuthError::from)
    }

    /// Turns a refresh token into new tokens.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Tokens, OAuthError> {
        self.client
            .exchange_refresh_token(&RefreshToken::new(refresh_token.to_owned()))
            .request_async(self)
            .await
            .map(|answer| tokens(&answer))
            .map_err(OAuthError::from)
    }

    /// Takes a token back. One that the server does not know any more counts as taken back.
    pub async fn revoke(&self, token: &str) -> Result<(), OAuthError> {
        let mut address = self.revoke.clone();
        let mut body = String::new();
        if self.revokes_by_query {
            address.query_pairs_mut().append_pair("token", token);
        } else {
            body = Serializer::new(body).append_pair("token", token).finish();
        }
        let mut request = Request::new(body.into_bytes());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = address
            .as_str()
            .parse()
            .map_err(|_| OAuthError::Unreadable("the revocation address is no address".into()))?;
        request.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let answer = self.deliver(request).await?;
        // RFC 7009, section 2.2.1; Salesforce says unsupported_token_type of unknown tokens.
        if answer.status().is_success() || answer.status() == StatusCode::BAD_REQUEST {
            Ok(())
        } else {
            Err(OAuthError::Unavailable {
                status: answer.status().as_u16(),
            })
        }
    }

    /// Tells apart what `oauth2` does not: a server that is down, one that sends us elsewhere.
    async fn deliver(&self, request: Request) -> Result<Answer, OAuthError> {
        let answer = self.http.send(request).await?;
        let status = answer.status();
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            Err(OAuthError::Unavailable {
                status: status.as_u16(),
            })
        } else if status.is_redirection() {
            Err(OAuthError::Unreadable(format!(
                "it redirects ({status}), which is not followed"
            )))
        } else {
            Ok(named_as_usual(told_by_status(answer)))
        }
    }
}

#[derive(Deserialize)]
struct Told {
    #[serde(rename = "error")]
    _error: String,
}

/// Some servers (Zoho) refuse with status 200: a body that names an error is a refusal all the
/// same.
fn told_by_status(mut answer: Answer) -> Answer {
    let names_error = serde_json::from_slice::<Told>(answer.body()).is_ok();
    if answer.status().is_success() && names_error {
        *answer.status_mut() = StatusCode::BAD_REQUEST;
    }
    answer
}

#[derive(Deserialize)]
struct Named {
    status: String,
    message: String,
}

/// HubSpot calls the error its `status` and explains it in a `message`.
fn named_as_usual(mut answer: Answer) -> Answer {
    if answer.status().is_client_error()
        && serde_json::from_slice::<Told>(answer.body()).is_err()
        && let Ok(Named { status, message }) = serde_json::from_slice(answer.body())
    {
        let usual = serde_json::json!({"error": status, "error_description": message});
        *answer.body_mut() = usual.to_string().into_bytes();
    }
    answer
}

impl<'c> AsyncHttpClient<'c> for OAuth {
    type Error = OAuthError;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, OAuthError>> + Send + 'c>>;

    fn call(&'c self, request: Request) -> Self::Future {
        Box::pin(self.deliver(request))
    }
}

/// `oauth2` panics on a verifier of a wrong length.
fn checked(verifier: &str) -> Result<PkceCodeVerifier, OAuthError> {
    if (43..=128).contains(&verifier.len()) {
        Ok(PkceCodeVerifier::new(verifier.to_owned()))
    } else {
        Err(OAuthError::Verifier)
    }
}

fn tokens(answer: &TokenAnswer) -> Tokens {
    Tokens {
        access_token: answer.access_token().secret().clone(),
        refresh_token: answer.refresh_token().map(|token| token.secret().clone()),
        extra: answer.extra_fields().fields.clone(),
    }
}
