//! Salesforce's sign-in: where it is and what it is asked for.

use linecard_crm::{Advice, AdviceCode, AuthorizationRequest, Failure, Grant, Settings};
use linecard_http::{Endpoints, HttpClient, OAuth};
use url::Url;

use crate::{help, instance, token_answer};

/// The least that finding and logging needs: the REST API, and staying signed in. `full` would
/// not include the second, and more than these is never used.
pub(crate) const SCOPES: [&str; 2] = ["api", "refresh_token"];

/// What the admin entered about the sign-in.
pub(crate) struct SignIn {
    /// The address at which people of this organisation sign in.
    pub(crate) login_url: Url,
    client_id: String,
    client_secret: Option<String>,
}

impl SignIn {
    pub(crate) fn new(settings: &Settings, http: &HttpClient) -> Result<Self, Failure> {
        let wanted = |name: &str| settings.get(name).ok_or_else(|| missing(name));
        Ok(Self {
            login_url: instance::login_url(wanted("login_url")?, http.allows_private())?,
            client_id: wanted("client_id")?.to_owned(),
            client_secret: settings.get("client_secret").map(str::to_owned),
        })
    }

    pub(crate) fn oauth(&self, http: &HttpClient) -> OAuth {
        let at = |service: &str| {
            let mut url = self.login_url.clone();
            url.set_path(&format!("/services/oauth2/{service}"));
            url
        };
        OAuth::new(
            http.clone(),
            Endpoints {
                authorize: at("authorize"),
                token: at("token"),
                revoke: at("revoke"),
            },
            &self.client_id,
            self.client_secret.as_deref(),
        )
    }

    pub(crate) fn authorize(
        &self,
        http: &HttpClient,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure> {
        self.oauth(http)
            .authorize_url(
                &request.redirect_uri,
                &request.state,
                &request.verifier,
                &SCOPES,
            )
            .map_err(|error| error.failure())
    }

    pub(crate) async fn exchange(
        &self,
        http: &HttpClient,
        request: &AuthorizationRequest,
        code: &str,
    ) -> Result<Grant, Failure> {
        let tokens = self
            .oauth(http)
            .exchange(&request.redirect_uri, &request.verifier, code)
            .await
            .map_err(|error| help::explained(error.failure()))?;
        token_answer::grant(&tokens, &self.login_url, self.client_secret.as_deref())
    }
}

/// This setting is needed.
fn missing(name: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SettingMissing, name))
}
