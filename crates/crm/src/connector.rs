//! How an admin joins a kind of CRM.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use linecard_number::Plan;
use url::Url;

use crate::{Crm, Failure, PersonNeeded};

/// A kind of CRM: what it needs to know, how consent is asked for, and how it is opened.
#[async_trait]
pub trait Connector: Send + Sync {
    /// What it is called and what it asks the admin.
    fn info(&self) -> &ConnectorInfo;

    /// How consent is given with these settings. One kind of CRM can have several ways: HubSpot
    /// takes a service key or asks on a consent page.
    fn sign_in(&self, settings: &Settings) -> SignIn {
        let _ = settings;
        SignIn::Consent
    }

    /// Turns what the admin filled in into a grant, where [`SignIn::Settings`] is the way. Asks
    /// the CRM, so that a wrong secret is told at once (A20).
    async fn connect(&self, settings: &Settings) -> Result<Grant, Failure> {
        let _ = settings;
        Err(Failure::not_offered("sign-in without a consent page"))
    }

    /// The address of the CRM's consent page.
    fn authorize(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure>;

    /// What it means that the consent page sent the browser back with an error, in the CRM's
    /// `words`.
    fn consent_refused(&self, words: String) -> Failure {
        Failure::needs_person(PersonNeeded::Configuration, words)
    }

    /// Turns what came back from the consent page into a grant.
    async fn exchange(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure>;

    /// Opens the CRM. Reads the grant from `grants` before each use and writes a refreshed one
    /// back before using it. `plan` reads the numbers that people typed into the CRM.
    fn open(
        &self,
        settings: &Settings,
        grants: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure>;
}

/// What a kind of CRM is called and what it asks the admin.
#[derive(Debug, Clone)]
pub struct ConnectorInfo {
    /// The name in addresses and in the store: `salesforce`.
    pub kind: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What the admin fills in, in this order.
    pub settings: Vec<Setting>,
    /// The OAuth scopes asked for.
    pub scopes: Vec<&'static str>,
}

/// One thing the admin fills in.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The name in the API and in the texts of both languages: `login_url`.
    pub name: &'static str,
    /// What it holds.
    pub kind: SettingKind,
    /// What stands there at first. `None`: it must be filled in; `Some("")`: it may stay empty.
    pub default: Option<&'static str>,
}

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// An address: `https://example.my.salesforce.com`.
    Url,
    /// A text that may be shown again.
    Text,
    /// A text that is sealed and never sent back.
    Secret,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// How consent is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// On a page of the CRM, which sends the browser back with a code.
    Consent,
    /// What the admin fills in is enough: the address of a webhook, a service key.
    Settings,
}

/// What the admin filled in, by name. Secrets included: never logged, hence no `Debug`.
#[derive(Clone, Default)]
pub struct Settings(pub BTreeMap<String, String>);

impl Settings {
    /// The value of `name`, empty counting as absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// One attempt to get consent. The same value is used to ask and to exchange the code.
#[derive(Clone)]
pub struct AuthorizationRequest {
    /// Where the CRM sends the browser back to.
    pub redirect_uri: Url,
    /// Ties the answer to the admin's session; used once.
    pub state: String,
    /// The PKCE code verifier (RFC 7636), 43 to 128 characters.
    pub verifier: String,
}

/// What the consent page sent back. No `Debug`: the code is a secret until it is exchanged.
#[derive(Clone)]
pub struct Consent {
    /// Exchanged for a grant; used once.
    pub code: String,
    /// Everything else in the address the browser came back to, by name. Zoho names its data
    /// centre there, Bitrix24 its portal. Typed by whoever sent the browser: never trusted.
    pub extra: BTreeMap<String, String>,
}

/// What consent gave: tokens and where to use them. Sealed at rest; no `Debug`.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Grant {
    /// Sent with every request.
    pub access_token: String,
    /// Gets the next access token, where the CRM gave one.
    pub refresh_token: Option<String>,
    /// Where requests go (Salesforce: `instance_url`).
    pub api_base: Url,
    /// The CRM's id of the organisation, so that signing in to another one is noticed.
    pub organisation: String,
    /// The CRM's id of the user who gave consent.
    pub user: String,
    /// What else the connector has to know of this consent, by names of its own: Zoho's accounts
    /// server, HubSpot's address for browsers.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
}

/// Keeps the grant of one connection. `save` has returned before a new token is used.
#[async_trait]
pub trait GrantStore: Send + Sync {
    /// The newest grant; `None` when consent was never given or was withdrawn.
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError>;

    /// Replaces the grant.
    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError>;

    /// Takes the right to renew the grant, over all processes that share it. `false`: somebody
    /// else has it. It is given back with [`GrantStore::release`] and else ends by itself, after
    /// longer than a renewal can take.
    async fn claim(&self) -> Result<bool, GrantStoreError> {
        Ok(true)
    }

    /// Gives the right to renew back.
    async fn release(&self) {}
}

/// The grant could not be read or written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the stored sign-in could not be read or written: {0}")]
pub struct GrantStoreError(pub String);
